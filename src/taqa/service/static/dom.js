// Elements made from data. Strings become text nodes and nothing else: no HTML is ever parsed.

/**
 * An element. In `attributes`, `class`, `data-*` and other names are set as attributes, a function under `onclick` and
 * the like listens, `true` sets an empty attribute, `false` and null leave it out.
 */
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (typeof value === "function") made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

export function byId(id) {
  return document.getElementById(id);
}

/** Says a sentence to readers who listen. */
export function announce(sentence) {
  byId("announce").textContent = sentence;
}

/** `count` with its noun: 1 document, 2 documents. */
export function counted(count, one, many = `${one}s`) {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

/** Text with characters `start`..`end` marked. Offsets count characters (code points), as the server does. */
export function marked(text, range) {
  if (!range) return [text];
  const characters = Array.from(text);
  const part = (from, to) => characters.slice(from, to).join("");
  return [part(0, range[0]), el("mark", {}, part(range[0], range[1])), part(range[1])];
}
