// The page before the first question: how to ask, from what the corpus itself holds.

import { about } from "./documents.js";
import { byId, el } from "./dom.js";

const EXAMPLES = 3;

/** Offers questions made from the documents' own headings, and the documents to read. */
export function showWelcome(documents, ask, open) {
  const questions = documents.filter((item) => item.outline.length).map(question).slice(0, EXAMPLES);
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
            el("span", { class: "document-name" }, item.name),
            item.title && item.title !== item.name && el("span", { class: "document-title" }, item.title),
            el("span", { class: "aside" }, about(item)),
          ),
        ),
      ),
    ),
  );
}

/** A question about a heading from the middle of a document. */
function question(item) {
  const heading = item.outline[Math.floor(item.outline.length / 2)];
  const words = heading.replace(/^(?:[IVXLC]+|[A-Z]|\d+)(?:\.|\))\s+/, "").replace(/[.:;]+$/, "");
  return `What does ${item.name} say about ${words}?`;
}
