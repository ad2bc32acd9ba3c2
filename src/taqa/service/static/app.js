// The chat page: wires question box, conversation, documents and source panel.

import { Failure, ask, getJson } from "./api.js";
import { allowChanges, chosenDocuments, prepareDocuments, refreshDocuments, renewDocuments, showDocuments } from "./documents.js";
import { byId, el } from "./dom.js";
import { closeSource, followAddress, forgetDocuments, openCitation, openPlace, sourceIsOpen } from "./source.js";
import { newTurn } from "./turn.js";
import { showWelcome } from "./welcome.js";

const REMEMBERED_TURNS = 6;
const box = byId("question");
const send = byId("send");
let history = [];
let running = null;
let limit = Infinity;
let index = "";

async function put(text) {
  const question = text.trim();
  if (!question || running) return;
  if (Array.from(question).length > limit) return;
  byId("welcome").hidden = true;
  byId("restart").hidden = false;
  const turn = newTurn(question, openCitation, put);
  byId("turns").append(turn.root);
  turn.root.scrollIntoView({ block: "start" });
  const stop = new AbortController();
  setRunning(stop);
  const body = { question, history: history.slice(-2 * REMEMBERED_TURNS), documents: chosenDocuments() };
  try {
    const answer = await ask(body, (name, data) => (name === "evidence" ? turn.evidence(data) : turn.statement(data)), stop.signal);
    turn.finish(answer);
    turn.root.scrollIntoView({ block: "start" });
    history.push({ role: "user", content: question }, { role: "assistant", content: answer.answer });
    if (answer.index !== index) renewDocuments();
    index = answer.index;
  } catch (error) {
    if (error.name === "AbortError") turn.stopped();
    else if (error instanceof Failure) turn.fail(error.message, error.passing && (() => (turn.root.remove(), put(question))));
    else throw error;
  } finally {
    if (running === stop) setRunning(null);
  }
}

function setRunning(stop) {
  running = stop;
  send.textContent = stop ? "Stop" : "Ask";
  send.classList.toggle("is-stop", stop !== null);
}

function submit() {
  if (running) {
    running.abort();
    return;
  }
  if (!box.value.trim()) {
    box.focus();
    return;
  }
  if (Array.from(box.value.trim()).length > limit) return;
  const text = box.value;
  box.value = "";
  fit();
  put(text);
}

function restart() {
  running?.abort();
  closeSource();
  history = [];
  byId("turns").replaceChildren();
  byId("welcome").hidden = false;
  byId("restart").hidden = true;
  box.focus();
}

/** The box grows with its text; near the limit the count is shown. */
function fit() {
  box.rows = 1;
  const line = parseFloat(getComputedStyle(box).lineHeight);
  box.rows = Math.min(8, Math.max(1, Math.floor(box.scrollHeight / line)));
  const length = Array.from(box.value.trim()).length;
  const over = length > limit;
  const count = byId("count");
  const near = length > limit * 0.8;
  const number = (value) => value.toLocaleString("en");
  if (over) count.textContent = `${number(length - limit)} characters too many: at most ${number(limit)} are taken`;
  else count.textContent = near ? `${number(length)} of ${number(limit)} characters` : "";
  count.classList.toggle("is-over", over);
  box.setAttribute("aria-invalid", over);
  send.disabled = over;
}

/** A new list of documents: what was read of them before may have changed. */
function changed(documents) {
  forgetDocuments();
  showWelcome(documents, put, (id, button) => openPlace(id, null, button));
}

async function allow(largest) {
  const { changes } = await import("./changes.js");
  allowChanges(changes({ largest, refresh: renewDocuments, show: showDocuments }));
}

async function start() {
  box.focus({ preventScroll: true });
  prepareDocuments({ open: (id) => openPlace(id, null, byId("show-documents")), changed });
  try {
    const [health] = await Promise.all([getJson("/api/health"), refreshDocuments()]);
    limit = health.max_question_chars;
    index = health.fingerprint;
    if (health.uploads) await allow(health.max_file_bytes);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    byId("examples").replaceChildren(el("p", { class: "notice notice-error", role: "alert" }, error.message));
  }
  followAddress();
}

byId("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});
box.addEventListener("input", fit);
box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  if (!running) submit();
});
byId("restart").addEventListener("click", restart);
byId("show-documents").addEventListener("click", showDocuments);
byId("scope").addEventListener("click", showDocuments);
addEventListener("popstate", followAddress);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && sourceIsOpen() && !byId("documents").open) closeSource();
});
start();
