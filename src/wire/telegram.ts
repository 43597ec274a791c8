// The Bot API of Telegram: one call, and what Telegram said to it. grammY has the types; its client would be a thirtieth of the
// bundle for three calls.
import type { ApiMethods, Opts } from "grammy/types";
import { z } from "zod";

export interface TelegramCalls {
  /** It is in the address of every call, so no address is ever logged. */
  readonly token: string;
  /** Without a slash at its end. */
  readonly apiUrl: string;
  /** How long a call may take, answer included. */
  readonly limitMs: number;
  readonly fetch: (
    url: string,
    init: {
      readonly method: "POST";
      readonly headers: Record<string, string>;
      readonly body: string;
      readonly redirect: "manual";
      readonly signal: AbortSignal;
    },
  ) => Promise<Response>;
}

export type TelegramAnswer =
  | { readonly kind: "done"; readonly result: unknown }
  /** `code` is like a status of HTTP; `retryAfterMs` is how long Telegram wants to be left alone, null: it does not say. */
  | { readonly kind: "refused"; readonly code: number; readonly said: string; readonly retryAfterMs: number | null }
  /** No answer, or none of Telegram's: it may have done it. */
  | { readonly kind: "unheard" };

const answerSchema = z.discriminatedUnion("ok", [
  z.looseObject({ ok: z.literal(true), result: z.unknown() }),
  z.looseObject({
    ok: z.literal(false),
    error_code: z.int(),
    description: z.string(),
    parameters: z.looseObject({ retry_after: z.int().optional() }).optional(),
  }),
]);

/** Calls once; never throws. */
export async function callTelegram<Method extends keyof ApiMethods>(
  { token, apiUrl, limitMs, fetch }: TelegramCalls,
  method: Method,
  parameters: Opts<Method>,
): Promise<TelegramAnswer> {
  try {
    const response = await fetch(`${apiUrl}/bot${token}/${method}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(parameters),
      redirect: "manual",
      signal: AbortSignal.timeout(limitMs),
    });
    const answer = answerSchema.parse(await response.json());
    if (answer.ok) return { kind: "done", result: answer.result };
    const seconds = answer.parameters?.retry_after;
    const retryAfterMs = seconds === undefined ? null : seconds * 1_000;
    return { kind: "refused", code: answer.error_code, said: answer.description, retryAfterMs };
  } catch {
    return { kind: "unheard" };
  }
}
