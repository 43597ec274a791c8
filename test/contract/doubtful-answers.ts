// The answers that prove nothing, made out of one that would: the other end did its work, its words got spoilt.
import type { Fetch } from "../../src/providers/exchange.ts";
import type { Submission } from "../../src/providers/provider.ts";
import type { Act, DoubtfulSituation } from "./provider-contract.ts";

type Spoil = (answer: Response) => Promise<Response>;

const spoils = {
  "never answers": () => new Promise<Response>(() => undefined),
  "resets the connection": () => Promise.reject(new Error("Network connection lost.")),
  "answers with a page": async () =>
    new Response("<!DOCTYPE html><html><body>SUCCESS</body></html>", { headers: { "content-type": "text/html" } }),
  "answers 500": async (answer) => new Response(await answer.text(), { status: 500, headers: answer.headers }),
  "answers 520": async (answer) => new Response(await answer.text(), { status: 520, headers: answer.headers }),
  redirects: async (answer) => new Response(await answer.text(), { status: 302, headers: answer.headers }),
  "breaks the body off": async (answer) =>
    new Response((await answer.text()).slice(0, -2), { headers: answer.headers }),
  "mislabels the content": async (answer) =>
    new Response(await answer.text(), { headers: { "content-type": "application/octet-stream" } }),
  "answers nothing": async (answer) => new Response("", { headers: answer.headers }),
} as const satisfies Record<DoubtfulSituation, Spoil>;

/** Each doubtful situation after a success of `fetch`. */
export function doubtfulAnswers(fetch: Fetch, submission: Submission): Record<DoubtfulSituation, Act> {
  const act = (spoil: Spoil): Act => ({ submission, fetch: async (url, init) => spoil(await fetch(url, init)) });
  return {
    "never answers": act(spoils["never answers"]),
    "resets the connection": act(spoils["resets the connection"]),
    "answers with a page": act(spoils["answers with a page"]),
    "answers 500": act(spoils["answers 500"]),
    "answers 520": act(spoils["answers 520"]),
    redirects: act(spoils.redirects),
    "breaks the body off": act(spoils["breaks the body off"]),
    "mislabels the content": act(spoils["mislabels the content"]),
    "answers nothing": act(spoils["answers nothing"]),
  };
}
