// The API's description as a page, made from openapi.json.

import { Failure, getJson } from "./api.js";
import { byId, el } from "./dom.js";

function operation(method, path, described) {
  return el(
    "section",
    {},
    el("h2", {}, el("code", {}, `${method.toUpperCase()} ${path}`)),
    el("p", {}, described.summary),
    described.description && el("p", { class: "aside" }, prose(described.description)),
    parameters(described.parameters ?? []),
    example("Body", described.requestBody?.content),
    Object.entries(described.responses).map(([status, response]) =>
      status === "200" ? example("Answer", response.content) : null,
    ),
    refusals(described.responses),
  );
}

/** Text whose words between backquotes are code. */
function prose(text) {
  return text.split("`").map((part, at) => (at % 2 ? el("code", {}, part) : part));
}

function parameters(list) {
  if (!list.length) return null;
  const items = list.map((one) =>
    el("li", {}, el("code", {}, one.name), ` (${one.in}${one.required ? "" : ", optional"}): `, prose(one.description)),
  );
  return [el("h3", {}, "Parameters"), el("ul", {}, items)];
}

function example(title, content) {
  const [kind, body] = Object.entries(content ?? {})[0] ?? [];
  const shown = body?.example ?? schemaExample(body?.schema);
  if (shown === undefined) return null;
  const text = typeof shown === "string" ? shown : JSON.stringify(shown, null, 2);
  return [el("h3", {}, `${title}, ${kind}`), el("pre", { tabindex: "0" }, text)];
}

let schemas = {};

function schemaExample(schema) {
  return schemas[schema?.$ref?.split("/").pop()]?.examples?.at(-1);
}

function refusals(responses) {
  const items = Object.entries(responses).filter(([status]) => status !== "200");
  if (!items.length) return null;
  const line = ([status, response]) =>
    el("li", {}, el("code", {}, status), " ", prose(Object.values(response.content)[0].example.detail));
  return [el("h3", {}, "Refusals, application/problem+json"), el("ul", {}, items.map(line))];
}

async function start() {
  try {
    const described = await getJson("/openapi.json");
    schemas = described.components.schemas;
    const operations = Object.entries(described.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, one]) => operation(method, path, one)),
    );
    byId("manual").replaceChildren(el("p", {}, prose(described.info.description)), ...operations);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    byId("manual").replaceChildren(el("p", { class: "notice notice-error", role: "alert" }, error.message));
  }
}

start();
