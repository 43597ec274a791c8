// Chats through the whole Worker: a partner's user, what the platforms send, and what their stand-ins were sent.
import { createHmac } from "node:crypto";
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { vi } from "vitest";
import { z } from "zod";
import { app } from "../../src/app.ts";
import { chatNameOf } from "../../src/partners/chat-secrets.ts";
import { ask, askStaff, newPartner, type Reply, type TestPartner } from "./api-journey.ts";
import { botSettings } from "./bot-settings.ts";
import type { TelegramStandIn } from "./telegram-stand-in.ts";
import type { WhatsappStandIn } from "./whatsapp-stand-in.ts";

const userSchema = z.looseObject({ id: z.string() });
const codeSchema = z.looseObject({ code: z.string() });

/** A chat user of a new partner, and a code for it. */
export async function newChatUser(more: Readonly<Record<string, unknown>> = {}) {
  const scopes = ["recharges:write", "recharges:read", "account:read", "chat:write"];
  const partner = await newPartner({ scopes });
  const credit = { currency: "BDT", amount: "1000.00", reason: "opening", external_reference: "opening-bdt" };
  await askStaff(`/partners/${partner.id}/credits`, credit);
  const added = await ask(partner.key, "/v1/chat-users", { body: { name: "Rahim", ...more } });
  const { id } = userSchema.parse(added.body);
  return { partner, id, code: await newCode(partner, id) };
}

export async function newCode(partner: TestPartner, user: string): Promise<string> {
  const issued = await ask(partner.key, `/v1/chat-users/${user}/codes`, { method: "POST" });
  return codeSchema.parse(issued.body).code;
}

export async function listChatUsers(partner: TestPartner): Promise<Reply> {
  return ask(partner.key, "/v1/chat-users");
}

let last = Math.floor(Math.random() * 1_000_000) * 1_000;

function next(): number {
  last += 1;
  return last;
}

/** What came back of a platform's webhook: 200 and quickly, or it is sent again. */
async function deliver(path: string, body: string, headers: Readonly<Record<string, string>>): Promise<Response> {
  return app.request(path, { method: "POST", body, headers: { "Content-Type": "application/json", ...headers } }, env);
}

function mustBeTaken({ status }: Response): void {
  if (status !== 200) throw new Error(`the webhook answered ${status}`);
}

interface Heard {
  readonly text: string;
  readonly buttons: readonly { readonly text: string; readonly data: string }[];
}

async function waitForMessages(heard: () => readonly Heard[], count: number): Promise<void> {
  const looked = () => {
    if (heard().length < count) throw new Error(`waited for message ${count} after ${JSON.stringify(heard())}`);
  };
  await vi.waitFor(looked, { timeout: 8_000, interval: 20 });
}

/** The first message that comes once this was sent: what comes by itself comes after it. */
async function answerTo<Said extends Heard>(heard: () => readonly Said[], send: () => Promise<void>): Promise<Said> {
  const before = heard().length;
  await send();
  await waitForMessages(heard, before + 1);
  return newestOf(heard().slice(0, before + 1));
}

function newestOf<Said extends Heard>(heard: readonly Said[]): Said {
  const newest = heard.at(-1);
  if (newest === undefined) throw new Error("nothing was said");
  return newest;
}

/** What the button of the newest message sends that carries one of these words. */
function dataOn(heard: readonly Heard[], title: RegExp): string {
  const newest = newestOf(heard);
  const button = newest.buttons.find(({ text }) => title.test(text));
  if (button === undefined) throw new Error(`no button ${title} in ${JSON.stringify(newest)}`);
  return button.data;
}

/** A private chat of Telegram. */
export class TelegramChat {
  readonly id = 7_000_000_000 + next();
  private readonly standIn: TelegramStandIn;

  constructor(standIn: TelegramStandIn) {
    this.standIn = standIn;
  }

  /** Everything that this chat was sent. */
  heard() {
    return this.standIn.sent.filter(({ chat }) => chat === this.id);
  }

  update(content: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
    return { update_id: next(), ...content };
  }

  text(text: string): Readonly<Record<string, unknown>> {
    return this.update({ message: { ...this.head(), text } });
  }

  press(data: string): Readonly<Record<string, unknown>> {
    const from = { id: this.id, is_bot: false, first_name: "Rahim" };
    const message = { ...this.head(), text: "…" };
    return this.update({ callback_query: { id: `cb${next()}`, from, chat_instance: "1", data, message } });
  }

  send(
    update: Readonly<Record<string, unknown>>,
    secret: string = botSettings.TELEGRAM_WEBHOOK_SECRET,
  ): Promise<Response> {
    return deliver("/bots/telegram", JSON.stringify(update), { "X-Telegram-Bot-Api-Secret-Token": secret });
  }

  /** The name of its object, as accounts know it. */
  name(): string {
    return chatNameOf(env.HASH_SECRET, "telegram", String(this.id));
  }

  /** Takes what its object remembers of messages away, as if it were long ago. */
  async forget(): Promise<void> {
    await runInDurableObject(env.CHAT.getByName(this.name()), (_object, { storage }) => {
      storage.sql.exec("delete from inbox");
    });
  }

  /** Says something, and waits for its answer. */
  async say(text: string) {
    return this.after(this.text(text));
  }

  /** Presses the button of the newest message that carries one of these words. */
  async pressOn(title: RegExp) {
    return this.after(this.press(this.dataOf(title)));
  }

  dataOf(title: RegExp): string {
    return dataOn(this.heard(), title);
  }

  private after(update: Readonly<Record<string, unknown>>) {
    return answerTo(
      () => this.heard(),
      async () => mustBeTaken(await this.send(update)),
    );
  }

  async waitFor(count: number): Promise<void> {
    await waitForMessages(() => this.heard(), count);
  }

  newest() {
    return newestOf(this.heard());
  }

  private head() {
    const chat = { id: this.id, type: "private", first_name: "Rahim" };
    const from = { id: this.id, is_bot: false, first_name: "Rahim", language_code: "en" };
    return { message_id: next(), date: Math.floor(Date.now() / 1_000), chat, from };
  }
}

/** A user of WhatsApp, by the number they write from. */
export class WhatsappChat {
  readonly number = `8801${String(next()).padStart(9, "7")}`.slice(0, 13);
  private readonly standIn: WhatsappStandIn;

  constructor(standIn: WhatsappStandIn) {
    this.standIn = standIn;
  }

  heard() {
    return this.standIn.sent.filter(({ to }) => to === this.number);
  }

  text(body: string): Readonly<Record<string, unknown>> {
    return { ...this.head(), type: "text", text: { body } };
  }

  press(id: string): Readonly<Record<string, unknown>> {
    return {
      ...this.head(),
      type: "interactive",
      interactive: { type: "button_reply", button_reply: { id, title: "…" } },
    };
  }

  async say(text: string) {
    return this.after(this.text(text));
  }

  async pressOn(title: RegExp) {
    return this.after(this.press(this.dataOf(title)));
  }

  dataOf(title: RegExp): string {
    return dataOn(this.heard(), title);
  }

  /** Sends one message as Meta does, and waits for nothing but the webhook's answer. */
  async deliver(message: Readonly<Record<string, unknown>>): Promise<void> {
    this.standIn.noteHeard(this.number);
    mustBeTaken(await sendToWhatsappHook(whatsappBatch([message])));
  }

  private after(message: Readonly<Record<string, unknown>>) {
    return answerTo(
      () => this.heard(),
      () => this.deliver(message),
    );
  }

  async waitFor(count: number): Promise<void> {
    await waitForMessages(() => this.heard(), count);
  }

  newest() {
    return newestOf(this.heard());
  }

  private head() {
    return { from: this.number, id: `wamid.${crypto.randomUUID()}`, timestamp: String(Math.floor(Date.now() / 1_000)) };
  }
}

/** One webhook with all of these messages and statuses in one change. */
export function whatsappBatch(messages: readonly unknown[], statuses: readonly unknown[] = []): string {
  return JSON.stringify({ object: "whatsapp_business_account", entry: [whatsappEntry(messages, statuses)] });
}

export function whatsappEntry(messages: readonly unknown[], statuses: readonly unknown[] = []) {
  const metadata = { display_phone_number: "15550000000", phone_number_id: botSettings.WHATSAPP_PHONE_NUMBER_ID };
  return {
    id: "1",
    changes: [{ field: "messages", value: { messaging_product: "whatsapp", metadata, messages, statuses } }],
  };
}

/** Signs as Meta does, over these bytes. */
export function signatureOf(body: string, secret: string = botSettings.WHATSAPP_APP_SECRET): string {
  return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}

export async function sendToWhatsappHook(body: string, signature = signatureOf(body)): Promise<Response> {
  return deliver("/bots/whatsapp", body, { "X-Hub-Signature-256": signature });
}

/** The chat, linked to a user of a new partner. */
export async function linked<Chat extends TelegramChat | WhatsappChat>(chat: Chat): Promise<Chat> {
  const { code } = await newChatUser();
  await chat.say(code);
  return chat;
}
