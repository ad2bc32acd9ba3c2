// One question and what becomes of it: evidence, statements as they come, the answer, or why there is none.

import { answerText, copy, notStated } from "./copy.js";
import { announce, capital, counted, el, pagesOf } from "./dom.js";

const NAMED = 3;

/** A turn of the conversation. `open(citation, all, button)` shows a citation's source, `again(question)` asks another. */
export function newTurn(question, open, again) {
  const progress = el("p", { class: "progress" }, "Searching the documents");
  const list = el("ol", { class: "statements", hidden: true });
  const body = el("div", { class: "answer", "aria-busy": "true" }, progress, list);
  const asked = el("h2", { class: "asked", tabindex: "-1" }, question);
  const root = el("article", { class: "turn", "aria-label": "Question and answer" }, asked, body);

  function evidence({ count, documents, interpreted_question: readAs }) {
    progress.textContent = count
      ? `Reading ${counted(count, "passage")} from ${counted(documents, "document")}`
      : "No passage shares enough with the question";
    showReading(readAs);
  }

  function showReading(readAs) {
    if (!readAs || folded(readAs) === folded(question) || root.querySelector(".read-as")) return;
    asked.after(reading(readAs, again));
  }

  function statement(said) {
    list.hidden = false;
    list.append(el("li", {}, el("p", { class: "said" }, said.text)));
  }

  function finish(answer) {
    body.removeAttribute("aria-busy");
    progress.remove();
    showReading(answer.interpreted_question);
    list.replaceChildren(...answer.statements.map((said) => statementItem(said, answer, open)));
    list.hidden = answer.statements.length === 0;
    if (answer.status !== "answered") body.append(...[notice(answer), choices(answer, again), ...relatedPart(answer, open)].filter(Boolean));
    body.append(foot(answer));
    announce(spoken(answer));
  }

  function fail(sentence, retry) {
    body.removeAttribute("aria-busy");
    progress.remove();
    list.remove();
    const anew = retry && el("button", { type: "button", class: "quiet", onclick: retry }, "Ask again");
    body.append(el("div", { class: "notice notice-error", role: "alert" }, el("p", {}, sentence), anew));
  }

  function stopped() {
    body.removeAttribute("aria-busy");
    progress.textContent = "Stopped";
  }

  return { root, asked, evidence, statement, finish, fail, stopped };
}

/** How a question was read, to be corrected: asked again on Enter where it was changed. */
function reading(readAs, again) {
  const box = el("textarea", { rows: 1, spellcheck: "false", enterkeyhint: "send", "aria-label": "Read as; change it and press Enter to ask it so" });
  box.value = readAs;
  const send = el("button", { type: "submit", class: "quiet", hidden: true }, "Ask it so");
  const form = el("form", { class: "read-as", autocomplete: "off" }, el("span", {}, "Read as: "), box, send);
  const changed = () => box.value.trim() !== "" && folded(box.value) !== folded(readAs);
  const fit = () => {
    box.rows = 1;
    const line = parseFloat(getComputedStyle(box).lineHeight);
    box.rows = Math.max(1, Math.round(box.scrollHeight / line));
  };
  const ask = (event) => {
    event.preventDefault();
    if (changed()) again(box.value);
  };
  form.addEventListener("submit", ask);
  box.addEventListener("keydown", (event) => event.key === "Enter" && !event.isComposing && ask(event));
  box.addEventListener("input", () => {
    send.hidden = !changed();
    fit();
  });
  requestAnimationFrame(fit);
  return form;
}

/** The questions that could be meant, each to be asked by pressing it. */
function choices(answer, again) {
  if (!answer.choices.length) return null;
  const items = answer.choices.map(({ question, label, about }) =>
    el(
      "li",
      {},
      el(
        "button",
        { type: "button", class: "example", onclick: () => again(question) },
        question,
        el("span", { class: "choice-place" }, about ? `${label}: ${about}` : label),
      ),
    ),
  );
  return el("ol", { class: "examples choices", "aria-label": "Questions that could be meant" }, items);
}

function statementItem(said, answer, open) {
  const cited = said.citations.map((n) => answer.citations.find((citation) => citation.n === n)).filter(Boolean);
  return el(
    "li",
    {},
    el("p", { class: "said" }, said.text),
    el("p", { class: "refs" }, cited.map((citation, at) => chip(citation, answer.citations, open, cited[at - 1]))),
    caveats(cited),
  );
}

/** What to know of some citations before relying on them, each thing once. */
function caveats(cited) {
  const several = new Set(cited.map((citation) => citation.document.id)).size > 1;
  const told = ({ document }, { about, text }) => (several && about === "date" ? `${document.name}: ${text}` : capital(text));
  const texts = new Set(cited.flatMap((citation) => citation.caveats.map((caveat) => told(citation, caveat))));
  return texts.size > 0 && el("p", { class: "caveats" }, [...texts].map((text) => el("span", { class: "caveat" }, text)));
}

/** A reference as a button. After one to the same document only the place is printed. */
function chip(citation, all, open, before) {
  const { name } = citation.document;
  const short = before?.document.id === citation.document.id && citation.label.startsWith(`${name}, `);
  const label = short ? citation.label.slice(name.length + 2) : citation.label;
  return el(
    "button",
    {
      type: "button",
      class: "ref",
      "data-unit": citation.unit,
      "aria-label": `Open the source: ${citation.label}${citation.counted ? ", numbering by this system" : ""}`,
      onclick: (event) => open(citation, all, event.currentTarget),
    },
    label,
    citation.counted && el("span", { class: "own-count", title: OWN_COUNT }, "our count"),
  );
}

export const OWN_COUNT = "The document prints no number here; this system counted.";

function notice(answer) {
  const title = answer.status === "clarify" ? "Please say a little more" : "The documents do not say";
  const said = answer.choices.length ? answer.answer.split("\n")[0] : answer.answer;
  const rest = said.startsWith(`${title}.`) ? said.slice(title.length + 1).trim() : said;
  return el("div", { class: "notice" }, el("p", { class: "notice-title" }, title), rest && el("p", {}, rest));
}

function relatedPart(answer, open) {
  if (!answer.related.length) return [];
  const items = answer.related.map((citation) =>
    el(
      "li",
      {},
      el("p", { class: "said" }, citation.quote),
      el("p", { class: "refs" }, chip(citation, answer.related, open)),
      caveats([citation]),
    ),
  );
  return [
    el(
      "section",
      { class: "related" },
      el("h3", {}, "Related provisions ", el("span", { class: "aside" }, "not an answer to the question")),
      el("ul", { class: "statements" }, items),
    ),
  ];
}

function foot(answer) {
  const searched = `${counted(answer.searched.units, "passage")} in ${counted(answer.searched.documents, "document")} searched`;
  const button = el("button", { type: "button", class: "quiet" }, "Copy with references");
  button.addEventListener("click", () => copy(answerText(answer), button));
  return el(
    "footer",
    { class: "turn-foot" },
    answer.statements.length > 0 && button,
    answer.searched.documents > 0 && el("span", {}, searched),
    answer.not_stated.length > 0 && el("span", { class: "caveat" }, notStated(answer.not_stated)),
    answer.statements.length > 0 && readInPart(answer),
  );
}

/** Names the documents that could be read in part only, those that are cited first; a refusal says so itself. */
function readInPart({ searched: { partial }, citations }) {
  if (!partial.length) return null;
  const isCited = ({ document }) => citations.some((citation) => citation.document.id === document.id);
  const ordered = partial.toSorted((one, other) => isCited(other) - isCited(one));
  const named = ordered.slice(0, NAMED).map(({ document, pages }) => `${document.name} (no text on ${pagesOf(pages)})`);
  const rest = partial.length > NAMED ? ` and ${counted(partial.length - NAMED, "more document")}` : "";
  return el("span", { class: partial.some(isCited) && "caveat" }, `Read in part only: ${named.join(", ")}${rest}`);
}

function spoken(answer) {
  if (answer.status === "clarify") {
    const offered = answer.choices.length ? ` ${counted(answer.choices.length, "question")} to choose from.` : "";
    return `Please say a little more. ${answer.answer.split("\n")[0]}${offered}`;
  }
  if (answer.status === "not_found") return "The documents do not say.";
  const statements = counted(answer.statements.length, "statement");
  return `Answer ready: ${statements} with ${counted(answer.citations.length, "reference")}.`;
}

const folded = (text) => text.trim().replace(/\s+/g, " ").toLowerCase();
