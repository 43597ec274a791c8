// A terminal of a test, and a gateway that answers what the test says.
import type { Terminal } from "../../../../scripts/recharge/terminal.ts";
import { runCommand } from "../../../../scripts/recharge/program.ts";

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly token: string | null;
}

type Answer = { readonly status?: number; readonly body?: unknown } | "lost";

/** Runs `recharge` with some words; answers come in turn, the last one again and again. */
export async function recharge(
  words: readonly string[],
  answers: readonly Answer[] = [{}],
  more: Partial<Terminal> = {},
) {
  const asked: Asked[] = [];
  let out = "";
  let err = "";
  const terminal: Terminal = {
    env: { RECHARGE_TOKEN: "rs_test", RECHARGE_URL: "http://gateway.test" },
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const url = new URL(request.url);
      const text = await request.text();
      const isJson = request.headers.get("Content-Type") === "application/json";
      asked.push({
        method: request.method,
        path: url.pathname,
        query: Object.fromEntries(url.searchParams),
        body: text === "" ? null : isJson ? JSON.parse(text) : text,
        token: request.headers.get("Authorization"),
      });
      const answer = answers[Math.min(asked.length, answers.length) - 1] ?? {};
      if (answer === "lost") throw new TypeError("fetch failed", { cause: new Error("connection reset") });
      const { status = 200, body = {} } = answer;
      return status === 204 ? new Response(null, { status }) : Response.json(body, { status });
    },
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    columns: 80,
    confirm: null,
    progress: null,
    readFile: (path) => `{"file":"${path}"}`,
    now: () => Date.UTC(2026, 10, 22),
    sleep: async () => undefined,
    stopped: new AbortController().signal,
    ...more,
  };
  const code = await runCommand(words, terminal);
  return { code, asked, out, err };
}

export const problem = (status: number, code: string) => ({
  status,
  body: { code, detail: "Because.", status, errors: [{ pointer: "/amount", reason: "must be above zero" }] },
});
