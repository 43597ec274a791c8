// What is read of Telegram's updates.
import { anything, assert as claim, property, string } from "fast-check";
import { expect, it } from "vitest";
import { readUpdate } from "../../../src/bots/telegram/telegram-updates.ts";

const now = 1_700_000_005_000;
const chat = { id: 5_000_000_001, type: "private", first_name: "Rahim" };
const group = { id: -100_123, type: "supergroup" };
const message = { message_id: 7, date: 1_700_000_000, chat, from: { id: chat.id }, text: "balance" };
const press = { id: "cb1", data: "c:1", message: { message_id: 7, date: 1, chat } };
const read = (update: unknown) => readUpdate(JSON.stringify(update), now);
const place = { channel: "telegram", address: "5000000001" };

it("reads a text of a private chat, with the time and the number that Telegram gave it", () => {
  const content = { kind: "text", text: "balance" };
  expect(read({ update_id: 9, message })).toEqual({
    press: null,
    taken: { place, message: { messageId: "telegram 9", sentAt: 1_700_000_000_000, content, erasableBy: "7" } },
  });
});

it("reads a press by our own id, as of now, and says which press waits", () => {
  const content = { kind: "press", payload: "c:1" };
  expect(read({ update_id: 9, callback_query: press })).toEqual({
    press: "cb1",
    taken: { place, message: { messageId: "telegram 9", sentAt: now, content, erasableBy: null } },
  });
});

it("reads what is no text as unreadable", () => {
  const photo = { ...message, text: undefined, photo: [{}] };
  expect(read({ update_id: 9, message: photo })?.taken?.message.content).toEqual({ kind: "unreadable" });
});

it.each([
  ["a message in a group", { message: { ...message, chat: group } }, null],
  ["an edited message", { edited_message: message }, null],
  ["a message without a chat", { message: { ...message, chat: undefined } }, null],
  ["nothing", {}, null],
  ["a press in a group", { callback_query: { ...press, message: { ...press.message, chat: group } } }, "cb1"],
  ["a press on a message that is not known any more", { callback_query: { ...press, message: undefined } }, "cb1"],
  ["a press on a message without a chat", { callback_query: { ...press, message: { message_id: 7 } } }, "cb1"],
  ["a press that carries nothing of ours", { callback_query: { ...press, data: undefined } }, "cb1"],
])("takes nothing of %s, and ends the waiting of a press", (_what, update, waiting) => {
  expect(read({ update_id: 9, ...update })).toEqual({ press: waiting, taken: null });
});

it("is not brought down by any text, nor by any value where a message or a press is expected", () => {
  expect(readUpdate("{", now)).toBe(null);
  expect(read({ update_id: "9", message })).toBe(null);
  claim(property(string(), (text) => readUpdate(text, now)?.taken == null));
  claim(property(anything(), (odd) => read({ update_id: 9, message: odd, callback_query: odd })?.taken == null));
});
