// One piece of news to one channel: a webhook signed by Standard Webhooks, or a message of a Telegram bot. Never throws.
import type { Clock } from "../base/clock.ts";
import { signedHeaders } from "../webhooks/secret.ts";
import { type Send, sendOnce } from "../webhooks/send.ts";
import { callTelegram } from "../wire/telegram.ts";
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
  const name = subject === "" ? rule : `${rule} ${subject}`;
  const message = { chat_id: chatId, text: `${heading[kind]} ${name}\n${text}` };
  return (await callTelegram({ token, apiUrl, limitMs, fetch }, "sendMessage", message)).kind === "done";
}
