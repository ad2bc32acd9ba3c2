// A document from beginning to end, every unit a step away from its own reference.

import { counted, el, marked, pagesOf } from "./dom.js";
import { OWN_COUNT } from "./turn.js";

/** Draws a document into `body`; the unit `wanted` is brought into view with `range` marked, `open(document, slug)` shows a place. */
export function drawWhole(body, whole, { wanted, range }, open) {
  const depths = depthsOf(whole.units);
  const slugOf = (unit) => unit.id.slice(whole.document.id.length + 1);
  const drawn = whole.units.map((unit) => {
    const cited = wanted !== null && slugOf(unit) === wanted;
    return unitOf(unit, depths.get(unit.id), cited, cited ? range : null, () => open(whole.document.id, slugOf(unit)));
  });
  body.replaceChildren(about(whole, open), el("div", { class: "document" }, drawn));
  const target = body.querySelector(".is-cited");
  if (target) target.scrollIntoView({ block: "center" });
  else body.scrollTop = 0;
}

function about({ document: known, file, units, pages, furniture_counts: left }, open) {
  const newer = known.superseded_by;
  const facts = [known.body, known.date, known.type, `file ${file}`, counted(units.length, "passage")].filter(Boolean);
  const omitted = Object.entries(left).map(([kind, count]) => `${kind} (${count})`);
  const inState = (state) => pages.filter((page) => page.state === state && page.gap !== "blank").map((page) => page.n);
  const [pictures, empty] = [inState("ocr"), inState("empty")];
  return el(
    "div",
    { class: "about" },
    el("p", {}, facts.join(" · ")),
    omitted.length > 0 && el("p", {}, `Left out here: ${omitted.join(", ")}.`),
    newer && el("p", { class: "caveat" }, "A former version, superseded. ", newerButton(() => open(newer, null))),
    pictures.length > 0 && el("p", { class: "caveat" }, `Read from pictures by OCR: ${pagesOf(pictures)}`),
    empty.length > 0 && el("p", { class: "caveat" }, `No text on ${pagesOf(empty)}`),
  );
}

/** The way from a former version to what has superseded it. */
export const newerButton = (press) => el("button", { type: "button", class: "quiet", onclick: press }, "Open the newer version");

function unitOf(unit, depth, cited, range, open) {
  const numbered = unit.counted && /\d/.test(unit.address.at(-1));
  const look = { heading: "is-heading", footnote: "is-footnote", "quoted provision": "is-quoted" }[unit.kind] ?? "";
  const press = () => getSelection().isCollapsed && open();
  return el(
    "div",
    { class: `doc-unit ${look} ${cited ? "is-cited" : ""}`, "data-depth": Math.min(depth, 5), onclick: press },
    el(unit.kind === "heading" ? "h3" : "p", {}, marked(unit.text, range)),
    el(
      "button",
      { type: "button", class: numbered ? "pin is-counted" : "pin", "aria-label": `Open ${unit.label}` },
      numbered ? unit.address.at(-1) : unit.label,
      numbered && el("span", { class: "own-count", title: OWN_COUNT }, "our count"),
    ),
  );
}

/** How deep each unit is among paragraphs: headings do not count. */
function depthsOf(units) {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const depths = new Map();
  for (const unit of units) {
    let depth = 0;
    const seen = new Set([unit.id]);
    for (let up = byId.get(unit.parent); up && !seen.has(up.id); up = byId.get(up.parent)) {
      seen.add(up.id);
      if (up.kind !== "heading") depth += 1;
    }
    depths.set(unit.id, depth);
  }
  return depths;
}
