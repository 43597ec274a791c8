// Repeats, and everything a chat can ask that moves no money.
import { describe, expect, it } from "vitest";
import { minor } from "../../../src/base/money.ts";
import { type EarlierRecharge, refusal } from "../../../src/base/refusal.ts";
import { refuse } from "../../../src/base/result.ts";
import { outcomeMessage, outcomeParameters } from "../../../src/bots/outcome-message.ts";
import { answerPlainly, ChatByHand, rechargeOf, taka } from "../../support/chat-by-hand.ts";

const order = {
  product: "bd.grameenphone.prepaid",
  number: "01712345678",
  amount: taka(20),
  currency: "BDT" as const,
  fields: {},
  repeatOf: null,
};

function chatAfter(state: EarlierRecharge["state"]): ChatByHand {
  const chat = new ChatByHand();
  const earlier = { id: "rch_00001000000a", agentId: "chat:cu_7:0", state };
  chat.answer = (command) =>
    command.kind === "quote" && command.order.repeatOf === null
      ? { kind: "quote", quote: refuse(refusal("repeat", "", { earlier, retryAfterSeconds: 600 })) }
      : answerPlainly(command);
  return chat;
}

describe("the same number and amount within the window", () => {
  it("is refused with the earlier one's state, and meant only after the user says so twice", () => {
    const chat = chatAfter("succeeded");
    expect(chat.types("01712345678 20 gp")).toContain("(rch_00001000000a): succeeded. Do you mean a second one?");
    expect(chat.pressesButton("Yes, a second one")).toContain("This is a second one, beside rch_00001000000a.");
    expect(chat.asked("place")).toEqual([]);
    chat.pressesButton("Confirm");
    expect(chat.asked("place")).toMatchObject([{ order: { repeatOf: "rch_00001000000a" }, agentId: "chat:cu_7:2" }]);
  });

  it("is not repeated on a no", () => {
    const chat = chatAfter("succeeded");
    chat.types("01712345678 20 gp");
    expect(chat.pressesButton("No")).toBe("Cancelled; nothing was recharged.");
    expect(chat.types("yes")).toBe("Nothing is waiting for an answer.");
    expect(chat.asked("place")).toEqual([]);
  });

  it("cannot be meant while the earlier one is pending", () => {
    const chat = chatAfter("pending");
    expect(chat.types("01712345678 20 gp")).toContain("still pending (rch_00001000000a)");
    expect(chat.buttons()).toEqual([]);
  });

  it("of another partner says only when to try again", () => {
    const chat = new ChatByHand();
    chat.answer = (command) =>
      command.kind === "quote"
        ? { kind: "quote", quote: refuse(refusal("repeat", "", { retryAfterSeconds: 601 })) }
        : answerPlainly(command);
    expect(chat.types("01712345678 20 gp")).toContain("Try again in 11 min.");
  });

  it("is asked about when the guard refuses it only at the end", () => {
    const chat = new ChatByHand();
    chat.types("01712345678 20 gp");
    const earlier = { id: "rch_00001000000b", agentId: "api-1", state: "succeeded" as const };
    chat.answer = (command) =>
      command.kind === "place"
        ? { kind: "place", placed: refuse(refusal("repeat", "", { earlier })) }
        : answerPlainly(command);
    expect(chat.pressesButton("Confirm")).toContain("Do you mean a second one?");
  });
});

describe("an earlier recharge", () => {
  const recharge = rechargeOf(order, "chat:cu_7:0", { operatorReference: "OP-77" });

  it("is quoted again by repeat, with or without its number", () => {
    const chat = new ChatByHand();
    chat.answer = (command) =>
      command.kind === "recent" ? { kind: "recent", recharges: [recharge] } : answerPlainly(command);
    expect(chat.types("repeat")).toContain("Recharge ৳20.00");
    expect(chat.types("again 01712345678")).toContain("Recharge ৳20.00");
    expect(chat.asked("recent")).toEqual([
      { kind: "recent", limit: 1, number: null },
      { kind: "recent", limit: 1, number: "01712345678" },
    ]);
    chat.pressesButton("Confirm");
    expect(chat.asked("place")).toMatchObject([{ agentId: "chat:cu_7:2", order }]);
  });

  it("is listed, shown by its row, and repeated by the button under it", () => {
    const chat = new ChatByHand();
    chat.answer = (command) => {
      if (command.kind === "recent") return { kind: "recent", recharges: [recharge] };
      return command.kind === "find" ? { kind: "found", recharge } : answerPlainly(command);
    };
    expect(chat.types("last recharges")).toBe("The last recharges:");
    expect(chat.pressesButton("৳20.00 01712345678")).toContain("Operator reference: OP-77");
    expect(chat.pressesButton("Recharge again")).toContain("Recharge ৳20.00");
  });

  it("is found by id, by number, and is the last one where nothing is said", () => {
    const chat = new ChatByHand();
    chat.types("status rch_00001000000a");
    chat.types("status 01712345678");
    chat.types("status");
    expect(chat.asked("find")).toEqual([{ kind: "find", by: { id: "rch_00001000000a" } }]);
    expect(chat.asked("recent").map(({ number }) => number)).toEqual(["01712345678", null]);
    expect(chat.said.at(-1)?.text).toBe("There is no such recharge.");
  });

  it("is told by a message of its own, with a word of failure only where it failed", () => {
    const failure = { source: "operator", cause: "number", text: "secret words of the upstream" } as const;
    const failed = outcomeMessage({ ...recharge, state: "failed", failure }, "en").text;
    expect(failed).toContain("❌ Failed; the money was given back.\nThe operator does not know this number.");
    expect(failed).not.toContain("secret");
    expect(outcomeMessage({ ...recharge, state: "reversed" }, "hi").text).toContain("पैसे लौटा दिए गए");
    for (const language of ["en", "bn", "hi"] as const) {
      expect(outcomeMessage({ ...recharge, state: "pending" }, language).text).not.toMatch(/fail|❌|ব্যর্থ|विफल/i);
      const parameters = outcomeParameters(recharge, language);
      expect(parameters).toHaveLength(5);
      expect(parameters.filter((one) => one === "" || one.includes("\n"))).toEqual([]);
    }
  });
});

describe("reads", () => {
  it("say the balance with what is held and owed", () => {
    const chat = new ChatByHand();
    const wallet = { currency: "INR" as const, balance: minor(123_456_750), held: minor(19_80), debt: minor(1_00) };
    chat.answer = () => ({ kind: "balance", wallets: [wallet] });
    expect(chat.types("balance")).toBe("Balance: ₹12,34,567.50 · on hold: ₹19.80 · owed: ₹1.00");
  });

  it("say the day's sums by state", () => {
    const chat = new ChatByHand();
    const nothing = { count: 0, face: minor(0), cost: minor(0) };
    const states = {
      pending: nothing,
      succeeded: { count: 12, face: taka(240), cost: minor(237_60) },
      failed: nothing,
      reversed: nothing,
    };
    chat.answer = () => ({ kind: "today", totals: [{ currency: "BDT", states, balance: taka(500), held: minor(0) }] });
    expect(chat.types("আজকের হিসাব")).toBe("Today (BDT)\nsucceeded: 12 · ৳240.00 · cost ৳237.60\nBalance: ৳500.00");
  });

  it("say so when nobody can be asked", () => {
    const chat = new ChatByHand();
    chat.answer = () => ({ kind: "unavailable" });
    for (const text of ["balance", "today", "last", "status", "01712345678 20 gp"]) {
      expect(chat.types(text)).toBe("I cannot find that out now. Please try again in a minute.");
    }
  });
});

describe("the chat itself", () => {
  it("changes its language at once and has it kept", () => {
    const chat = new ChatByHand();
    chat.types("language");
    expect(chat.pressesButton("বাংলা")).toBe("এখন থেকে বাংলায় লিখব।");
    expect(chat.types("हिन्दी")).toBe("अब से हिन्दी में लिखूँगा।");
    expect(chat.asked("set_language").map(({ language }) => language)).toEqual(["bn", "hi"]);
  });

  it("is unlinked only after a second word", () => {
    const chat = new ChatByHand();
    chat.types("unlink");
    expect(chat.asked("unlink")).toEqual([]);
    expect(chat.pressesButton("Yes, unlink")).toBe("This chat is unlinked.");
  });

  it("greets, helps, and says what it cannot read", () => {
    const chat = new ChatByHand();
    const hello = chat.takes({ kind: "linked", serial: "z1", at: chat.now });
    expect(hello).toContain("Welcome, Rahima.");
    expect(chat.types("/start")).toContain("Nothing is recharged before you confirm.");
    expect(chat.pressesButton("Balance")).toContain("Balance: ৳1,000.00");
    expect(chat.types("good morning")).toContain("I did not understand that.");
    expect(chat.takes({ kind: "unreadable", serial: "z2", at: chat.now })).toContain("I can read text only.");
    expect(chat.presses("zz:1:evil")).toContain("I did not understand that.");
  });
});
