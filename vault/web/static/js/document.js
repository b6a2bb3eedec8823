// The document page: rows and the places on the pages light each other up; pages turn and grow.
const viewer = document.querySelector("[data-viewer]");
const pages = viewer?.querySelector("[data-pages]");
const SMALLEST = -1;
const LARGEST = 2;

const box = (name) => viewer?.querySelector(`rect[data-box="${CSS.escape(name)}"]`);
const rowsAt = (name) => document.querySelectorAll(`[data-place="${CSS.escape(name)}"]`);

function light(name) {
  for (const lit of document.querySelectorAll(".is-lit")) lit.classList.remove("is-lit");
  if (!name) return;
  box(name)?.classList.add("is-lit");
  for (const row of rowsAt(name)) row.classList.add("is-lit");
}

// Scrolls the pages, and only them, until the box stands in the middle.
function show(name) {
  const target = box(name);
  if (!target || !pages) return;
  const frame = pages.getBoundingClientRect();
  const place = target.getBoundingClientRect();
  const isSeen = place.top >= frame.top && place.bottom <= frame.bottom && place.left >= frame.left && place.right <= frame.right;
  if (isSeen) return;
  const behavior = window.matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  pages.scrollBy({
    top: place.top - frame.top - (frame.height - place.height) / 2,
    left: place.left - frame.left - (frame.width - place.width) / 2,
    behavior,
  });
}

function point(row) {
  const name = row?.dataset.place;
  light(name);
  if (name) show(name);
}

// A box is red while its row needs somebody, green where a finding is fine.
function paint() {
  for (const rect of viewer?.querySelectorAll("rect[data-box]") ?? []) {
    const findings = [...rowsAt(rect.dataset.box)].filter((row) => row.classList.contains("finding"));
    const isGap = findings.some((row) => !row.matches(".finding-pass, .finding-not_applicable"));
    rect.classList.toggle("is-gap", isGap);
    rect.classList.toggle("is-pass", findings.length > 0 && !isGap);
  }
}

document.addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch") return;
  const rect = event.target.closest?.("rect[data-box]");
  if (rect) light(rect.dataset.box);
  else point(event.target.closest?.("[data-place]"));
});
document.addEventListener("focusin", (event) => point(event.target.closest("[data-place]")));

document.addEventListener("click", (event) => {
  const rect = event.target.closest("rect[data-box]");
  if (rect) {
    light(rect.dataset.box);
    for (const row of rowsAt(rect.dataset.box)) row.closest("details:not([open])")?.setAttribute("open", "");
    rowsAt(rect.dataset.box)[0]?.scrollIntoView({ block: "center" });
  }
  const go = event.target.closest("[data-go]");
  if (go && box(go.dataset.go)) {
    event.preventDefault();
    point(go.closest("[data-place]"));
    if (viewer.getBoundingClientRect().bottom < 0) viewer.scrollIntoView({ block: "start" });
  }
  const wanted = event.target.closest('a[href^="#correct-"], a[href^="#line-"]');
  if (wanted) open(document.getElementById(wanted.hash.slice(1)));
  const turn = event.target.closest("[data-turn]");
  if (turn) turnTo(now + Number(turn.dataset.turn));
  const zoom = event.target.closest("[data-zoom]");
  if (zoom) resize(Number(zoom.dataset.zoom));
  const boxes = event.target.closest("[data-boxes]");
  if (boxes) boxes.setAttribute("aria-pressed", String(!viewer.classList.toggle("hides-places")));
});

// The form that a finding asks for: a value's, or the choice of a line's product.
function open(target) {
  const details = target?.matches("details") ? target : target?.querySelector(".line-choices");
  if (!details) {
    target?.querySelector(".line-another")?.click();
    return;
  }
  details.open = true;
  details.querySelector("input:not([type=hidden]), textarea, select, button")?.focus();
}

let now = 1;
const sheets = [...(pages?.querySelectorAll(".sheet") ?? [])];

function turnTo(number) {
  const sheet = sheets[Math.min(sheets.length, Math.max(1, number)) - 1];
  if (sheet) pages.scrollTo({ top: sheet.offsetTop - pages.offsetTop - 12 });
}

function resize(change) {
  const size = Math.min(LARGEST, Math.max(SMALLEST, Number(pages.dataset.size) + change));
  const middle = (pages.scrollTop + pages.clientHeight / 2) / pages.scrollHeight;
  pages.dataset.size = size;
  for (const image of pages.querySelectorAll("img")) image.sizes = size > 0 ? "1600px" : "(min-width: 1200px) 45vw, 100vw";
  pages.scrollTop = middle * pages.scrollHeight - pages.clientHeight / 2;
}

pages?.addEventListener("scroll", () => {
  const middle = pages.scrollTop + pages.clientHeight / 3;
  now = sheets.reduce((found, sheet, index) => (sheet.offsetTop - pages.offsetTop <= middle ? index + 1 : found), 1);
  viewer.querySelector("[data-page-now]").textContent = String(now);
}, { passive: true });

// After a correction the checklist is new: say how it stands, and give the focus back to where the person was.
let returnTo = "";
document.addEventListener("htmx:beforeRequest", (event) => {
  returnTo = event.target.closest?.("[data-place], .value, .line")?.querySelector("details[id]")?.id ?? "";
});
document.addEventListener("htmx:afterSettle", (event) => {
  const dossier = document.getElementById("dossier");
  if (!dossier || /^(found|hits)-/.test(event.detail.target?.id ?? "")) return;
  paint();
  light("");
  const said = document.getElementById("said");
  const verdict = document.getElementById("verdict");
  if (said && verdict) said.textContent = `${verdict.textContent.trim()}. ${dossier.dataset.said ?? ""}`;
  document.getElementById(returnTo)?.querySelector("summary")?.focus();
});

paint();
if (location.hash.startsWith("#task-")) point(document.getElementById(location.hash.slice(1)));
