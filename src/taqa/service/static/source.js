// The source panel: a citation in its paragraph, and the paragraph in its document.

import { Failure, documentPath, getJson, unitPath } from "./api.js";
import { byId, el } from "./dom.js";
import { drawPassage } from "./passage.js";
import { drawWhole } from "./whole.js";

const NARROW = "(max-width: 899px)";
const panel = byId("source");
const documents = new Map();

// What is shown: {document, unit, range, citation, all}, which button opened it, which tab is up.
let shown = null;
let opener = null;
let tab = "unit";
let turn = 0;
// Whether closing has begun to take the page's own step back, which then needs no following.
let leaving = false;

/** Shows a citation; `all` are the citations to step through, `button` gets the focus back at the end. */
export function openCitation(citation, all, button) {
  opener = button ?? opener;
  tab = "unit";
  return show({ document: citation.document.id, slug: slugOf(citation), range: citation.shown, citation, all });
}

/** Shows a unit, or without `slug` a whole document. */
export function openPlace(document, slug, button) {
  opener = button ?? opener;
  tab = slug ? "unit" : "document";
  return show({ document, slug, range: null, citation: null, all: [] });
}

/** Another citation of the same answer, in the same view and with the focus on the same button. */
async function step(citation, label) {
  await show({ ...shown, document: citation.document.id, slug: slugOf(citation), range: citation.shown, citation });
  const pressed = panel.querySelector(`[aria-label="${label}"]`);
  (pressed && !pressed.disabled ? pressed : panel).focus({ preventScroll: true });
}

const slugOf = (citation) => citation.unit.slice(citation.document.id.length + 1);

export function closeSource() {
  if (!shown) return;
  shown = null;
  turn += 1;
  panel.hidden = true;
  panel.replaceChildren();
  document.body.classList.remove("with-source");
  setBackground(false);
  markOpened();
  rememberPlace();
  (opener?.isConnected ? opener : byId("question")).focus();
  opener = null;
}

export const sourceIsOpen = () => shown !== null;

/** Shows what the address of the page names: at the start, after a step back or forward, or a link put into it. */
export function followAddress() {
  if (leaving) leaving = false;
  else if (inAddress("document") === null) closeSource();
  else if (shown?.document !== inAddress("document") || shown.slug !== inAddress("unit")) {
    openPlace(inAddress("document"), inAddress("unit"), null);
  }
}

const inAddress = (name) => new URLSearchParams(location.hash.slice(1)).get(name);

matchMedia(NARROW).addEventListener("change", () => setBackground(shown !== null));

async function show(place) {
  shown = place;
  const mine = ++turn;
  panel.hidden = false;
  document.body.classList.add("with-source");
  setBackground(true);
  markOpened();
  panel.replaceChildren(bar("Source", ""), el("p", { class: "progress" }, "Opening the source"));
  panel.focus({ preventScroll: true });
  try {
    const view = place.slug ? await getJson(unitPath(place.document, place.slug)) : null;
    const whole = view ? null : await held(place.document);
    if (mine !== turn) return;
    rememberPlace();
    draw(view, view ? view.document : whole.document);
  } catch (error) {
    if (mine !== turn) return;
    panel.replaceChildren(bar("Source", ""), el("p", { class: "notice notice-error", role: "alert" }, error.message));
  }
}

/** Lets go of documents read before, which may have changed. */
export const forgetDocuments = () => documents.clear();

async function held(id) {
  if (!documents.has(id)) documents.set(id, await getJson(documentPath(id)));
  return documents.get(id);
}

function draw(view, named) {
  const title = view ? view.label : named.name;
  const body = el("div", { class: "source-body", id: "source-body", role: "tabpanel", tabindex: "0" });
  const tabs = el("div", { class: "tabs", role: "tablist", "aria-label": "View of the source" });
  const pick = (name) => {
    tab = name;
    for (const button of tabs.children) {
      const chosen = button.dataset.tab === name;
      button.setAttribute("aria-selected", chosen);
      button.tabIndex = chosen ? 0 : -1;
      if (chosen) body.setAttribute("aria-labelledby", button.id);
    }
    if (name === "unit") drawPassage(body, view, shown, openPlace);
    else drawDocument(body);
  };
  if (view) tabs.append(tabButton("unit", "Paragraph", pick), tabButton("document", "In its document", pick));
  tabs.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    pick(tab === "unit" ? "document" : "unit");
    tabs.querySelector("[aria-selected=true]").focus();
  });
  const subtitle = named.title && named.title !== named.name ? named.title : "";
  panel.replaceChildren(bar(title, subtitle), view ? tabs : "", body);
  pick(tab);
}

async function drawDocument(body) {
  const place = shown;
  body.replaceChildren(el("p", { class: "progress" }, "Opening the document"));
  try {
    const whole = await held(place.document);
    if (shown !== place || tab !== "document") return;
    drawWhole(body, whole, { wanted: place.slug, range: place.range }, openPlace);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    body.replaceChildren(el("p", { class: "notice notice-error", role: "alert" }, error.message));
  }
}

function tabButton(name, label, pick) {
  return el(
    "button",
    {
      type: "button",
      class: "tab",
      role: "tab",
      id: `tab-${name}`,
      "data-tab": name,
      "aria-controls": "source-body",
      onclick: () => pick(name),
    },
    label,
  );
}

function bar(title, subtitle) {
  const close = el(
    "button",
    { type: "button", class: "icon", id: "source-close", "aria-label": "Close the source (Escape)", onclick: closeSource },
    "✕",
  );
  return el(
    "header",
    { class: "source-bar" },
    el(
      "div",
      { class: "source-head" },
      el("h2", { id: "source-title" }, title),
      subtitle && el("p", { class: "source-subtitle" }, subtitle),
    ),
    el("div", { class: "source-tools" }, stepper(), close),
  );
}

/** Buttons to the citations before and after, where there are several. */
function stepper() {
  const { citation, all } = shown;
  if (!citation || all.length < 2) return null;
  const at = all.indexOf(citation);
  const button = (by, label, sign) =>
    el(
      "button",
      {
        type: "button",
        class: "icon",
        "aria-label": label,
        disabled: !all[at + by],
        onclick: () => step(all[at + by], label),
      },
      sign,
    );
  return el(
    "div",
    { class: "stepper", role: "group", "aria-label": "References of this answer" },
    button(-1, "Previous reference", "‹"),
    el("span", {}, `${at + 1} of ${all.length}`),
    button(1, "Next reference", "›"),
  );
}

// ---------------------------------------------------------------- around the panel

/** On a narrow screen the panel covers the conversation, which then takes no focus. */
function setBackground(open) {
  const covered = open && matchMedia(NARROW).matches;
  byId("talk").inert = covered;
  document.querySelector(".top").inert = covered;
}

function markOpened() {
  for (const chip of document.querySelectorAll(".ref")) {
    const open = shown?.citation && chip.dataset.unit === shown.citation.unit;
    if (open) chip.setAttribute("aria-current", "true");
    else chip.removeAttribute("aria-current");
  }
}

/** Names what is shown in the address of the page. The first place is a step of its own, which closing takes back. */
function rememberPlace() {
  const named = inAddress("document") !== null;
  if (shown) {
    const place = new URLSearchParams({ document: shown.document });
    if (shown.slug) place.set("unit", shown.slug);
    if (named) history.replaceState(history.state, "", `#${place}`);
    else history.pushState({ source: true }, "", `#${place}`);
  } else if (history.state?.source) {
    leaving = true;
    history.back();
  } else if (named) history.replaceState(null, "", location.pathname);
}
