// Journeys on both channels in three languages, from the code to the final result, against stand-ins that refuse what the platforms would.
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { ChatAsker } from "../../../src/accounts/chat-types.ts";
import { minor } from "../../../src/base/money.ts";
import { describe, expect, it, vi } from "vitest";
import { newChatUser, TelegramChat, WhatsappChat } from "../../support/bot-journey.ts";
import { platformsOfEachTest } from "../../support/bot-platforms.ts";
import {
  accountOf,
  executions,
  expectInvariants,
  newBangladeshNumber,
  newNumber,
  newOrder,
  readWallet,
} from "../../support/sandbox.ts";

const standIns = platformsOfEachTest();

const bengali = (text: string) => text.replaceAll(/\d/g, (digit) => "০১২৩৪৫৬৭৮৯".charAt(Number(digit)));
const devanagari = (text: string) => text.replaceAll(/\d/g, (digit) => "०१२३४५६७८९".charAt(Number(digit)));

/** What a user of each language writes and is told. */
const languages = {
  en: {
    number: () => newNumber("00"),
    order: (number: string) => `recharge ${number} 20 airtel`,
    confirm: /^Confirm$/,
    succeeded: /✅ Recharged/,
    pending: /⏳ Pending/,
    lasting: (number: string) => `${number} 30 airtel`,
    digits: (text: string) => text,
  },
  bn: {
    number: () => newBangladeshNumber("00"),
    order: (number: string) => `${bengali(number)} ৳২০ জিপি`,
    confirm: /নিশ্চিত/,
    succeeded: /✅/,
    pending: /⏳/,
    lasting: (number: string) => `${bengali(number)} ৩০ এয়ারটেল`,
    digits: bengali,
  },
  hi: {
    number: () => newNumber("00"),
    order: (number: string) => `${devanagari(number)} २० एयरटेल`,
    confirm: /पुष्टि/,
    succeeded: /✅/,
    pending: /⏳/,
    lasting: (number: string) => `${devanagari(number)} ३० एयरटेल`,
    digits: (text: string) => text,
  },
} as const;
type Language = keyof typeof languages;

const openChat = {
  telegram: () => new TelegramChat(standIns.telegram),
  whatsapp: () => new WhatsappChat(standIns.whatsapp),
} as const;

const journeys = (["telegram", "whatsapp"] as const).flatMap((channel) =>
  (["en", "bn", "hi"] as const).map((language): [keyof typeof openChat, Language] => [channel, language]),
);

describe.each(journeys)("a user of %s who reads %s", (channel, language) => {
  it("recharges from a sentence, and hears by itself how a pending one ended", async () => {
    const words = languages[language];
    const { partner, code } = await newChatUser({ language });
    const chat = openChat[channel]();
    expect((await chat.say(code)).text).toContain("Rahim");

    const number = words.number();
    const quote = await chat.say(words.order(number));
    expect(quote.text).toContain(words.digits(number));
    expect(await executions(number)).toBe(0);
    const done = await chat.pressOn(words.confirm);
    expect(done.text).toMatch(words.succeeded);
    expect(await executions(number)).toBe(1);

    const lasting = newNumber("30");
    await chat.say(words.lasting(lasting));
    const before = chat.heard().length;
    expect((await chat.pressOn(words.confirm)).text).toMatch(words.pending);
    await chat.waitFor(before + 2);
    expect(chat.newest().text).toMatch(words.succeeded);
    expect(await executions(lasting)).toBe(1);
    expect(chat.heard().length).toBe(before + 2);
    await expectInvariants(accountOf(partner.account));
  });
});

describe("a chat", () => {
  it("tells the partner's balance, and what was recharged today and last", async () => {
    const { code } = await newChatUser();
    const chat = openChat.telegram();
    await chat.say(code);
    expect((await chat.say("balance")).text).toContain("1,000.00");
    const number = newNumber("00");
    await chat.say(`${number} 20 airtel`);
    await chat.pressOn(/Confirm/);
    expect((await chat.say("today")).text).toMatch(/succeeded: 1/);
    expect(JSON.stringify(await chat.say("last"))).toContain(number.slice(-3));
  });

  it("places nothing after two minutes, and nothing by a second press", async () => {
    const { partner, code } = await newChatUser();
    const chat = openChat.whatsapp();
    await chat.say(code);
    const number = newNumber("00");
    await chat.say(`${number} 20 airtel`);
    const confirm = chat.press(chat.dataOf(/Confirm/));
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 121_000 });
    const before = chat.heard().length;
    await chat.deliver(confirm);
    await chat.waitFor(before + 1);
    expect(chat.newest().text).toMatch(/two minutes are over/);
    expect(await executions(number)).toBe(0);
    await chat.pressOn(/New offer/);
    const again = chat.dataOf(/Confirm/);
    expect((await chat.pressOn(/Confirm/)).text).toMatch(/✅/);
    const pressed = chat.heard().length;
    await chat.deliver(chat.press(again));
    await chat.waitFor(pressed + 1);
    expect(chat.newest().text).toMatch(/confirmed that already/);
    expect(await executions(number)).toBe(1);
    await expectInvariants(accountOf(partner.account));
  });

  it("unlinks itself, and is a stranger from then on", async () => {
    const { code } = await newChatUser();
    const chat = openChat.telegram();
    await chat.say(code);
    await chat.say("unlink");
    expect((await chat.pressOn(/Yes, unlink/)).text).toMatch(/is unlinked/);
    expect((await chat.say("balance")).text).toMatch(/not linked/);
  });
});

/** The state, or the refusal, of an order of Airtel (minor units) that a chat asks its account to place. */
async function placeAs(account: number, asker: ChatAsker, { amount, agentId }: { amount: number; agentId: string }) {
  const order = newOrder({ agentId, amount: minor(amount) });
  const question = { kind: "place", order, waitMs: 1_000, notAfter: Date.now() + 1_000 } as const;
  const reply = await accountOf(account).askFromChat(asker, question);
  if (reply?.answer.kind !== "place" || reply.answer.placed === null) return "nothing";
  const { placed } = reply.answer;
  return placed.ok ? placed.value.recharge.state : placed.problem.code;
}

describe("limits and PIN of a user", () => {
  const limits = [{ currency: "INR", per_recharge: "100.00", per_day: "150.00", pin_above: "50.00" }];

  it("hold in the chat: per recharge, per day, and the PIN above its amount", async () => {
    const { partner, code } = await newChatUser({ limits, pin: "4711" });
    const chat = openChat.telegram();
    await chat.say(code);
    expect((await chat.say(`${newNumber("00")} 101 airtel`)).text).toMatch(/above/);
    await chat.say("cancel");

    const number = newNumber("00");
    await chat.say(`${number} 100 airtel`);
    expect((await chat.pressOn(/Confirm/)).text).toMatch(/PIN/);
    expect((await chat.say("1234")).text).toMatch(/Wrong PIN/);
    expect(await executions(number)).toBe(0);
    expect((await chat.say("4711")).text).toMatch(/✅/);
    expect(await executions(number)).toBe(1);
    expect(standIns.telegram.deleted.length).toBe(2);

    expect((await chat.say(`${newNumber("00")} 51 airtel`)).text).toMatch(/day/);
    expect(await readWallet(accountOf(partner.account))).toEqual({ balance: 90_100, held: 0, debt: 0 });
  });

  it("hold in the account, whatever a chat asks: above the limit, without the PIN, or after it was used", async () => {
    const { partner, id, code } = await newChatUser({ limits, pin: "4711" });
    const chat = openChat.telegram();
    await chat.say(code);
    const asker = { user: id, chat: chat.name() };
    const place = (amount: number, agentId: string) => placeAs(partner.account, asker, { amount, agentId });
    expect(await place(10_100, "a-1")).toBe("limit_recharge");
    expect(await place(6_000, "a-2")).toBe("credentials");
    expect(await place(5_000, "a-3")).toBe("succeeded");
    await expect.poll(() => chat.newest().text, { timeout: 10_000 }).toMatch(/✅/);
    await chat.say(`${newNumber("00")} 60 airtel`);
    await chat.pressOn(/Confirm/);
    await chat.say("4711");
    expect([await place(6_000, "a-4"), await place(5_100, "a-5")]).toEqual(["limit_day", "limit_day"]);
    expect(
      await accountOf(partner.account).askFromChat({ ...asker, chat: "chat-of-another" }, { kind: "wallets" }),
    ).toBe(null);
  });
});

describe("a PIN that is typed", () => {
  it("is written down nowhere, not even until it was looked at", async () => {
    const limits = [{ currency: "INR", per_recharge: null, per_day: null, pin_above: "10.00" }];
    const { code } = await newChatUser({ limits, pin: "471193" });
    const chat = openChat.telegram();
    await chat.say(code);
    await chat.say(`${newNumber("00")} 20 airtel`);
    await chat.pressOn(/Confirm/);
    const place = { channel: "telegram", address: String(chat.id) } as const;
    const content = { kind: "text", text: "471193" } as const;
    const message = { messageId: "typed", sentAt: Date.now(), content, erasableBy: null };
    const kept = await runInDurableObject(env.CHAT.getByName(chat.name()), async (object, { storage }) => {
      const taking = object.take(place, message);
      const tables = ["chat", "inbox", "outbox"].map((name) => storage.sql.exec(`select * from ${name}`).toArray());
      await taking;
      return JSON.stringify(tables);
    });
    expect(kept).toContain("typed");
    expect(kept).not.toContain("471193");
    await expect.poll(() => chat.newest().text).toMatch(/✅/);
  });
});
