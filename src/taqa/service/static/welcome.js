// The page before the first question: how to ask, from what the corpus itself holds.

import { described } from "./documents.js";
import { byId, el } from "./dom.js";

const EXAMPLES = 2;

/** Offers questions made from the documents' own headings, and the documents to read. */
export function showWelcome(documents, ask, open) {
  const questions = examples(documents);
  byId("examples").replaceChildren(
    questions.length ? el("h3", {}, "For example") : "",
    el(
      "ul",
      { class: "examples" },
      questions.map((text) => el("li", {}, el("button", { type: "button", class: "example", onclick: () => ask(text) }, text))),
    ),
  );
  byId("shelf").replaceChildren(
    el("h3", {}, "What is searched"),
    el(
      "ul",
      { class: "shelf" },
      documents.map((item) =>
        el(
          "li",
          {},
          el(
            "button",
            { type: "button", class: "book", onclick: (event) => open(item.id, event.currentTarget) },
            described(item),
          ),
        ),
      ),
    ),
  );
}

/** Questions about what the documents' own headings name, and about where a document is mentioned. */
function examples(documents) {
  const named = documents.map(({ outline }) => outline.map(subject).toSorted(byName)[0]).filter((text) => names(text) > 1);
  const about = [...new Set(named)].toSorted(byName).slice(0, EXAMPLES).map((text) => `What is said about ${text}?`);
  const symbol = documents.find((item) => item.symbol)?.symbol;
  return symbol ? [...about, `Where is ${symbol} mentioned?`] : about;
}

/** A heading without its printed number. */
const subject = (heading) => heading.replace(/^(?:[IVXLC]+|[A-Z]|\d+)(?:\.|\))\s+/, "").replace(/[.:;]+$/, "");

/** How many words after the first begin with a capital among small letters: a heading with several names something. */
function names(text = "") {
  const words = text.split(/\s+/);
  if (words.length > 9) return 0;
  return words.slice(1).filter((word) => /^\p{Lu}.*\p{Ll}/u.test(word)).length;
}

const byName = (one, other) => names(other) - names(one);
