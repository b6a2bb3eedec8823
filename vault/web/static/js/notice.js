// A notice has been read while its form stood open: where nobody has begun to fill that in, what was recognised is shown.
(() => {
  "use strict";
  const form = document.querySelector(".confirm-form");
  let isTyped = form.hasAttribute("data-typed");
  form.addEventListener("input", () => { isTyped = true; });
  document.addEventListener("htmx:afterSwap", () => {
    const recognised = document.querySelector("[data-recognised]");
    if (recognised && !isTyped && !form.contains(document.activeElement)) location.replace(recognised.href);
  });
})();
