// The webhooks of the bots: who is let in, what is taken, what is let go.
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { app } from "../../../src/app.ts";
import {
  linked,
  sendToWhatsappHook,
  signatureOf,
  TelegramChat,
  WhatsappChat,
  whatsappBatch,
} from "../../support/bot-journey.ts";
import { platformsOfEachTest } from "../../support/bot-platforms.ts";
import { botSettings } from "../../support/bot-settings.ts";
import { newNumber } from "../../support/sandbox.ts";

const standIns = platformsOfEachTest();

describe("the webhook of Telegram", () => {
  it("lets nobody in without the secret, and is not there without a bot", async () => {
    const chat = new TelegramChat(standIns.telegram);
    for (const secret of ["", "another-secret-of-somebody", `${botSettings.TELEGRAM_WEBHOOK_SECRET}x`])
      expect((await chat.send(chat.text("hi"), secret)).status).toBe(401);
    const without = Object.fromEntries(Object.entries(env).filter(([name]) => !/^(TELEGRAM|WHATSAPP)_/.test(name)));
    for (const path of ["/bots/telegram", "/bots/whatsapp"])
      expect((await app.request(path, { method: "POST", body: "{}" }, without)).status).toBe(404);
    expect(chat.heard()).toEqual([]);
  });

  it("takes private chats only, and lets everything else go", async () => {
    const chat = new TelegramChat(standIns.telegram);
    const from = { id: chat.id, is_bot: false, first_name: "Rahim" };
    const group = { id: -100_123, type: "supergroup", title: "Shop" };
    const date = Math.floor(Date.now() / 1_000);
    const others = [
      { message: { message_id: 1, date, chat: group, from, text: "balance" } },
      {
        callback_query: {
          id: "1",
          from,
          chat_instance: "1",
          data: "c:1",
          message: { message_id: 2, date, chat: group },
        },
      },
      { edited_message: { message_id: 3, date, chat: { id: chat.id, type: "private" }, from, text: "balance" } },
      { my_chat_member: { date } },
      {},
    ];
    for (const content of others) expect((await chat.send(chat.update(content))).status).toBe(200);
    const rubbish = {
      method: "POST",
      body: "{",
      headers: { "X-Telegram-Bot-Api-Secret-Token": botSettings.TELEGRAM_WEBHOOK_SECRET },
    };
    expect((await app.request("/bots/telegram", rubbish, env)).status).toBe(200);
    await chat.say("hello");
    expect(chat.heard().length).toBe(1);
    expect(standIns.telegram.sent.some(({ chat: id }) => id === group.id)).toBe(false);
  });
});

describe("an update of Telegram", () => {
  it("ends the waiting of a button that was pressed, in its own answer", async () => {
    const chat = await linked(new TelegramChat(standIns.telegram));
    const update = chat.press("anything");
    const answer = await chat.send(update);
    expect(await answer.json()).toEqual({
      method: "answerCallbackQuery",
      callback_query_id: expect.stringMatching(/^cb/),
    });
  });

  it("answers at once what then takes long", async () => {
    const chat = await linked(new TelegramChat(standIns.telegram));
    await chat.say(`${newNumber("02")} 20 airtel`);
    const before = chat.heard().length;
    const startedAt = performance.now();
    await chat.send(chat.press(chat.dataOf(/Confirm/)));
    expect(chat.heard().length).toBe(before);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    await chat.waitFor(before + 1);
  });
});

function challenge(token: string, mode = "subscribe"): Response | Promise<Response> {
  return app.request(`/bots/whatsapp?hub.mode=${mode}&hub.challenge=1158201444&hub.verify_token=${token}`, {}, env);
}

describe("the webhook of WhatsApp", () => {
  it("answers Meta's challenge to who knows the token", async () => {
    const answer = await challenge(botSettings.WHATSAPP_VERIFY_TOKEN);
    expect([answer.status, await answer.text()]).toEqual([200, "1158201444"]);
    expect((await challenge("another")).status).toBe(403);
    expect((await challenge(botSettings.WHATSAPP_VERIFY_TOKEN, "unsubscribe")).status).toBe(403);
  });

  it("takes what Meta signed, as it came or as Meta escapes it, and nothing else", async () => {
    const chat = new WhatsappChat(standIns.whatsapp);
    standIns.whatsapp.noteHeard(chat.number);
    const body = whatsappBatch([chat.text("আমার ব্যালেন্স 😀")]);
    const escaped = body.replaceAll(/[^\0-~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
    expect((await sendToWhatsappHook(body, signatureOf(body, "another-secret"))).status).toBe(401);
    expect((await sendToWhatsappHook(body, "sha256=")).status).toBe(401);
    expect((await sendToWhatsappHook(`${body} `, signatureOf(body))).status).toBe(401);
    expect(chat.heard()).toEqual([]);
    expect((await sendToWhatsappHook(escaped, signatureOf(escaped))).status).toBe(200);
    await chat.waitFor(1);
    expect((await sendToWhatsappHook(body, signatureOf(body))).status).toBe(200);
    expect((await sendToWhatsappHook(body, signatureOf(escaped))).status).toBe(200);
    expect(chat.heard().length).toBe(1);
  });

  it("reads each message of a batch, whatever stands beside it", async () => {
    const chats = [1, 2, 3].map(() => new WhatsappChat(standIns.whatsapp));
    for (const chat of chats) standIns.whatsapp.noteHeard(chat.number);
    const texts = chats.map((chat) => chat.text("hello"));
    const oddities = [{ id: 1 }, null, { ...texts[0], id: "wamid.r", type: "reaction" }];
    expect((await sendToWhatsappHook(whatsappBatch([...oddities, ...texts], [{ status: "sent" }]))).status).toBe(200);
    for (const chat of chats) await chat.waitFor(1);
    const ofAnother = whatsappBatch([chats[0]?.text("hello")]).replaceAll(
      botSettings.WHATSAPP_PHONE_NUMBER_ID,
      "999999",
    );
    expect((await sendToWhatsappHook(ofAnother)).status).toBe(200);
    expect(standIns.whatsapp.sent.filter(({ to }) => chats.some(({ number }) => number === to)).length).toBe(3);
  });

  it("says that it reads text only", async () => {
    const chat = await linked(new WhatsappChat(standIns.whatsapp));
    const before = chat.heard().length;
    await chat.deliver({ ...chat.text(""), type: "image", text: undefined, image: { id: "1" } });
    await chat.waitFor(before + 1);
    expect(chat.newest().text).toMatch(/text only/);
  });
});
