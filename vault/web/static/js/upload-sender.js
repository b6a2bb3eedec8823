// Sends files one by one, a few at a time, and again when the network or the vault did not answer.

const AT_ONCE = 3;
const MOST_TRIES = 8;
const LONGEST_PAUSE = 30;
const WORTH_ANOTHER_TRY = new Set([0, 408, 409, 429, 500, 502, 503, 504, 507]);

export class Sender {
  constructor(address, show, say) {
    Object.assign(this, { address, show, say, waiting: [], stopped: new Map(), running: 0 });
  }

  get isBusy() { return this.running > 0 || this.waiting.length > 0; }

  add(key, file) {
    this.waiting.push({ key, file });
    this.next();
  }

  again(key) {
    const file = this.stopped.get(key);
    if (!file) return;
    this.stopped.delete(key);
    this.show(key, { mark: "waiting", text: "" });
    this.add(key, file);
  }

  next() {
    while (this.running < AT_ONCE && this.waiting.length) {
      this.running += 1;
      const { key, file } = this.waiting.shift();
      this.send(key, file).finally(() => { this.running -= 1; this.next(); });
    }
  }

  async send(key, file) {
    for (let tries = 1; ; tries += 1) {
      const { status, answer, retryAfter } = await this.post(key, file);
      if (status === 201) return this.show(key, { mark: "kept", text: "", url: answer.url, isKept: true });
      const message = answer?.error?.message ?? "";
      if (!WORTH_ANOTHER_TRY.has(status)) {
        const isOver = [413, 422].includes(status);
        if (!isOver) this.stopped.set(key, file);
        return this.show(key, { mark: isOver ? "refused" : "stopped", text: message, isFinal: isOver, canRetry: !isOver });
      }
      if (tries === MOST_TRIES) {
        this.stopped.set(key, file);
        return this.show(key, { mark: "stopped", text: message || this.say("stopped"), canRetry: true });
      }
      const seconds = Math.min(LONGEST_PAUSE, Math.max(retryAfter, 2 ** (tries - 1)));
      this.show(key, { mark: "waiting", text: this.say(status === 507 ? "full" : "retry", { seconds }) });
      // A little chance keeps many pages from coming back in the same moment.
      await new Promise((resume) => setTimeout(resume, seconds * 1000 * (0.8 + 0.4 * Math.random())));
    }
  }

  // XMLHttpRequest, since fetch does not tell how much has been sent.
  post(key, file) {
    return new Promise((done) => {
      const request = new XMLHttpRequest();
      const form = new FormData();
      form.append("client_key", key);
      form.append("file", file, file.name);
      let shown = -1;
      request.upload.addEventListener("progress", ({ loaded, total }) => {
        const percent = total ? Math.floor((100 * loaded) / total) : 0;
        if (percent === shown) return;
        shown = percent;
        const text = percent < 100 ? this.say("percent", { percent: `${percent} %` }) : this.say("checking");
        this.show(key, { mark: "sending", text, percent });
      });
      request.addEventListener("loadend", () => {
        let answer = null;
        try { answer = JSON.parse(request.responseText); } catch { /* no answer of ours */ }
        done({ status: request.status, answer, retryAfter: Number(request.getResponseHeader("Retry-After")) || 0 });
      });
      this.show(key, { mark: "sending", text: this.say("percent", { percent: "0 %" }), percent: 0 });
      request.open("POST", this.address);
      request.setRequestHeader("X-CSRFToken", window.vault.token());
      request.setRequestHeader("X-Requested-With", "upload");
      request.setRequestHeader("Accept", "application/json");
      request.send(form);
    });
  }
}
