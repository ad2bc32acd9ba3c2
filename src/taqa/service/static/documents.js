// The documents: the list, reading one, and restricting questions to some.

import { byId, counted, el } from "./dom.js";

const dialog = byId("documents");
const scope = byId("scope");
const chosen = new Set();
let all = [];
let read = () => {};

/** Takes the list of documents; `open(id)` shows one. */
export function setDocuments(list, open) {
  all = list;
  read = open;
  showScope();
}

/** Ids that questions are restricted to; none means all. */
export const chosenDocuments = () => [...chosen];

export function showDocuments() {
  draw();
  dialog.showModal();
}

dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());

function draw() {
  const filter = el("input", { type: "search", placeholder: "Find a document", "aria-label": "Find a document" });
  const list = el("ul", { class: "document-list" }, all.map(row));
  filter.addEventListener("input", () => {
    const wanted = filter.value.trim().toLowerCase();
    for (const item of list.children) item.hidden = !item.dataset.words.includes(wanted);
  });
  const state = el("p", { class: "aside", role: "status", id: "scope-state" }, stateText());
  dialog.replaceChildren(
    el(
      "header",
      { class: "source-bar" },
      el("div", { class: "source-head" }, el("h2", { id: "documents-title" }, "Documents"), state),
      el("button", { type: "button", class: "icon", "aria-label": "Close", onclick: () => dialog.close() }, "✕"),
    ),
    all.length > 7 ? filter : "",
    all.length ? list : el("p", { class: "aside" }, "The corpus is empty."),
    el(
      "footer",
      { class: "dialog-foot" },
      el("button", { type: "button", class: "quiet", id: "scope-clear", onclick: clear }, "Search all"),
      el("button", { type: "button", class: "primary", onclick: () => dialog.close() }, "Done"),
    ),
  );
}

function row(item) {
  const box = el("input", { type: "checkbox", id: `pick-${item.id}`, onchange: () => pick(item.id, box.checked) });
  box.checked = chosen.has(item.id);
  const open = () => {
    dialog.close();
    read(item.id);
  };
  return el(
    "li",
    { "data-words": `${item.name} ${item.title} ${item.symbol} ${item.body} ${item.file}`.toLowerCase() },
    box,
    el(
      "label",
      { for: `pick-${item.id}` },
      el("span", { class: "document-name" }, item.name),
      item.title && item.title !== item.name && el("span", { class: "document-title" }, item.title),
      el("span", { class: "aside" }, about(item)),
    ),
    el("button", { type: "button", class: "quiet", "aria-label": `Read ${item.name}`, onclick: open }, "Read"),
  );
}

/** What is known of a document in a line. */
export function about(item) {
  return [item.type, item.body, item.date].filter(Boolean).map(capital).concat(counted(item.units, "passage")).join(" · ");
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

function pick(id, wanted) {
  if (wanted) chosen.add(id);
  else chosen.delete(id);
  showScope();
}

function clear() {
  chosen.clear();
  for (const box of dialog.querySelectorAll("input[type=checkbox]")) box.checked = false;
  showScope();
}

function stateText() {
  return chosen.size ? `Questions search ${chosen.size} of ${counted(all.length, "document")}.` : "Questions search all of them. Tick some to search only those.";
}

function showScope() {
  const state = byId("scope-state");
  if (state) state.textContent = stateText();
  const only = all.find((item) => chosen.has(item.id));
  if (!chosen.size) scope.textContent = all.length ? `All ${counted(all.length, "document")}` : "All documents";
  else scope.textContent = chosen.size === 1 ? `Only ${only.name}` : `${chosen.size} of ${counted(all.length, "document")}`;
  scope.classList.toggle("is-restricted", chosen.size > 0);
}
