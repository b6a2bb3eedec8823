// What a page waited for has come while it stood open: a link offers it, [data-fresh]. Where nobody is at work on the page,
// nothing typed and nothing focused, it is followed by itself. data-fresh="here": the same page again, at the same place.
(() => {
  "use strict";
  let isTyped = document.querySelector("[data-typed]") !== null;
  document.addEventListener("input", () => { isTyped = true; });

  const isAtWork = () => isTyped || ![null, document.body, document.getElementById("main")].includes(document.activeElement);
  const isHere = (link) => link.dataset.fresh === "here" && new URL(link.href).pathname === location.pathname;

  // A page that is loaded again forgets where the next Tab leads from, though not where it was scrolled to.
  const place = document.getElementById(location.hash.slice(1));
  if (place && performance.getEntriesByType("navigation")[0]?.type === "reload") {
    place.tabIndex = -1;
    place.focus({ preventScroll: true });
    place.blur();
    place.removeAttribute("tabindex");
  }

  document.addEventListener("htmx:afterSwap", () => {
    const link = document.querySelector("[data-fresh]");
    if (!link || isAtWork()) return;
    if (isHere(link)) location.reload();
    else location.replace(link.href);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-fresh]");
    if (!link || !isHere(link)) return;
    event.preventDefault();
    location.reload();
  });
})();
