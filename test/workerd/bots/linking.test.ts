// Who a chat speaks for: codes, what unlinked chats learn, and unlinking at once.
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { ask } from "../../support/api-journey.ts";
import {
  listChatUsers,
  newChatUser,
  newCode,
  sendToWhatsappHook,
  TelegramChat,
  WhatsappChat,
  whatsappBatch,
} from "../../support/bot-journey.ts";
import { browse, signIn } from "../../support/console-journey.ts";
import { platformsOfEachTest } from "../../support/bot-platforms.ts";
import { skipTime } from "../../support/sandbox.ts";

const standIns = platformsOfEachTest();

const sentence = /not linked[\s\S]*কোডটি[\s\S]*कोड/;

describe("a chat without a link", () => {
  it("learns nothing but that it needs a code, and that once a minute", async () => {
    const chat = new TelegramChat(standIns.telegram);
    expect((await chat.say("balance")).text).toMatch(sentence);
    await chat.send(chat.text("01712345678 20 gp"));
    await chat.send(chat.text("/help"));
    skipTime(61_000);
    expect((await chat.say("hello")).text).toBe(chat.heard()[0]?.text);
    expect(chat.heard().length).toBe(2);
  });

  it("has five wrong codes an hour, and is then not heard, not even with a right one", async () => {
    const { code } = await newChatUser();
    const chat = new WhatsappChat(standIns.whatsapp);
    for (const wrong of ["0000-0000-0000-0000", "0000-0000-0000-0001", "0000000000000002", "zzzz zzzz zzzz zzzz"])
      expect((await chat.say(wrong)).text).toMatch(sentence);
    skipTime(1_000);
    const before = chat.heard().length;
    for (const last of ["0000-0000-0000-0003", code]) {
      const { status } = await sendText(chat, last);
      expect(status).toBe(200);
    }
    skipTime(3_600_001);
    await chat.say("hello");
    expect(chat.heard().length).toBe(before + 1);
  });
});

async function sendText(chat: WhatsappChat, text: string): Promise<Response> {
  return sendToWhatsappHook(whatsappBatch([chat.text(text)]));
}

describe("a code", () => {
  it("links one chat, once, and the partner sees it", async () => {
    const { partner, id, code } = await newChatUser();
    const first = new TelegramChat(standIns.telegram);
    await first.send(first.text(`/start ${code}`));
    await expect
      .poll(async () => (await listChatUsers(partner)).body)
      .toMatchObject({ chat_users: [{ id, channel: "telegram", has_pin: false }] });
    const second = new TelegramChat(standIns.telegram);
    expect((await second.say(code)).text).toMatch(sentence);
  });

  it("is void when another was issued, and when its time is over", async () => {
    const { partner, id, code } = await newChatUser();
    const later = await newCode(partner, id);
    const chat = new TelegramChat(standIns.telegram);
    expect((await chat.say(code)).text).toMatch(sentence);
    skipTime(900_001);
    expect((await chat.say(later.toLowerCase())).text).toMatch(sentence);
  });

  it("is kept as a hash", async () => {
    const { partner, code } = await newChatUser();
    const kept = await runInDurableObject(env.ACCOUNT.getByName(`account-${partner.account}`), (_object, { storage }) =>
      JSON.stringify(storage.sql.exec("select * from chat_codes").toArray()),
    );
    expect(kept).not.toContain(code);
    expect(kept).not.toContain(code.replaceAll("-", ""));
  });
});

describe("a user who is removed", () => {
  it("is unlinked before the partner has its answer", async () => {
    const { partner, id, code } = await newChatUser();
    const chat = new TelegramChat(standIns.telegram);
    expect((await chat.say(code)).text).toContain("Rahim");
    expect((await ask(partner.key, `/v1/chat-users/${id}`, { method: "DELETE" })).status).toBe(204);
    expect((await chat.say("balance")).text).toMatch(sentence);
    expect((await listChatUsers(partner)).body).toEqual({ chat_users: [] });
    expect((await ask(partner.key, `/v1/chat-users/${id}/codes`, { method: "POST" })).status).toBe(404);
  });
});

describe("a user whom staff block", () => {
  it("is unlinked at once, is linked by no code, and is linked again once they allow it", async () => {
    const { partner, id, code } = await newChatUser();
    const chat = new WhatsappChat(standIns.whatsapp);
    expect((await chat.say(code)).text).toContain("Rahim");
    const cookie = await signIn({ scopes: ["operator"] });
    const page = `/console/partners/${partner.id}/chat-users`;
    const look = async () => (await browse(page, { cookie })).text();
    // The number's end, and no more of it.
    expect(await look()).toMatch(new RegExp(`whatsapp <code>•+${chat.number.slice(-3)}</code>`));
    const later = await newCode(partner, id);
    const press = async (verb: string, as = cookie) => {
      const body = new URLSearchParams({ user: id, name: "Rahim", reason: "phone <b>stolen</b>", confirmed: "yes" });
      return (await browse(`${page}/${verb}`, { method: "POST", cookie: as, body })).status;
    };
    expect(await press("block", await signIn({ scopes: ["viewer"] }))).toBe(403);
    expect(await press("block")).toBe(303);
    expect(await look()).toContain("phone &lt;b&gt;stolen");
    expect((await chat.say("balance")).text).toMatch(sentence);
    expect((await chat.say(later)).text).toMatch(sentence);
    const codes = () => ask(partner.key, `/v1/chat-users/${id}/codes`, { method: "POST" });
    expect((await codes()).body).toMatchObject({ code: "suspended" });
    expect((await listChatUsers(partner)).body).toMatchObject({
      chat_users: [{ id, channel: null, chat: null, blocked: { reason: "phone <b>stolen</b>" } }],
    });
    expect(await press("unblock")).toBe(303);
    expect((await chat.say(await newCode(partner, id))).text).toContain("Rahim");
    expect(await press("unlink")).toBe(303);
    skipTime(61_000);
    expect((await chat.say("balance")).text).toMatch(sentence);
    expect((await browse("/console/bots", { cookie })).status).toBe(200);
  });
});

describe("chat users of a partner", () => {
  it("need the scope chat:write, a name of their own, and limits in the partner's currencies", async () => {
    const { partner } = await newChatUser();
    const limits = [{ currency: "INR", per_recharge: "50.00", per_day: null, pin_above: null }];
    const add = (body: unknown, key = partner.key) => ask(key, "/v1/chat-users", { body });
    expect((await add({ name: "Rahim" })).body).toMatchObject({ errors: [{ pointer: "/name" }] });
    expect((await add({ name: "Karim", limits: [...limits, ...limits] })).status).toBe(422);
    expect((await add({ name: "Karim", pin: "12" })).status).toBe(422);
    expect((await add({ name: "Karim", limits, pin: "4711" })).body).toMatchObject({ limits, has_pin: true });
    const issued = await ask(env.BOOTSTRAP_STAFF_TOKEN, `/admin/v1/partners/${partner.id}/keys`, {
      body: { name: "other", scopes: ["recharges:write"] },
    });
    const { secrets } = issued.body as { secrets: { key: string } };
    expect((await add({ name: "Selim" }, secrets.key)).status).toBe(403);
  });
});
