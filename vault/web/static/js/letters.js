// Copying a letter as it stands in its field, edited or not. Without script the text is selected by hand.
(() => {
  "use strict";
  document.querySelectorAll("[data-copy-text]").forEach((button) => {
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.querySelector(button.dataset.copyText).value);
      button.querySelector("[data-copied]").hidden = false;
    });
  });
})();
