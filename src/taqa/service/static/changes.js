// Documents added and removed by the reader; loaded only where the service allows it.

import { Failure, documentPath, removeDocument, sendDocument } from "./api.js";
import { counted, el } from "./dom.js";

const READ = "Text, Markdown, PDF, Word, HTML, OpenDocument or Akoma Ntoso";
const said = el("p", { class: "unseen", role: "status" });
const done = el("ul", { class: "sent", "aria-label": "What has become of files" });
let waiting = Promise.resolve();

/**
 * What adds and removes documents. `largest` is how many bytes a file may have, `refresh` reads the list anew, `show`
 * opens what holds the adder.
 */
export function changes({ largest, refresh, show }) {
  const input = el("input", { type: "file", multiple: true, hidden: true, id: "add-files", onchange: chosen });
  const button = el("button", { type: "button", class: "quiet", id: "add", onclick: () => input.click() }, "Add files");
  const hint = el("span", { class: "aside" }, `or drop them here. ${READ}, up to ${size(largest)} each.`);
  const adder = el("section", { class: "adder", "aria-label": "Add documents" }, el("p", { class: "offer" }, button, hint, input), done, said);

  function chosen() {
    take(Array.from(input.files));
    input.value = "";
  }

  /** Sends files one after the other; each has a line that says what becomes of it. */
  function take(files) {
    for (const file of files) {
      const line = newLine(file.name);
      const refusal = refused(file, largest);
      if (refusal) line.end(refusal, false);
      else waiting = waiting.then(() => put(file, line)).then(refresh);
    }
  }

  takeDrops(adder, take, show);
  return { adder, remover: (item) => remover(item, refresh, button) };
}

function refused(file, largest) {
  if (file.folder) return `${file.name} is a folder; add the files in it.`;
  if (file.size > largest) return `${file.name} has ${size(file.size)}; at most ${size(largest)} are taken.`;
  return "";
}

async function put(file, line) {
  try {
    const found = await sendDocument(file, (share) => line.sending(share));
    line.end(verdict(found), found.file.verdict === "indexed");
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    line.end(error.message, false);
  }
}

/** What became of a file in one sentence, and in a second one what could not be read of it. */
function verdict({ fate, file: { file, reason }, former, document }) {
  const named = document.name === file ? file : `${file} (${document.name})`;
  const fates = {
    added: `${named} is added: ${counted(document.units, "passage")}.`,
    "new version": `${named} is a new version; the former one is kept as ${former}.`,
    "another name": `${file} has the same content as ${document.file} and is now another name of it.`,
    "held already": `${named} is held already.`,
  };
  return [fates[fate], reason].filter(Boolean).join(" ");
}

/** A line that says what becomes of a file. */
function newLine(name) {
  const bar = el("progress", { max: 1, value: 0, "aria-label": name });
  const text = el("span", {}, `${name} waits.`);
  const line = el("li", {}, text, bar);
  done.append(line);
  const showLine = () => line.scrollIntoView({ block: "nearest" });
  return {
    sending(share) {
      showLine();
      if (share < 1) bar.value = share;
      else bar.removeAttribute("value");
      text.textContent = share < 1 ? `Sending ${name}: ${Math.floor(share * 100)} %` : `Reading and indexing ${name}`;
    },
    end(sentence, good) {
      bar.remove();
      text.textContent = sentence;
      line.classList.toggle("is-refused", !good);
      said.textContent = sentence;
      showLine();
    },
  };
}

/** Files dragged over the page, wherever they are let go. */
function takeDrops(adder, take, show) {
  const aim = (on) => adder.classList.toggle("is-aim", on);
  addEventListener("dragover", (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    if (!adder.classList.contains("is-aim")) show();
    aim(true);
  });
  addEventListener("dragleave", (event) => !event.relatedTarget && aim(false));
  addEventListener("drop", (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    aim(false);
    take(dropped(event.dataTransfer));
  });
}

/** The files of a drop; of a folder only its name, marked as one. */
function dropped({ items }) {
  const files = Array.from(items).filter((item) => item.kind === "file");
  return files.map((item) => {
    const entry = item.webkitGetAsEntry?.();
    return entry?.isDirectory ? { name: entry.name, folder: true } : item.getAsFile();
  });
}

/** The button that removes a document, after a second press. */
function remover(item, refresh, after) {
  const button = (label, look, press) => el("button", { type: "button", class: look, onclick: press }, label);
  const ask = button("Remove", "quiet", () => {
    place.replaceChildren(el("span", {}, `Delete ${[item.file, ...item.other_names].join(", ")}?`), yes, no);
    place.classList.add("is-asking");
    no.focus();
  });
  ask.setAttribute("aria-label", `Remove ${item.name}`);
  const yes = button("Delete", "quiet is-grave", async () => {
    place.replaceChildren(el("span", { class: "progress" }, "Removing"));
    const line = newLine(item.file);
    try {
      const { files } = await removeDocument(documentPath(item.id));
      line.end(`${files.join(", ")} ${files.length === 1 ? "is" : "are"} removed.`, true);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      line.end(error.message, false);
    }
    after.focus();
    await refresh();
  });
  const no = button("Keep", "quiet", () => {
    place.replaceChildren(ask);
    place.classList.remove("is-asking");
    ask.focus();
  });
  const place = el("span", { class: "remover" }, ask);
  return place;
}

function size(bytes) {
  const mebibytes = bytes / 2 ** 20;
  return mebibytes < 10 ? `${Math.ceil(mebibytes * 10) / 10} MiB` : `${Math.ceil(mebibytes)} MiB`;
}
