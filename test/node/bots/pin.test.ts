// The PIN above a limit: when it is asked, what it opens, and where it never stands.
import { describe, expect, it } from "vitest";
import { expectsSecret } from "../../../src/bots/dialogue.ts";
import { answerPlainly, ChatByHand, contextOf, noLimits, taka } from "../../support/chat-by-hand.ts";

const limits = [{ ...noLimits, pinAbove: taka(100) }];

function chatAtPin(): ChatByHand {
  const chat = new ChatByHand(contextOf("en", limits));
  chat.types("01712345678 150 gp");
  chat.pressesButton("Confirm");
  return chat;
}

describe("the PIN", () => {
  it("is asked above the limit and not at it", () => {
    const chat = new ChatByHand(contextOf("en", limits));
    chat.types("01712345678 100 gp");
    expect(chat.pressesButton("Confirm")).toContain("✅ Recharged");
    chat.types("01712345678 101 gp");
    expect(chat.pressesButton("Confirm")).toBe("Enter your PIN to confirm ৳101.00 to 01712345678.");
    expect(expectsSecret(chat.state)).toBe(true);
  });

  it("places the confirmed offer when it is right, typed in any of the digits", () => {
    const chat = chatAtPin();
    expect(chat.types("৪৭১১")).toContain("✅ Recharged");
    expect(chat.asked("place")).toMatchObject([{ agentId: "chat:cu_7:1" }]);
    expect(chat.erased).toBe(1);
    expect(expectsSecret(chat.state)).toBe(false);
  });

  it("places nothing when it is wrong, and closes the offer after three", () => {
    const chat = chatAtPin();
    expect(chat.types("1234")).toContain("Wrong PIN.");
    expect(chat.types("1235")).toContain("Wrong PIN.");
    expect(chat.types("1236")).toBe("Wrong PIN too often; nothing was recharged.");
    chat.types("4711");
    expect(chat.asked("place")).toEqual([]);
  });

  it("closes the offer when it is locked", () => {
    const chat = chatAtPin();
    chat.answer = (command) =>
      command.kind === "check_pin" ? { kind: "pin", verdict: "locked" } : answerPlainly(command);
    expect(chat.types("4711")).toContain("The PIN is locked; nothing was recharged.");
    expect(chat.asked("place")).toEqual([]);
  });
});

describe("a typed PIN", () => {
  it("is deleted and asked for again when it was lost before it was looked at", () => {
    const chat = chatAtPin();
    const asked = "Enter your PIN to confirm ৳150.00 to 01712345678.";
    expect(chat.takes({ kind: "unreadable", serial: "z2", at: chat.now })).toBe(asked);
    expect(chat.erased).toBe(1);
    expect(chat.types("4711")).toContain("✅ Recharged");
  });

  it("is of no use after the two minutes of the offer, even when its answer comes late", () => {
    const chat = chatAtPin();
    chat.answer = (command) => (command.kind === "check_pin" ? null : answerPlainly(command));
    chat.types("4711");
    const asked = chat.performed.at(-1);
    chat.waits(120_000);
    const late = chat.takes({
      kind: "result",
      id: asked?.id ?? "",
      at: chat.now,
      answer: { kind: "pin", verdict: "right" },
    });
    expect(late).toContain("The two minutes are over");
    expect(chat.asked("place")).toEqual([]);
  });

  it("opens only the offer it was typed for", () => {
    const chat = chatAtPin();
    chat.answer = (command) => (command.kind === "check_pin" ? null : answerPlainly(command));
    chat.types("4711");
    const asked = chat.performed.at(-1);
    chat.types("01812345678 150 robi");
    chat.pressesButton("Confirm");
    chat.takes({ kind: "result", id: asked?.id ?? "", at: chat.now, answer: { kind: "pin", verdict: "right" } });
    expect(chat.asked("place")).toEqual([]);
    expect(chat.types("5555")).toBe("");
  });

  it("never stands in the state, while it is checked or after", () => {
    const chat = chatAtPin();
    chat.answer = (command) => (command.kind === "check_pin" ? null : answerPlainly(command));
    chat.types("90817263");
    expect(chat.asked("check_pin")).toEqual([{ kind: "check_pin", pin: "90817263" }]);
    expect(JSON.stringify(chat.state)).not.toContain("90817263");
    expect(chat.said.every(({ text }) => !text.includes("90817263"))).toBe(true);
  });

  it("is not taken from what cannot be one, which is to be deleted all the same", () => {
    const chat = chatAtPin();
    expect(chat.types("my pin is 4711!")).toContain("Enter your PIN");
    expect(chat.erased).toBe(1);
    expect(chat.asked("check_pin")).toEqual([]);
    expect(chat.types("cancel")).toBe("Cancelled; nothing was recharged.");
  });
});
