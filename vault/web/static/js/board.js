// Cards can be dragged from column to column. Their buttons do the same, with the keyboard too and without script.
const board = document.querySelector("[data-board]");
let moving = null;

function send(form, stage) {
  const chosen = document.createElement("input");
  chosen.type = "hidden";
  chosen.name = "stage";
  chosen.value = stage;
  form.append(chosen);
  form.submit();
}

function columnOf(event) {
  return moving ? event.target.closest("[data-stage]") : null;
}

board.addEventListener("dragstart", (event) => {
  moving = event.target.closest("[data-card]");
  if (!moving) return;
  moving.classList.add("is-moving");
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", moving.id);
});
board.addEventListener("dragend", () => {
  moving?.classList.remove("is-moving");
  board.querySelectorAll(".is-target").forEach((column) => column.classList.remove("is-target"));
  moving = null;
});
board.addEventListener("dragover", (event) => {
  const column = columnOf(event);
  if (!column) return;
  event.preventDefault();
  board.querySelectorAll(".is-target").forEach((each) => each.classList.toggle("is-target", each === column));
  column.classList.add("is-target");
});
board.addEventListener("drop", (event) => {
  const column = columnOf(event);
  if (!column) return;
  event.preventDefault();
  const stage = column.dataset.stage;
  if (column.contains(moving)) return;
  if (stage === "done" && !("byHand" in moving.dataset)) {
    window.vault.toast(board.dataset.refused);
    return;
  }
  send(moving.querySelector("form"), stage);
});
