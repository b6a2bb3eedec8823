// The code of a guest stands behind the # of the link: browsers send it to nobody. Here it is put into the form, taken
// out of the address, and sent.
(() => {
  "use strict";
  const enter = () => {
    const form = document.querySelector("[data-guest-code]");
    const code = location.hash.slice(1);
    if (!form || !code) return;
    history.replaceState(null, "", location.pathname);
    form.elements.code.value = code;
    form.requestSubmit();
  };
  window.addEventListener("hashchange", enter);
  enter();
})();
