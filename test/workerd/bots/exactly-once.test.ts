// One confirmed message is one recharge, and its user gets the answer: whatever is delivered again, or reset, or not heard.
import { abortAllDurableObjects, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { ChatQuestion } from "../../../src/accounts/chat-types.ts";
import { ask } from "../../../src/bots/chat/perform.ts";
import {
  newChatUser,
  newCode,
  sendToWhatsappHook,
  TelegramChat,
  WhatsappChat,
  whatsappBatch,
  whatsappEntry,
} from "../../support/bot-journey.ts";
import { platformsOfEachTest } from "../../support/bot-platforms.ts";
import { call } from "../../support/callbacks.ts";
import { accountOf, executions, expectInvariants, newNumber } from "../../support/sandbox.ts";

const standIns = platformsOfEachTest();

/** A linked chat that was shown a quote for a number whose last two digits script the simulator. */
async function quoted(suffix: string) {
  const { partner, code } = await newChatUser();
  const chat = new TelegramChat(standIns.telegram);
  await chat.say(code);
  const number = newNumber(suffix);
  await chat.say(`${number} 20 airtel`);
  return { chat, number, account: partner.account, confirm: chat.press(chat.dataOf(/Confirm/)) };
}

const results = (chat: { heard(): readonly { readonly text: string }[] }) =>
  chat.heard().filter(({ text }) => text.includes("✅"));

describe("an update that is delivered twice", () => {
  it("recharges once, and is answered once, on Telegram", async () => {
    const { chat, number, account, confirm } = await quoted("00");
    const before = chat.heard().length;
    expect([(await chat.send(confirm)).status, (await chat.send(confirm)).status]).toEqual([200, 200]);
    await chat.waitFor(before + 1);
    expect((await chat.send(confirm)).status).toBe(200);
    expect((await chat.say("balance")).text).toContain("980.20");
    expect(chat.heard().length).toBe(before + 2);
    expect(await executions(number)).toBe(1);
    await expectInvariants(accountOf(account));
  });

  it("recharges once in a batch with other chats', and in the next batch", async () => {
    const { code } = await newChatUser();
    const chat = new WhatsappChat(standIns.whatsapp);
    const stranger = new WhatsappChat(standIns.whatsapp);
    await chat.say(code);
    const number = newNumber("00");
    await chat.say(`${number} 20 airtel`);
    const confirm = chat.press(chat.dataOf(/Confirm/));
    standIns.whatsapp.noteHeard(stranger.number);
    const entry = [whatsappEntry([confirm, stranger.text("hi"), confirm]), whatsappEntry([confirm])];
    const before = chat.heard().length;
    expect((await sendToWhatsappHook(JSON.stringify({ object: "whatsapp_business_account", entry }))).status).toBe(200);
    expect((await sendToWhatsappHook(whatsappBatch([confirm]))).status).toBe(200);
    await chat.waitFor(before + 1);
    await stranger.waitFor(1);
    expect((await chat.say("balance")).text).toContain("980.20");
    expect(chat.heard().length).toBe(before + 2);
    expect(await executions(number)).toBe(1);
  });

  it("recharges once though the chat's object has forgotten it", async () => {
    const { chat, number, confirm } = await quoted("00");
    await chat.send(confirm);
    await expect.poll(() => results(chat).length).toBe(1);
    await chat.forget();
    await chat.send(confirm);
    expect((await chat.say("balance")).text).toContain("980.20");
    expect(await executions(number)).toBe(1);
    expect(results(chat).length).toBe(1);
  });
});

describe("ten updates at once", () => {
  it("recharge once when they are the same press", async () => {
    const { chat, number, account, confirm } = await quoted("01");
    const sent = await Promise.all(Array.from({ length: 10 }, () => chat.send(confirm)));
    expect(new Set(sent.map(({ status }) => status))).toEqual(new Set([200]));
    await expect.poll(() => results(chat).length).toBe(1);
    expect(await executions(number)).toBe(1);
    await expectInvariants(accountOf(account));
  });

  it("recharge once when they are ten presses of one button", async () => {
    const { chat, number, account } = await quoted("01");
    const data = chat.dataOf(/Confirm/);
    const before = chat.heard().length;
    await Promise.all(Array.from({ length: 10 }, () => chat.send(chat.press(data))));
    await chat.waitFor(before + 10);
    expect(await executions(number)).toBe(1);
    await expectInvariants(accountOf(account));
  });

  it("are answered in any order in which they arrive", async () => {
    const { chat, number, confirm } = await quoted("00");
    const later = chat.text("balance");
    await chat.send(later);
    await chat.send(confirm);
    await expect.poll(() => results(chat).length).toBe(1);
    expect(await executions(number)).toBe(1);
  });
});

describe("objects that are reset between claim and reply", () => {
  it("recharge once and answer, when the upstream has not answered yet", async () => {
    const { chat, number, account, confirm } = await quoted("00");
    const isKept = standIns.keepAnswersBack("simulator.test");
    expect((await chat.send(confirm)).status).toBe(200);
    await expect.poll(isKept).toBe(true);
    await abortAllDurableObjects();
    standIns.keepAnswersBack("nobody");
    await expect.poll(() => results(chat).length, { timeout: 8_000 }).toBe(1);
    expect(await executions(number)).toBe(1);
    await expectInvariants(accountOf(account));
    expect((await chat.say("balance")).text).toContain("980.20");
    expect(results(chat).length).toBe(1);
  });

  it("recharge once and answer, when the reply was on its way", async () => {
    const { chat, number, account, confirm } = await quoted("00");
    const isKept = standIns.keepAnswersBack("telegram.test");
    expect((await chat.send(confirm)).status).toBe(200);
    await expect.poll(isKept).toBe(true);
    await abortAllDurableObjects();
    standIns.keepAnswersBack("nobody");
    // Telegram took it, and nobody heard so: it is sent again rather than lost.
    await expect.poll(() => results(chat).length, { timeout: 8_000 }).toBe(2);
    expect(await executions(number)).toBe(1);
    await expectInvariants(accountOf(account));
  });

  it("recharge once and answer, at whatever moment", async () => {
    const chats = await Promise.all(Array.from({ length: 4 }, () => quoted("00")));
    await Promise.all(chats.map(({ chat, confirm }) => chat.send(confirm)));
    for (const waitMs of [2, 15, 40]) {
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      await abortAllDurableObjects();
    }
    for (const { chat, number, account } of chats) {
      await expect.poll(() => results(chat).length, { timeout: 10_000 }).toBeGreaterThanOrEqual(1);
      expect(await executions(number)).toBe(1);
      await expectInvariants(accountOf(account));
    }
  }, 30_000);

  it("tell how a pending recharge ended, also when the account was reset meanwhile", async () => {
    const { chat, number, confirm } = await quoted("30");
    await chat.send(confirm);
    await expect.poll(() => chat.heard().some(({ text }) => text.includes("⏳"))).toBe(true);
    await abortAllDurableObjects();
    await expect.poll(() => results(chat).length, { timeout: 8_000 }).toBe(1);
    expect(await executions(number)).toBe(1);
  });
});

describe("a chat that is reset while it unlinks itself", () => {
  it("is unlinked for good, when the account's word that it had done so was lost", async () => {
    const { partner, id, code } = await newChatUser();
    const chat = new TelegramChat(standIns.telegram);
    await chat.say(code);
    const command = { kind: "unlink" } as const;
    await runInDurableObject(env.CHAT.getByName(chat.name()), (_object, { storage }) => {
      const { state } = storage.sql.exec<{ state: string }>("select state from chat").one();
      const awaited = [{ id: "unlink:1", since: Date.now(), serial: "1", command, purpose: "show" }];
      storage.sql.exec("update chat set state = ?", JSON.stringify({ ...JSON.parse(state), awaited }));
    });
    expect(await accountOf(partner.account).askFromChat({ user: id, chat: chat.name() }, command)).not.toBe(null);
    await abortAllDurableObjects();
    expect((await chat.say("balance")).text).toMatch(/not linked/);
    expect((await chat.say(await newCode(partner, id))).text).toContain("Rahim");
  });
});

/** How often an account is asked that does not answer. */
async function timesAsked(question: ChatQuestion): Promise<number> {
  let times = 0;
  const askFromChat = () => {
    times += 1;
    return Promise.reject(new Error("the object was reset"));
  };
  const chat = { name: "chat", standing: null, services: { account: () => ({ askFromChat }) } };
  await expect(ask(chat, { account: 1, user: "chu_000010001" }, question)).rejects.toThrow("reset");
  return times;
}

describe("a PIN whose verdict is lost", () => {
  it("is not asked about again, as all else is: a wrong one that was typed once would count twice", async () => {
    expect(await timesAsked({ kind: "check_pin", pinHash: "hash" })).toBe(1);
    expect(await timesAsked({ kind: "wallets" })).toBe(2);
  });
});

describe("a recharge that is reversed after its success was told", () => {
  it("is told of again, once", async () => {
    const { chat, account, confirm } = await quoted("45");
    await chat.send(confirm);
    await expect.poll(() => results(chat).length).toBe(1);
    const recharge = /rch_[0-9a-z]{12}/.exec(chat.newest().text)?.[0] ?? "";
    const [attempt] = await accountOf(account).readAttempts(recharge);
    // Five seconds after its success, divided as all times are, the upstream reverses it; a callback before that is no news.
    await new Promise((resolve) => setTimeout(resolve, 60));
    await call({ status: "FAILED", agentid: attempt?.reference ?? "" });
    await expect.poll(() => chat.newest().text, { timeout: 4_000 }).toMatch(/Reversed/);
    expect((await chat.say("balance")).text).toContain("1,000.00");
    expect(chat.heard().filter(({ text }) => text.includes("Reversed")).length).toBe(1);
  });
});
