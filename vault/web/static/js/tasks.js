// The work list without a mouse, and changing many tasks at once. Everything here also works without script.
const list = [...document.querySelectorAll("[data-task-list] > .task")];
const bulk = document.querySelector("[data-bulk]");
const help = document.getElementById("keys");
const helpButton = document.querySelector("[data-keys-help]");
const chooseAll = document.querySelector("[data-choose-all]");
const boxes = [...document.querySelectorAll(".task-choice")];
let at = -1;

function go(to) {
  if (!list.length) return;
  list[at]?.classList.remove("is-current");
  at = Math.min(list.length - 1, Math.max(0, to));
  list[at].classList.add("is-current");
  list[at].querySelector(".task-title a").focus({ preventScroll: true });
  list[at].scrollIntoView({ block: "nearest" });
}

function tell() {
  if (!bulk) return;
  const count = boxes.filter((box) => box.checked).length;
  const words = bulk.querySelector("[data-bulk-count]");
  words.textContent = count === 1 ? words.dataset.one : words.dataset.many.replace("#", count);
  bulk.hidden = count === 0;
  if (chooseAll) {
    const box = chooseAll.querySelector("input");
    box.checked = count === boxes.length && count > 0;
    box.indeterminate = count > 0 && count < boxes.length;
  }
}

function choose(row) {
  const box = row?.querySelector(".task-choice");
  if (!box) return;
  box.checked = !box.checked;
  tell();
}

function change() {
  if (!bulk) return;
  if (bulk.hidden) choose(list[at]);
  if (!bulk.hidden) bulk.querySelector("select, input:not([type=hidden])").focus();
}

const KEYS = {
  j: () => go(at + 1),
  k: () => go(at - 1),
  x: () => choose(list[at]),
  e: change,
  u: () => document.querySelector("[data-undo]")?.click(),
  "/": () => document.getElementById("q")?.focus(),
  "?": () => help.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
  if (event.target.closest("select, textarea, input:not([type=checkbox])")) return;
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
document.addEventListener("focusin", (event) => {
  const row = event.target.closest("[data-task-list] > .task");
  if (!row || row === list[at]) return;
  list[at]?.classList.remove("is-current");
  at = list.indexOf(row);
  row.classList.add("is-current");
});

boxes.forEach((box) => box.addEventListener("change", tell));
if (chooseAll) {
  chooseAll.hidden = false;
  chooseAll.querySelector("input").addEventListener("change", (event) => {
    boxes.forEach((box) => { box.checked = event.target.checked; });
    tell();
  });
}
if (helpButton) {
  helpButton.hidden = false;
  helpButton.addEventListener("click", () => help.showModal());
}
tell();
