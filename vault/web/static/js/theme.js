// Loaded before the first paint, so that a page never flashes in the wrong theme.
(() => {
  "use strict";
  const system = window.matchMedia("(prefers-color-scheme: dark)");

  const chosen = () => {
    try { return localStorage.getItem("theme") ?? "auto"; } catch { return "auto"; }
  };
  const show = () => {
    const theme = chosen() === "auto" ? (system.matches ? "dark" : "light") : chosen();
    document.documentElement.dataset.bsTheme = theme;
  };
  window.vaultTheme = {
    chosen,
    choose(theme) {
      try { localStorage.setItem("theme", theme); } catch { /* private window: lasts for this page */ }
      show();
    },
  };
  system.addEventListener("change", show);
  show();
})();
