// What happens to a reply on its way: pure. How it is sent, slowly or never, is in `send.ts`.
import type { Protocol } from "../wire/protocol.ts";
import { writeNurrError } from "../wire/nurr/errors.ts";
import type { Delivery } from "./effect.ts";
import type { Answer, Reply } from "./reply.ts";

const page =
  "<!DOCTYPE html><html><head><title>Site</title></head><body><h1>Please wait while we check your browser</h1></body></html>";

const asHtml = { headers: { "content-type": "text/html; charset=utf-8" } } as const;

/** What each delivery changes about the usual answer. */
const changes = {
  answers: {},
  delivered_twice: {},
  never_answers: { how: "never" },
  cut_off: { how: "cut" },
  error_500: { ...asHtml, status: 500, body: page },
  bad_gateway: { ...asHtml, status: 502, body: page },
  unavailable: { ...asHtml, status: 503, body: page },
  edge_error_520: { ...asHtml, status: 520, body: page },
  redirect: { status: 302, headers: { location: "?again=1" }, body: "" },
  html: { ...asHtml, status: 200, body: page },
  wrong_content_type: asHtml,
  broken: {},
  empty: { status: 200, body: "" },
} as const satisfies Record<Delivery, Partial<Answer>>;

/** What goes out for a reply. `delayMs` is divided already. */
export function answerOf(protocol: Protocol, reply: Reply, delivery: Delivery, delayMs: number): Answer {
  const { status, contentType, body } = reply;
  const usual: Answer = { status, headers: { "content-type": contentType }, body, how: "whole", delayMs };
  if (delivery === "error_500" && protocol === "nurr") return { ...usual, ...writeNurrError("failed") };
  if (delivery === "broken") return { ...usual, body: body.slice(0, Math.floor(body.length / 2)) };
  return { ...usual, ...changes[delivery] };
}

/** How the journal tells an answer. */
export function describeAnswer(answer: Answer): string {
  if (answer.how === "never") return "(no answer)";
  return `${answer.status} ${answer.how === "cut" ? "(cut off) " : ""}${answer.body.slice(0, 500)}`;
}
