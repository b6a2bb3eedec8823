// The upload pages: files come in by drop, picker or camera, are sent one by one, and their way is watched.
import { filesOf } from "./upload-files.js";
import { Rows } from "./upload-rows.js";
import { Sender } from "./upload-sender.js";

const list = document.querySelector("[data-uploads]");
const PAUSES = [1000, 1000, 1500, 2500];
const SLOWEST = 5000;

class Uploads {
  constructor(element) {
    this.element = element;
    this.rows = new Rows(element);
    this.memory = new Memory(element.dataset.batch);
    this.quiet = 0;
    if (element.dataset.batch) this.resume();
  }

  // A page that was closed and opened again: what it had not sent by then is named.
  resume() {
    for (const [key, name] of this.memory.planned()) {
      if (!this.rows.has(key)) this.rows.show(key, { name, mark: "missing", text: this.rows.say("missing") });
    }
    this.watch();
  }

  async take(files) {
    if (!files.length) return;
    try {
      if (!this.element.dataset.batch) await this.open(files.length);
    } catch (error) {
      window.vault.toast(error.message);
      return;
    }
    const fresh = files.filter(({ key }) => !this.rows.isKept(key));
    this.memory.plan(files);
    const limit = Number(this.element.dataset.limit);
    for (const { key, file } of fresh) {
      if (file.size > limit) {
        const text = this.rows.say("tooLarge", { size: this.element.dataset.limitSaid });
        this.rows.show(key, { name: file.name, mark: "refused", text, isFinal: true });
      } else {
        this.rows.show(key, { name: file.name, mark: "waiting", text: "" });
        this.sender().add(key, file);
      }
    }
    document.querySelectorAll("[data-missing]").forEach((panel) => { panel.hidden = true; });
    this.watch();
  }

  // The drop gets its address before its first file is sent.
  async open(expected) {
    const response = await window.vault.send(this.element.dataset.create, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ expected, kind: document.querySelector("[data-paper-kind]")?.value }),
    });
    const { id, url } = await response.json();
    Object.assign(this.element.dataset, { batch: id, progress: `${url}/progress`, files: `${url}/files`, expected });
    this.memory = new Memory(id);
    this.element.hidden = false;
    history.pushState(null, "", url);
  }

  sender() {
    this.sending ??= new Sender(this.element.dataset.files, (key, state) => this.rows.show(key, state), this.rows.say);
    return this.sending;
  }

  get isSending() { return this.sending?.isBusy ?? false; }

  watch() {
    this.quiet = 0;
    if (!this.watching) this.watching = this.look().finally(() => { this.watching = null; });
  }

  // Asks often while something moves, and less and less often while nothing does.
  async look() {
    for (;;) {
      const answer = await this.ask();
      if (answer?.settled && !this.isSending) {
        this.memory.forget();
        return;
      }
      const pause = PAUSES[this.quiet] ?? SLOWEST;
      await new Promise((resume) => setTimeout(resume, document.hidden ? SLOWEST : pause + this.rows.count * 4));
    }
  }

  async ask() {
    try {
      const response = await window.vault.send(this.element.dataset.progress);
      const answer = await response.json();
      this.quiet = this.rows.showAll(answer) || this.isSending ? 0 : this.quiet + 1;
      return answer;
    } catch (error) {
      if ([401, 403, 404].includes(error.status)) throw error;
      this.quiet += 1;
      return null;
    }
  }
}

// The names of the files that a drop shall bring, kept by the browser until all have arrived.
class Memory {
  constructor(batch) { this.place = `upload:${batch}`; }

  planned() {
    try { return Object.entries(JSON.parse(localStorage.getItem(this.place) ?? "{}")); } catch { return []; }
  }

  plan(files) {
    const all = { ...Object.fromEntries(this.planned()), ...Object.fromEntries(files.map(({ key, file }) => [key, file.name])) };
    try { localStorage.setItem(this.place, JSON.stringify(all)); } catch { /* a private window remembers nothing */ }
  }

  forget() {
    try { localStorage.removeItem(this.place); } catch { /* nothing was kept */ }
  }
}

if (list) {
  const uploads = new Uploads(list);
  for (const form of document.querySelectorAll("[data-dropzone]")) {
    form.classList.add("is-scripted");
    form.querySelector("[data-plain-submit]").hidden = true;
    const camera = form.querySelector(".dropzone-camera");
    camera.hidden = !window.matchMedia("(pointer: coarse)").matches;
    for (const input of form.querySelectorAll("input[type=file]")) {
      input.addEventListener("change", async () => {
        const files = await filesOf(input.files);
        input.value = "";
        uploads.take(files);
      });
    }
  }
  const zone = document.querySelector("[data-dropzone]");
  let depth = 0;
  const mark = (change) => { depth += change; zone?.classList.toggle("is-over", depth > 0); };
  document.addEventListener("dragenter", () => mark(1));
  document.addEventListener("dragleave", () => mark(-1));
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", async (event) => {
    event.preventDefault();
    mark(-depth);
    if (zone) uploads.take(await filesOf(event.dataTransfer));
  });
  list.addEventListener("click", (event) => {
    const again = event.target.closest(".upload-again");
    if (again) uploads.sender().again(again.closest("[data-key]").dataset.key);
  });
  window.addEventListener("beforeunload", (event) => { if (uploads.isSending) event.preventDefault(); });
}
