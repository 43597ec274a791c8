// Asking the gateway, and what a command ends with.
import { z } from "zod";

/** How a command ended (`docs/cli.md`). */
export const exitCodes = {
  done: 0,
  fault: 1,
  usage: 2,
  refused: 3,
  token: 4,
  unheard: 5,
  unconfirmed: 6,
} as const;
export type Ending = keyof typeof exitCodes;

/** Ends a command with words for a person; `problem` is what the gateway said, for scripts. */
export class Ended extends Error {
  readonly ending: Ending;
  readonly problem: unknown;
  constructor(ending: Ending, message: string, problem: unknown = null) {
    super(message);
    this.ending = ending;
    this.problem = problem;
  }
}

export interface Gateway {
  readonly url: string;
  readonly token: string;
  readonly fetch: typeof fetch;
}

export interface Question {
  readonly method: string;
  /** With its parameters filled in. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: { readonly type: "application/json" | "text/csv"; readonly text: string };
}

const problemSchema = z.looseObject({
  code: z.string(),
  detail: z.string(),
  errors: z.array(z.looseObject({ pointer: z.string(), reason: z.string() })).optional(),
});

/** The answer's JSON; null where there is none. Ends the command where it is not a good answer. Nothing is asked twice. */
export async function ask(gateway: Gateway, question: Question): Promise<unknown> {
  const url = new URL(gateway.url.replace(/\/$/, "") + question.path);
  for (const [name, value] of Object.entries(question.query ?? {})) url.searchParams.set(name, value);
  const headers = { Authorization: `Bearer ${gateway.token}`, Accept: "application/json" };
  const { body } = question;
  const init =
    body === undefined ? { headers } : { headers: { ...headers, "Content-Type": body.type }, body: body.text };
  const reply = await hear(gateway, url, { ...init, method: question.method });
  const read: unknown = /json/.test(reply.type) ? JSON.parse(reply.text) : reply.text === "" ? null : reply.text;
  if (reply.status >= 200 && reply.status < 300) return read;
  const problem = problemSchema.safeParse(read);
  if (!problem.success) throw new Ended("fault", `The gateway answered ${reply.status}, and no word of its own.`, read);
  const { code, detail, errors = [] } = problem.data;
  const places = errors.map(({ pointer, reason }) => `\n  ${pointer} ${reason}`).join("");
  throw new Ended(endingOf(reply.status), `${code}: ${detail}${places}`, read);
}

function endingOf(status: number): Ending {
  if (status >= 500) return "fault";
  return status === 401 || status === 403 ? "token" : "refused";
}

async function hear(gateway: Gateway, url: URL, init: RequestInit) {
  try {
    const reply = await gateway.fetch(url, { ...init, redirect: "error" });
    return { status: reply.status, type: reply.headers.get("Content-Type") ?? "", text: await reply.text() };
  } catch (cause) {
    const isRead = init.method === "GET";
    const what = isRead ? "" : " Whether it had an effect is not known: give the same command again.";
    const why = cause instanceof Error && cause.cause instanceof Error ? cause.cause.message : String(cause);
    throw new Ended("unheard", `No answer from ${url.origin} (${why}).${what}`);
  }
}
