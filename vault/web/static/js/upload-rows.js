// The list of a drop: one row a file, changed only where something is new, so that five hundred stay smooth.

export class Rows {
  constructor(element) {
    this.element = element;
    this.body = element.querySelector("ul");
    this.template = document.getElementById("upload-row");
    this.known = new Map();
    for (const row of this.body.children) this.known.set(row.dataset.key, { row, state: {}, isKept: true });
    this.say = (word, values = {}) => {
      const text = element.dataset[`say${word[0].toUpperCase()}${word.slice(1)}`] ?? "";
      return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
    };
  }

  get count() { return this.known.size; }

  has(key) { return this.known.has(key); }

  isKept(key) { return this.known.get(key)?.isKept ?? false; }

  // What the server knows of every file; true when anything was new.
  showAll({ expected, rows }) {
    let isNew = false;
    for (const row of rows) {
      const { key, name, mark, text, url, page, pages, is_final: isFinal } = row;
      const percent = mark === "reading" && pages ? (100 * page) / pages : null;
      isNew = this.show(key, { name, mark, text, url, percent, isFinal, isKept: mark !== "refused" }) || isNew;
    }
    this.sum(Math.max(expected, this.count), rows);
    return isNew;
  }

  show(key, state) {
    const entry = this.known.get(key) ?? this.add(key);
    const next = { ...entry.state, percent: null, canRetry: false, isFinal: false, ...state };
    if (entry.text === JSON.stringify(next)) return false;
    entry.state = next;
    entry.text = JSON.stringify(next);
    entry.isKept ||= Boolean(next.isKept);
    this.paint(entry.row, next);
    return true;
  }

  add(key) {
    const row = this.template.content.firstElementChild.cloneNode(true);
    row.dataset.key = key;
    this.body.append(row);
    const entry = { row, state: {}, isKept: false };
    this.known.set(key, entry);
    return entry;
  }

  paint(row, { name, mark, text, url, percent, canRetry, isFinal }) {
    row.classList.toggle("is-moving", !isFinal);
    this.paintName(row, name, url);
    row.querySelector(".upload-text").textContent = text ?? "";
    const bar = row.querySelector("progress");
    bar.hidden = percent === null;
    if (percent !== null) bar.value = percent;
    row.querySelector(".upload-again").hidden = !canRetry;
    const place = row.querySelector(".upload-mark");
    if (place.dataset.mark === mark) return;
    place.dataset.mark = mark;
    const badge = document.querySelector(`template[data-mark="${mark}"]`);
    place.replaceChildren(...(badge ? [badge.content.cloneNode(true)] : []));
  }

  paintName(row, name, url) {
    let place = row.querySelector(".upload-name");
    if (url && place.tagName !== "A") {
      const link = document.createElement("a");
      link.className = "upload-name";
      link.textContent = place.textContent;
      place.replaceWith(link);
      place = link;
    }
    if (url) place.setAttribute("href", url);
    if (name) place.textContent = name;
  }

  sum(expected, rows) {
    const settled = rows.filter((row) => row.is_final).length;
    const refused = rows.filter((row) => row.mark === "refused").length;
    const said = [this.say("received", { received: rows.length, expected }), this.say("judged", { settled })];
    if (refused) said.push(this.say("refused", { refused }));
    const text = said.join(" · ");
    const place = this.element.querySelector("[data-sum]");
    if (place.textContent !== text) place.textContent = text;
    const bar = this.element.querySelector(".upload-all");
    bar.max = expected || 1;
    bar.value = settled;
  }
}
