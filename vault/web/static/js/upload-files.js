// Files as they come from a picker or a drop (folders included), each with a key that is the same when it is chosen again.

export async function filesOf(source) {
  const files = source instanceof DataTransfer ? await dropped(source) : [...source];
  const seen = new Map();
  return files.map((file) => {
    const key = `${file.size}-${file.lastModified}-${hash(file.name)}`;
    const before = seen.get(key) ?? 0;
    seen.set(key, before + 1);
    return { key: before ? `${key}-${before}` : key, file };
  });
}

async function dropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return [...transfer.files];
  return (await Promise.all(entries.map(inside))).flat();
}

async function inside(entry) {
  if (entry.isFile) return [await new Promise((done, fail) => entry.file(done, fail))];
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((done, fail) => reader.readEntries(done, fail));
    if (!some.length) break;
    found.push(...some);
  }
  return (await Promise.all(found.map(inside))).flat();
}

// FNV-1a: enough to tell names apart, and short enough for a key.
function hash(text) {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return value.toString(36);
}
