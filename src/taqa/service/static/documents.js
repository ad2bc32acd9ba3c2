// The documents: the list with the state of each, reading one, and restricting questions to some.

import { Failure, getJson } from "./api.js";
import { byId, capital, counted, el } from "./dom.js";

const dialog = byId("documents");
const scope = byId("scope");
const filter = el("input", { type: "search", placeholder: "Find a document", "aria-label": "Find a document", oninput: find });
const list = el("ul", { class: "document-list" });
const state = el("p", { class: "aside", role: "status", id: "scope-state" });
const chosen = new Set();
let all = [];
let files = [];
let last = "";
let asked = 0;
let drawn = 0;
// What the page does with a document, and what changes may add: {open, changed, adder, remover}.
let doings = {};

/** Draws the dialog; `open(id)` shows a document, `changed(documents)` hears of every new list. */
export function prepareDocuments(given) {
  doings = given;
  const button = (attributes, label) => el("button", { type: "button", ...attributes }, label);
  dialog.append(
    el(
      "header",
      { class: "source-bar" },
      el("div", { class: "source-head" }, el("h2", { id: "documents-title" }, "Documents"), state),
      button({ class: "icon", "aria-label": "Close", onclick: () => dialog.close() }, "✕"),
    ),
    filter,
    list,
    el(
      "footer",
      { class: "dialog-foot" },
      button({ class: "quiet", id: "scope-clear", onclick: clear }, "Search all"),
      button({ class: "primary", onclick: () => dialog.close() }, "Done"),
    ),
  );
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
}

/** Lets documents be added by what `adder` is and removed by what `remover(document)` gives. */
export function allowChanges({ adder, remover }) {
  doings = { ...doings, remover };
  list.before(adder);
  drawList();
}

/** Reads the list anew; an answer that is overtaken by that to a later request is old and left. Raises Failure. */
export async function refreshDocuments() {
  const turn = ++asked;
  const read = await getJson("/api/documents");
  if (turn < drawn) return;
  drawn = turn;
  if (JSON.stringify(read) === last) return;
  last = JSON.stringify(read);
  ({ documents: all, files } = read);
  const held = new Set(all.map((item) => item.id));
  for (const id of chosen) if (!held.has(id)) chosen.delete(id);
  drawList();
  showScope();
  doings.changed(all);
}

/** Ids that questions are restricted to; none means all. */
export const chosenDocuments = () => [...chosen];

/** Opens the dialog. Others may have changed the documents since. */
export async function showDocuments() {
  if (!dialog.open) dialog.showModal();
  await renewDocuments();
}

/** Reads the list anew where the server answers; else the former list stands, and a question will say what is wrong. */
export async function renewDocuments() {
  try {
    await refreshDocuments();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
  }
}

function drawList() {
  const focused = document.activeElement?.id;
  filter.hidden = all.length <= 7;
  const unread = files.filter((file) => !["indexed", "partial"].includes(file.verdict));
  list.replaceChildren(
    ...all.map(row),
    ...unread.map((file) => el("li", { class: "unread", "data-words": file.file.toLowerCase() }, el("p", {}, `Not read: ${file.reason}`))),
  );
  if (!list.children.length) list.append(el("li", { class: "unread", "data-words": "" }, el("p", {}, "The corpus is empty.")));
  find();
  if (focused && list.contains(byId(focused))) byId(focused).focus();
}

function find() {
  const wanted = filter.value.trim().toLowerCase();
  for (const item of list.children) item.hidden = !item.dataset.words.includes(wanted);
}

function row(item) {
  const box = el("input", { type: "checkbox", id: `pick-${item.id}`, onchange: () => pick(item.id, box.checked) });
  box.checked = chosen.has(item.id);
  const open = () => {
    dialog.close();
    doings.open(item.id);
  };
  return el(
    "li",
    { "data-words": `${item.name} ${item.title} ${item.symbol} ${item.body} ${item.file}`.toLowerCase() },
    box,
    el("label", { for: `pick-${item.id}` }, described(item)),
    el(
      "div",
      { class: "row-actions" },
      el("button", { type: "button", class: "quiet", "aria-label": `Read ${item.name}`, onclick: open }, "Read"),
      doings.remover?.(item),
    ),
  );
}

/** What a list shows of a document: its name, what is known of it, and what is the matter with it. */
export function described(item) {
  return [
    el("span", { class: "document-name" }, item.name),
    item.title && item.title !== item.name && el("span", { class: "document-title" }, item.title),
    el("span", { class: "aside" }, about(item)),
    troubles(item).map((sentence) => el("span", { class: "caveat" }, sentence)),
  ];
}

function about(item) {
  const known = [item.type, item.body, item.date].filter(Boolean).map(capital);
  const file = item.file === item.name ? [] : [item.file];
  return known.concat(counted(item.units, "passage"), file, item.verdict).join(" · ");
}

/** Sentences on what keeps a document from being whole and current. */
function troubles(item) {
  const file = files.find((one) => one.file === item.file);
  const newer = item.superseded_by && all.find((one) => one.id === item.superseded_by);
  return [
    newer && `Superseded by ${newer.name === item.name ? newer.file : newer.name}`,
    file?.former ? `${file.reason} Its former version still answers.` : file?.reason,
  ].filter(Boolean);
}

function pick(id, wanted) {
  if (wanted) chosen.add(id);
  else chosen.delete(id);
  showScope();
}

function clear() {
  chosen.clear();
  for (const box of list.querySelectorAll("input[type=checkbox]")) box.checked = false;
  showScope();
}

function showScope() {
  const held = counted(all.length, "document");
  const some = `${chosen.size} of ${held}`;
  const only = all.find((item) => chosen.has(item.id));
  state.textContent = chosen.size ? `Questions search ${some}.` : "Questions search all of them. Tick some to search only those.";
  if (!chosen.size) scope.textContent = all.length ? `All ${held}` : "All documents";
  else scope.textContent = chosen.size === 1 ? `Only ${only.name}` : some;
  scope.classList.toggle("is-restricted", chosen.size > 0);
}
