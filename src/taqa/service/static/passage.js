// A cited paragraph with what is needed to read it: headings, chapeaux, items, footnotes, and what to know of it.

import { copy, told } from "./copy.js";
import { capital, el, marked } from "./dom.js";
import { OWN_COUNT } from "./turn.js";
import { newerButton } from "./whole.js";

/** Draws a unit into `body`; `range` is marked in it, `citation` led here or is null, `open(document, slug)` shows a place. */
export function drawPassage(body, view, { range, citation }, open) {
  const { unit, above, below, footnotes } = view;
  const caveats = citation?.caveats ?? view.caveats;
  body.replaceChildren(
    unit.heading_path.length ? trail(unit.heading_path) : "",
    unit.counted ? el("p", { class: "remark" }, OWN_COUNT) : "",
    ...caveats.map((caveat) => remark(caveat, view, open)),
    el(
      "div",
      { class: "passage" },
      above.map((one, depth) => line(one, depth, "context")),
      line(unit, above.length, "cited", range),
      below.map((one) => line(one, above.length + 1, "context")),
    ),
    footnotes.length ? el("section", { class: "notes" }, el("h3", {}, "Footnotes"), footnotes.map((note) => el("p", {}, note.text))) : "",
    actions(view, citation ? quoted(citation) : unit.text, caveats),
    facts(unit, citation),
  );
  body.scrollTop = 0;
  body.querySelector("mark")?.scrollIntoView({ block: "nearest" });
}

/** The words of a citation, an item behind the chapeaux that lead to it. */
function quoted({ lead, quote }) {
  return [...lead.map((one) => one.quote), quote].join(" … ");
}

function trail(path) {
  return el("nav", { class: "trail", "aria-label": "Headings above" }, el("ol", {}, path.map((step) => el("li", {}, step))));
}

/** What to know of the passage; of a former version also the way to the newer one. */
function remark({ about, text }, { document }, open) {
  const newer = about === "superseded" && newerButton(() => open(document.superseded_by, null));
  return el("p", { class: "remark is-grave" }, `${capital(text)}. `, newer);
}

function line(unit, depth, look, range) {
  return el("p", { class: `line ${look}`, "data-depth": Math.min(depth, 5) }, marked(unit.text, range));
}

function actions({ label }, quote, caveats) {
  const reference = told({ label, caveats });
  const button = (name, text) => {
    const made = el("button", { type: "button", class: "quiet" }, name);
    made.addEventListener("click", () => copy(text, made));
    return made;
  };
  return el(
    "p",
    { class: "actions" },
    button("Copy reference", reference),
    button("Copy quotation", `“${quote}” (${reference})`),
    button("Copy link", location.href),
  );
}

function facts(unit, citation) {
  const place = citation && `characters ${citation.start.toLocaleString("en")} to ${citation.end.toLocaleString("en")}`;
  const rows = [
    ["Kind", unit.kind],
    ["Page", unit.page],
    ["Page read as", { text: "text", ocr: "picture, by OCR" }[citation?.page_state]],
    ["File", citation?.file],
    ["Place in the file", place],
    ["Checksum", citation && el("code", { title: `SHA-256 ${citation.sha256}` }, `${citation.sha256.slice(0, 16)}…`)],
  ];
  const known = rows.filter(([, value]) => value);
  return el("dl", { class: "facts" }, known.map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]));
}
