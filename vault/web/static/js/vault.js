// What every page can use, bound by attributes: no script stands in a page.
(() => {
  "use strict";
  const THEMES = ["auto", "light", "dark"];
  const ICONS = { auto: "bi-circle-half", light: "bi-sun", dark: "bi-moon-stars" };

  const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";

  const toast = (text) => {
    const fragment = document.getElementById("toast-template").content.cloneNode(true);
    const element = fragment.querySelector(".toast");
    element.querySelector("[data-text]").textContent = text;
    document.getElementById("toasts").append(element);
    element.addEventListener("hidden.bs.toast", () => element.remove());
    bootstrap.Toast.getOrCreateInstance(element, { delay: 8000 }).show();
  };

  // fetch() that proves where it comes from and says what went wrong in the server's own words.
  const send = async (address, options = {}) => {
    const headers = { "X-CSRFToken": token(), Accept: "application/json", "X-Requested-With": "fetch", ...options.headers };
    const response = await fetch(address, { credentials: "same-origin", ...options, headers });
    if (response.ok) return response;
    const said = await response.json().catch(() => null);
    throw Object.assign(new Error(said?.error?.message ?? response.statusText), { status: response.status, said });
  };

  const paintThemeSwitch = (button) => {
    const theme = window.vaultTheme.chosen();
    button.querySelector(".bi").className = `bi ${ICONS[theme]}`;
    const label = button.dataset[`label${theme[0].toUpperCase()}${theme.slice(1)}`];
    button.setAttribute("aria-label", label);
    button.title = label;
  };

  document.addEventListener("click", (event) => {
    const theme = event.target.closest("[data-theme-switch]");
    if (theme) {
      const next = THEMES[(THEMES.indexOf(window.vaultTheme.chosen()) + 1) % THEMES.length];
      window.vaultTheme.choose(next);
      document.querySelectorAll("[data-theme-switch]").forEach(paintThemeSwitch);
    }
    const copy = event.target.closest("[data-copy]");
    if (copy) {
      const text = document.querySelector(copy.dataset.copy)?.textContent.trim() ?? "";
      navigator.clipboard?.writeText(text).then(() => { copy.querySelector("[data-copied]")?.removeAttribute("hidden"); });
    }
    if (event.target.closest("[data-print]")) window.print();
    const reveal = event.target.closest("[data-reveal]");
    if (reveal) {
      const input = document.querySelector(reveal.dataset.reveal);
      input.type = input.type === "password" ? "text" : "password";
      reveal.setAttribute("aria-pressed", String(input.type === "text"));
    }
  });

  // A link that acts as a button is pressed like one.
  document.addEventListener("keydown", (event) => {
    if (event.key !== " " || !event.target.matches('a[role="button"]')) return;
    event.preventDefault();
    event.target.click();
  });

  // A form that cannot be undone asks first: <form data-confirm="…">.
  document.addEventListener("submit", (event) => {
    const question = event.target.dataset?.confirm;
    if (question && !window.confirm(question)) event.preventDefault();
  });
  // <select data-submit>: choosing is enough.
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
  });

  document.addEventListener("htmx:configRequest", (event) => { event.detail.headers["X-CSRFToken"] = token(); });
  document.addEventListener("htmx:responseError", (event) => {
    let text = event.detail.xhr.statusText;
    try { text = JSON.parse(event.detail.xhr.responseText).error.message; } catch { /* no answer of ours */ }
    toast(text);
  });

  // What a page says first stands where the address leads: further down, where somebody has just done something.
  const place = document.getElementById(location.hash.slice(1));
  const said = document.querySelectorAll("#main > [data-said]");
  if (said.length && place?.matches("section, article, li")) {
    place.prepend(...said);
    place.scrollIntoView();
  }

  document.querySelectorAll("[data-theme-switch]").forEach(paintThemeSwitch);
  document.querySelector("[autofocus], .is-invalid")?.focus();
  window.vault = { send, toast, token };
})();
