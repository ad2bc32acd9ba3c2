// Answers as plain text for a document or a message, and the clipboard.

import { announce } from "./dom.js";

/** The answer with its references, ready to paste. */
export function answerText(answer) {
  const marks = new Map(answer.citations.map((citation) => [citation.n, citation]));
  const said = answer.statements.map((statement) => {
    const labels = statement.citations.map((n) => marks.get(n)).filter(Boolean).map(told);
    return `“${statement.text}” (${labels.join("; ")})`;
  });
  if (!answer.statements.length) said.push(answer.answer);
  if (answer.not_stated.length) said.push(notStated(answer.not_stated));
  const files = new Map(answer.citations.map(({ document, file }) => [file, document]));
  const sources = [...files].map(([file, document]) => {
    const title = document.title && document.title !== document.name ? `, ${document.title}` : "";
    return `- ${document.name}${title} (file ${file})`;
  });
  const parts = [answer.question, said.join("\n\n")];
  if (sources.length) parts.push(`Documents\n${sources.join("\n")}`);
  return `${parts.join("\n\n")}\n`;
}

/** A sentence on the sides of a comparison that no statement speaks of. */
export const notStated = (sides) =>
  `Not stated in the documents searched: ${sides.map((side) => `“${side}”`).join(", ")}.`;

/** A reference with what must be known of it. */
export const told = ({ label, caveats }) => [label, ...caveats.map(({ text }) => `[${text}]`)].join(" ");

/** Copies and says so on the button that was pressed. */
export async function copy(text, button) {
  const before = button.textContent;
  const done = await written(text);
  button.textContent = done ? "Copied" : "Copying was refused";
  announce(button.textContent);
  setTimeout(() => (button.textContent = before), 1800);
}

async function written(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedBySelection(text);
  }
}

// Without a secure context (a name on a local network) there is no clipboard object.
function copiedBySelection(text) {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "unseen";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}
