// What chats say: retries, pauses and what is given up, templates outside the window, and what no log may hold.
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { askStaff } from "../../support/api-journey.ts";
import {
  linked,
  newChatUser,
  sendToWhatsappHook,
  TelegramChat,
  WhatsappChat,
  whatsappBatch,
} from "../../support/bot-journey.ts";
import { platformsOfEachTest } from "../../support/bot-platforms.ts";
import { botSettings } from "../../support/bot-settings.ts";
import { newNumber, skipTime } from "../../support/sandbox.ts";

const standIns = platformsOfEachTest();

/** How many messages staff see as given up. */
async function givenUp(): Promise<number> {
  const { body } = await askStaff("/counters");
  const found = /"name":"chat_message_given_up"[^}]*"count":(\d+)/.exec(JSON.stringify(body));
  return Number(found?.[1] ?? 0);
}

/** A pending recharge that settles when the account is asked about it; how many messages the chat has with its news. */
async function placePending(chat: WhatsappChat): Promise<number> {
  await chat.say(`${newNumber("30")} 20 airtel`);
  const before = chat.heard().length;
  expect((await chat.pressOn(/Confirm/)).text).toMatch(/⏳/);
  return before + 2;
}

describe("a message that a platform does not take", () => {
  it("is sent again after the pause that Telegram asks for, in its order", async () => {
    const chat = await linked(new TelegramChat(standIns.telegram));
    standIns.telegram.refusals.push({ status: 500 }, { status: 429, retryAfter: 1 });
    const startedAt = Date.now();
    const before = chat.heard().length;
    await chat.send(chat.text("balance"));
    await chat.send(chat.text("help"));
    await chat.waitFor(before + 2);
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(1_000);
    expect(chat.heard().at(-2)?.text).toMatch(/Balance/);
    expect(chat.newest().text).toMatch(/Nothing is recharged before/);
  });

  it("is sent again when nobody heard whether it was taken", async () => {
    const chat = await linked(new TelegramChat(standIns.telegram));
    standIns.telegram.refusals.push({ status: 200, isLostAfterwards: true });
    const before = chat.heard().length;
    await chat.say("balance");
    await chat.waitFor(before + 2);
    expect(chat.heard().at(-2)?.text).toBe(chat.newest().text);
  });

  it("is given up where it never will be taken, and staff see that", async () => {
    const chat = await linked(new TelegramChat(standIns.telegram));
    const before = await givenUp();
    standIns.telegram.refusals.push({ status: 403 });
    await chat.send(chat.text("balance"));
    await expect.poll(async () => await givenUp()).toBe(before + 1);
    expect((await chat.say("help")).text).toMatch(/Nothing is recharged/);
  });

  it("waits on WhatsApp when it asks for less", async () => {
    const chat = await linked(new WhatsappChat(standIns.whatsapp));
    standIns.whatsapp.refusals.push({ code: 130_429, status: 429, retryAfter: 1 });
    const startedAt = Date.now();
    expect((await chat.say("balance")).text).toMatch(/Balance/);
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(1_000);
  });
});

describe("the final result on WhatsApp", () => {
  it("comes as a template when the user has not written for a day", async () => {
    const chat = await linked(new WhatsappChat(standIns.whatsapp));
    const withNews = await placePending(chat);
    skipTime(25 * 3_600_000);
    await chat.waitFor(withNews);
    expect(chat.newest()).toMatchObject({
      isTemplate: true,
      text: expect.stringMatching(/₹20.00 \| 98\d+ \| .*\| succeeded \| rch_/),
    });
  });

  it("goes out again as a template when Meta says later that the window was closed", async () => {
    const chat = await linked(new WhatsappChat(standIns.whatsapp));
    const withNews = await placePending(chat);
    await chat.waitFor(withNews);
    const news = chat.newest();
    expect(news.isTemplate).toBe(false);
    const errors = [{ code: 131_047, title: "Re-engagement message" }];
    const failed = { id: news.id, status: "failed", timestamp: "1", recipient_id: chat.number, errors };
    for (const statuses of [[{ ...failed, status: "sent", errors: undefined }], [failed], [failed]])
      expect((await sendToWhatsappHook(whatsappBatch([], statuses))).status).toBe(200);
    await chat.waitFor(withNews + 1);
    expect(chat.newest().isTemplate).toBe(true);
    expect((await chat.say("balance")).text).toMatch(/Balance/);
    expect(chat.heard().length).toBe(withNews + 2);
  });
});

describe("what a chat remembers of its messages", () => {
  it("is forgotten after a month without another one, and nothing wakes it then", async () => {
    const chat = await linked(new TelegramChat(standIns.telegram));
    // No order: its news would come when it likes, and be remembered on its own.
    await chat.say("balance");
    await chat.say("help");
    const object = env.CHAT.getByName(chat.name());
    const look = () =>
      runInDurableObject(object, async (_object, { storage }) => {
        const count = (table: string) => storage.sql.exec(`select * from ${table}`).toArray().length;
        return { rows: ["inbox", "outbox", "sent"].map(count), alarm: await storage.getAlarm() };
      });
    const aMonth = 30 * 86_400_000;
    await expect.poll(async () => (await look()).alarm ?? 0).toBeGreaterThan(Date.now() + aMonth - 60_000);
    expect((await look()).rows[0]).toBe(3);
    skipTime(aMonth + 60_000);
    await runDurableObjectAlarm(object);
    expect((await look()).rows).toEqual([0, 0, 0]);
    skipTime(5 * aMonth);
    await runDurableObjectAlarm(object);
    expect((await look()).alarm).toBe(null);
  });
});

describe("the log", () => {
  const lines: string[] = [];
  beforeEach(() => {
    lines.length = 0;
    for (const method of ["log", "info", "warn", "error", "debug"] as const)
      vi.spyOn(console, method).mockImplementation((...said: unknown[]) => void lines.push(said.map(String).join(" ")));
  });

  it("has no number, PIN, code, token, text or chat in it, whatever happens", async () => {
    const limits = [{ currency: "INR", per_recharge: null, per_day: null, pin_above: "10.00" }];
    const { code } = await newChatUser({ limits, pin: "471193" });
    const telegram = new TelegramChat(standIns.telegram);
    const whatsapp = new WhatsappChat(standIns.whatsapp);
    await telegram.say(code);
    const number = newNumber("41");
    await telegram.say(`${number} 20 airtel`);
    await telegram.pressOn(/Confirm/);
    standIns.telegram.refusals.push({ status: 500 }, { status: 200, isLostAfterwards: true });
    await telegram.say("471192");
    await telegram.say("471193");
    await telegram.send(telegram.text("balance"), "a-wrong-secret");
    standIns.whatsapp.refusals.push({ code: 131_000, status: 500 });
    await whatsapp.say(code);
    await sendToWhatsappHook(whatsappBatch([whatsapp.text("a text of mine")]), "sha256=00");
    await expect.poll(() => lines.filter((line) => line.includes("chat.send_later")).length).toBeGreaterThanOrEqual(3);

    const { TELEGRAM_API_URL: _t, WHATSAPP_API_URL: _w, TELEGRAM_BOT_USERNAME: _u, ...secrets } = botSettings;
    const mine = [
      number,
      "471192",
      "471193",
      code,
      "a-wrong-secret",
      "a text of mine",
      whatsapp.number,
      String(telegram.id),
    ];
    const found = lines.filter((line) => [...mine, ...Object.values(secrets)].some((secret) => line.includes(secret)));
    expect(found).toEqual([]);
  });
});
