// The service over HTTP: JSON, and answers as a stream of server-sent events.

const UNREACHABLE = "The server does not answer. Start it again and retry.";

/** A refusal or failure; `message` is one sentence for the reader, `passing` whether the same may succeed later. */
export class Failure extends Error {
  constructor(sentence, passing = true) {
    super(sentence);
    this.passing = passing;
  }
}

export async function getJson(path) {
  const response = await reach(path, { headers: { Accept: "application/json" } });
  return response.json();
}

export const unitPath = (document, slug) =>
  `/api/documents/${encodeURIComponent(document)}/units/${encodeURIComponent(slug)}`;

export const documentPath = (document) => `/api/documents/${encodeURIComponent(document)}`;

export async function removeDocument(path) {
  const response = await reach(path, { method: "DELETE", headers: { Accept: "application/json" } });
  return response.json();
}

/** Adds a file as a document; `onProgress(share)` hears how much of it is sent. What became of it, or a Failure. */
export function sendDocument(file, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest(); // fetch does not tell how much is sent
    request.open("PUT", documentPath(file.name));
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => onProgress(event.total ? event.loaded / event.total : 0));
    request.upload.addEventListener("load", () => onProgress(1));
    request.addEventListener("error", () => reject(new Failure(UNREACHABLE)));
    request.addEventListener("load", () => {
      const { status, response } = request;
      if (status === 200) resolve(response);
      else reject(new Failure(refusal(response, status), status >= 500));
    });
    request.send(file);
  });
}

const refusal = (problem, status) => problem?.detail ?? `The server refused the request (status ${status}).`;

/** The answer to a question; `onEvent(name, data)` hears of evidence and statements on the way. */
export async function ask(body, onEvent, signal) {
  const response = await reach("/api/ask/stream", {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "text/event-stream" },
    body: JSON.stringify(body),
    signal,
  });
  for await (const { name, data } of events(response.body)) {
    if (name === "answer") return data;
    if (name === "error") throw new Failure(data.detail);
    onEvent(name, data);
  }
  throw new Failure("The answer broke off before its end. Ask again.");
}

async function reach(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Failure(UNREACHABLE);
  }
  if (response.ok) return response;
  const problem = await response.json().catch(() => null);
  throw new Failure(refusal(problem, response.status), response.status >= 500);
}

async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let held = "";
  for (;;) {
    let step;
    try {
      step = await reader.read();
    } catch (error) {
      if (error.name === "AbortError") throw error;
      throw new Failure(UNREACHABLE);
    }
    if (step.done) return;
    held += step.value.replaceAll("\r\n", "\n");
    const blocks = held.split("\n\n");
    held = blocks.pop();
    for (const block of blocks) {
      const event = parsed(block);
      if (event) yield event;
    }
  }
}

function parsed(block) {
  let name = "message";
  const data = [];
  for (const line of block.split("\n")) {
    if (line.startsWith("event:")) name = line.slice(6).trim();
    if (line.startsWith("data:")) data.push(line.slice(5).trimStart());
  }
  return data.length ? { name, data: JSON.parse(data.join("\n")) } : null;
}
