// A stand-in of Telegram's Bot API: refuses what the real one would refuse, and keeps what it took.
import { z } from "zod";
import { botSettings } from "./bot-settings.ts";

const codePoints = (text: string) => Array.from(text).length;
const bytes = (text: string) => new TextEncoder().encode(text).byteLength;

const buttonSchema = z.strictObject({
  text: z.string().min(1),
  callback_data: z.string().refine((data) => bytes(data) >= 1 && bytes(data) <= 64, "BUTTON_DATA_INVALID"),
});

const methods = {
  sendMessage: z.strictObject({
    chat_id: z.int(),
    text: z.string().refine((text) => text.trim() !== "" && codePoints(text) <= 4096, "message is empty or too long"),
    link_preview_options: z.strictObject({ is_disabled: z.boolean() }).optional(),
    reply_markup: z.strictObject({ inline_keyboard: z.array(z.array(buttonSchema).max(8)).max(100) }).optional(),
  }),
  deleteMessage: z.strictObject({ chat_id: z.int(), message_id: z.int() }),
  setMyCommands: z.strictObject({
    commands: z
      .array(
        z.strictObject({ command: z.string().regex(/^[a-z0-9_]{1,32}$/), description: z.string().min(1).max(256) }),
      )
      .max(100),
    language_code: z.string().length(2).optional(),
    scope: z.strictObject({ type: z.literal("all_private_chats") }).optional(),
  }),
  setWebhook: z.strictObject({
    url: z.url({ protocol: /^https$/ }),
    secret_token: z.string().regex(/^[\w-]{1,256}$/),
    allowed_updates: z.array(z.enum(["message", "callback_query"])).optional(),
    max_connections: z.int().min(1).max(100).optional(),
  }),
  getMe: z.strictObject({}),
} as const;
type Method = keyof typeof methods;

export interface SentByTelegram {
  readonly chat: number;
  readonly text: string;
  /** Buttons in reading order: what is written on them, and what pressing them sends back. */
  readonly buttons: readonly { readonly text: string; readonly data: string }[];
}

/** Answers like the Bot API. `problems` must stay empty: what is in there, Telegram would have refused. */
export class TelegramStandIn {
  readonly sent: SentByTelegram[] = [];
  readonly deleted: number[] = [];
  readonly called: { readonly method: string; readonly body: unknown }[] = [];
  readonly problems: string[] = [];
  /** Answers for the next calls, in place of the usual one: a status, and for 429 the seconds to wait. */
  readonly refusals: { readonly status: number; readonly retryAfter?: number; readonly isLostAfterwards?: boolean }[] =
    [];
  private lastMessage = 1_000;

  async answer(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    const [, token, method = ""] = /^\/bot([^/]+)\/(\w+)$/.exec(pathname) ?? [];
    if (token !== botSettings.TELEGRAM_BOT_TOKEN) return this.refuse(404, "Not Found");
    if (request.method !== "POST") return this.refuse(400, `${method} was asked with ${request.method}`);
    if (!request.headers.get("Content-Type")?.startsWith("application/json"))
      return this.refuse(400, "a body that is no JSON");
    if (!isMethod(method)) return this.refuse(404, `there is no method ${method}`);
    const text = await request.text();
    const read = methods[method].safeParse(text === "" ? {} : JSON.parse(text));
    if (!read.success) return this.refuse(400, `${method}: ${read.error.message}`);
    const refusal = this.refusals.shift();
    if (refusal !== undefined && refusal.isLostAfterwards !== true)
      return failure(refusal.status, "as the test wants it", refusal.retryAfter);
    const result = this.carryOut(method, read.data);
    if (refusal !== undefined) throw new Error("the answer was lost");
    return Response.json({ ok: true, result });
  }

  private carryOut(method: Method, body: unknown): unknown {
    this.called.push({ method, body });
    if (method === "sendMessage") {
      const { chat_id: chat, text, reply_markup: markup } = methods.sendMessage.parse(body);
      const buttons = (markup?.inline_keyboard ?? []).flat();
      this.sent.push({ chat, text, buttons: buttons.map((one) => ({ text: one.text, data: one.callback_data })) });
      this.lastMessage += 1;
      return {
        message_id: this.lastMessage,
        date: Math.floor(Date.now() / 1_000),
        chat: { id: chat, type: "private" },
        text,
      };
    }
    if (method === "getMe")
      return { id: 4815162342, is_bot: true, first_name: "Recharge", username: botSettings.TELEGRAM_BOT_USERNAME };
    if (method === "deleteMessage") this.deleted.push(methods.deleteMessage.parse(body).message_id);
    return true;
  }

  private refuse(status: number, problem: string): Response {
    this.problems.push(problem);
    return failure(status, problem);
  }
}

function isMethod(method: string): method is Method {
  return Object.hasOwn(methods, method);
}

function failure(status: number, description: string, retryAfter?: number): Response {
  const parameters = retryAfter === undefined ? {} : { parameters: { retry_after: retryAfter } };
  return Response.json({ ok: false, error_code: status, description, ...parameters }, { status });
}
