// j and k walk down and up a list, Enter opens. Only where nobody is typing.
const table = document.querySelector("[data-keys]");
const rows = table ? [...table.querySelectorAll("tbody tr")] : [];
let at = -1;

function go(to) {
  if (!rows.length) return;
  rows[at]?.classList.remove("is-current");
  at = Math.min(rows.length - 1, Math.max(0, to));
  rows[at].classList.add("is-current");
  rows[at].querySelector("a")?.focus({ preventScroll: true });
  rows[at].scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
  if (event.key === "j") go(at + 1);
  if (event.key === "k") go(at - 1);
  if (event.key === "/") {
    event.preventDefault();
    document.getElementById("q")?.focus();
  }
});
