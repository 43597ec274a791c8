import { readFileSync } from "node:fs";
import { anything, assert as claim, property, string } from "fast-check";
import { expect, it } from "vitest";
import { readWebhook, windowClosedCode } from "../../../src/bots/whatsapp/whatsapp-webhook.ts";

const phone = "106540352242922";
const change = (value: unknown) => ({
  field: "messages",
  value: { metadata: { phone_number_id: phone }, ...Object(value) },
});
const bodyOf = (...values: readonly unknown[]) =>
  JSON.stringify({ entry: values.map((value) => ({ changes: [change(value)] })) });
const text = (id: string) => ({ id, from: "8801712345678", timestamp: "1700000000", type: "text", text: { body: id } });

const press = (reply: unknown) => ({ ...text("p"), type: "interactive", text: undefined, interactive: reply });

it("reads all entries, changes and messages, in their order", () => {
  const heard = readWebhook(bodyOf({ messages: [text("a"), text("b")] }, { messages: [text("c")] }), phone);
  expect(heard?.messages.map(({ message }) => message.content)).toEqual(
    ["a", "b", "c"].map((body) => ({ kind: "text", text: body })),
  );
  expect(heard?.messages[0]).toMatchObject({
    place: { channel: "whatsapp", address: "8801712345678" },
    message: { messageId: "whatsapp a", sentAt: 1_700_000_000_000 },
  });
});

it("reads presses of buttons and rows by our own ids", () => {
  const replies = [
    { button_reply: { id: "c:1", title: "x" } },
    { list_reply: { id: "p:2", title: "y" } },
    { nfm_reply: {} },
  ];
  const heard = readWebhook(bodyOf({ messages: replies.map(press) }), phone);
  expect(heard?.messages.map(({ message }) => message.content)).toEqual([
    { kind: "press", payload: "c:1" },
    { kind: "press", payload: "p:2" },
    { kind: "unreadable" },
  ]);
});

it("reads what became of messages, and whether a window was closed", () => {
  const status = { id: "wamid.1", status: "failed", recipient_id: "8801712345678" };
  const closed = { ...status, errors: [{ code: windowClosedCode, title: "Re-engagement message" }] };
  const heard = readWebhook(
    bodyOf({ statuses: [status, closed, { ...status, status: "read" }, { ...status, status: "sent" }] }),
    phone,
  );
  expect(heard?.statuses.map(({ status: one }) => [one.status, one.isWindowClosed])).toEqual([
    ["failed", false],
    ["failed", true],
    ["delivered", false],
  ]);
});

it("takes nothing that is for another number, and whatever comes without a fault", () => {
  expect(readWebhook(bodyOf({ messages: [text("a")] }), "999")).toEqual({ messages: [], statuses: [] });
  claim(property(string(), (body) => void readWebhook(body, phone)));
  claim(property(anything(), (value) => void readWebhook(bodyOf({ messages: [value], statuses: [value] }), phone)));
});

it("writes the templates' names as docs/bots.md gives them", () => {
  expect(readFileSync("docs/bots.md", "utf8")).toContain("`recharge_result`");
});
