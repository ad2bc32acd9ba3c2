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

/** "pages 3-7, 9". */
export function pagesOf(numbers) {
  const runs = [];
  for (const n of numbers) {
    if (runs.length && runs.at(-1)[1] === n - 1) runs.at(-1)[1] = n;
    else runs.push([n, n]);
  }
  const named = runs.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`));
  return `${numbers.length === 1 ? "page" : "pages"} ${named.join(", ")}`;
}

export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** Text with characters `start`..`end` marked. Offsets count characters (code points), as the server does. */
export function marked(text, range) {
  if (!range) return [text];
  const characters = Array.from(text);
  const part = (from, to) => characters.slice(from, to).join("");
  return [part(0, range[0]), el("mark", {}, part(range[0], range[1])), part(range[1])];
}
