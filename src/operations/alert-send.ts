// One piece of news to one channel: a webhook signed by Standard Webhooks, or a message of a Telegram bot. Never throws.
import { Api } from "grammy/web";
import type { Clock } from "../base/clock.ts";
import { signedHeaders } from "../webhooks/secret.ts";
import { type Send, sendOnce } from "../webhooks/send.ts";
import type { News, NewsKind } from "./alert-plan.ts";

export type AlertChannel = { readonly name: string } & (
  | { readonly kind: "webhook"; readonly url: string; readonly secret: string }
  | { readonly kind: "telegram"; readonly token: string; readonly chatId: string; readonly apiUrl: string }
);

export interface SendParts {
  readonly clock: Clock;
  readonly fetch: Send;
}

const limitMs = 10_000;

/** True: the channel has it. */
export async function sendNews(parts: SendParts, channel: AlertChannel, news: News): Promise<boolean> {
  return channel.kind === "webhook" ? sendWebhook(parts, channel, news) : sendTelegram(parts, channel, news);
}

async function sendWebhook(
  { clock, fetch }: SendParts,
  { url, secret }: Extract<AlertChannel, { kind: "webhook" }>,
  news: News,
): Promise<boolean> {
  const { id, kind, rule, subject, severity, text, raisedAt, at } = news;
  const body = JSON.stringify({
    type: `alert.${kind}`,
    timestamp: new Date(at).toISOString(),
    data: { id, rule, subject: subject || null, severity, text, raised_at: new Date(raisedAt).toISOString() },
  });
  const headers = { "Content-Type": "application/json", ...signedHeaders([secret], id, clock.now(), body) };
  const tried = await sendOnce({ fetch, clock }, { url, method: "POST", headers, body, limitMs, secrets: [secret] });
  return tried.result === "delivered";
}

const heading = { raised: "ALERT", again: "STILL", over: "OVER", test: "TEST" } as const satisfies Record<
  NewsKind,
  string
>;

async function sendTelegram(
  { fetch }: SendParts,
  { token, chatId, apiUrl }: Extract<AlertChannel, { kind: "telegram" }>,
  { kind, rule, subject, text }: News,
): Promise<boolean> {
  const api = new Api(token, { apiRoot: apiUrl, timeoutSeconds: limitMs / 1_000, fetch: asGrammyFetch(fetch) });
  const name = subject === "" ? rule : `${rule} ${subject}`;
  try {
    await api.sendMessage(chatId, `${heading[kind]} ${name}\n${text}`);
    return true;
  } catch {
    return false;
  }
}

/** grammY types its `init` as node-fetch does; what it passes is what the platform's takes too. */
function asGrammyFetch(fetch: Send): NonNullable<NonNullable<ConstructorParameters<typeof Api>[1]>["fetch"]> {
  const call = (input: unknown, init: unknown) => fetch(String(input), init as Parameters<Send>[1]);
  return call;
}
