// A recharge by chat, from the sentence to the result: what is asked, what is shown, what is placed and what never is.
import { describe, expect, it } from "vitest";
import { ok, refuse } from "../../../src/base/result.ts";
import { refusal } from "../../../src/base/refusal.ts";
import { awaitedOf } from "../../../src/bots/dialogue.ts";
import { answerPlainly, ChatByHand, contextOf, noLimits, rechargeOf, taka } from "../../support/chat-by-hand.ts";

describe("an order in one sentence", () => {
  it("is shown with number, operator, amount, cost and balance, and placed when it is confirmed", () => {
    const chat = new ChatByHand();
    const offer = chat.types("01712345678 20 gp");
    for (const part of ["01712345678", "Grameenphone prepaid", "৳20.00", "৳19.80", "৳980.20"]) {
      expect(offer).toContain(part);
    }
    expect(chat.asked("place")).toEqual([]);
    expect(chat.pressesButton("Confirm")).toContain("✅ Recharged");
    const order = {
      product: "bd.grameenphone.prepaid",
      number: "01712345678",
      amount: taka(20),
      currency: "BDT",
      fields: {},
      repeatOf: null,
    };
    expect(chat.asked("place")).toEqual([{ kind: "place", order, agentId: "chat:cu_7:1", maxCost: 19_80 }]);
  });

  it("is confirmed by a typed yes that was sent after the offer was there", () => {
    const chat = new ChatByHand();
    chat.types("01712345678 20 gp");
    expect(chat.types("yes", chat.now - 1)).toBe("Please press the button of the offer above.");
    expect(chat.asked("place")).toEqual([]);
    expect(chat.waits(3_000).types("yes")).toContain("✅ Recharged");
    expect(chat.asked("place")).toHaveLength(1);
  });

  it("is understood and answered in Bengali and Hindi", () => {
    const bengali = new ChatByHand(contextOf("bn"));
    expect(bengali.types("০১৭১২৩৪৫৬৭৮ এ ২০ টাকা জিপি")).toContain("০১৭১২৩৪৫৬৭৮");
    expect(bengali.said.at(-1)?.text).toContain("১৯.৮০৳");
    expect(bengali.types("হ্যাঁ")).toContain("✅ রিচার্জ হয়েছে");
    const hindi = new ChatByHand(contextOf("hi"));
    expect(hindi.types("९८१२३४५६७८ पर १९९ का जियो रिचार्ज करो")).toContain("₹197.01");
    expect(hindi.types("हाँ")).toContain("✅ रिचार्ज हो गया");
  });
});

describe("an order in parts", () => {
  it("is asked for what is missing, one thing at a time", () => {
    const chat = new ChatByHand();
    expect(chat.types("gp")).toBe("Which mobile number?");
    expect(chat.types("০১৭১২৩৪৫৬৭৮")).toBe("Which amount? ৳10.00 to ৳10,000.00.");
    expect(chat.types("৳20")).toContain("Recharge ৳20.00");
    expect(chat.buttons().map(({ title }) => title)).toEqual(["Confirm", "Cancel"]);
  });

  it("offers Skitto, and another operator for ported numbers, where only the number is known", () => {
    const chat = new ChatByHand();
    chat.types("01712345678 20");
    expect(chat.buttons().map(({ title }) => title)).toEqual(["Grameenphone", "Grameenphone Skitto", "Other operator"]);
    expect(chat.pressesButton("Grameenphone Skitto")).toContain("Grameenphone Skitto prepaid");
  });

  it("suggests the operator of the prefix and lets the user choose another", () => {
    const chat = new ChatByHand();
    expect(chat.types("01812345678 20")).toContain("Robi prepaid");
    chat.pressesButton("Other operator");
    expect(chat.pressesButton("Banglalink")).toContain("ported ones cannot be recharged");
    expect(chat.asked("place")).toEqual([]);
  });

  it("asks for the operator of an Indian number from a list of pages", () => {
    const chat = new ChatByHand();
    expect(chat.types("9812345678 199")).toBe("Which operator for 9812345678?");
    expect(chat.buttons()).toHaveLength(10);
    expect(chat.buttons()[0]?.title).toBe("Reliance Jio");
    const first = chat.buttons().map(({ title }) => title);
    chat.pressesButton("More");
    expect(
      chat.buttons().filter(({ title }) => first.includes(title) && title !== "Cancel" && title !== "More …"),
    ).toEqual([]);
    expect(chat.types("airtel")).toContain("Airtel prepaid");
  });
});

describe("an order in parts that do not fit", () => {
  it("asks for the fields of a biller one by one, and again for one that is malformed", () => {
    const chat = new ChatByHand();
    chat.types("pvvnl 800 rs");
    expect(chat.types("AB1234")).toContain("Book No?");
    expect(chat.types("1520")).toContain("District?");
    expect(chat.types("?")).toContain("That does not look right.");
    expect(chat.types("Agra")).toContain("District: Agra");
    chat.pressesButton("Confirm");
    expect(chat.asked("place")[0]?.order.fields).toEqual({ book_no: "1520", district: "Agra" });
  });

  it("says which part was unclear and asks for it", () => {
    const chat = new ChatByHand();
    expect(chat.types("01712345678 20 50 gp")).toContain("I could not read the amount for certain.\nWhich amount?");
    expect(chat.types("50")).toContain("Recharge ৳50.00");
    expect(chat.types("dont recharge 01712345678 20 gp")).toContain("nothing was done");
  });

  it("says that an amount is not sold, and takes another", () => {
    const chat = new ChatByHand();
    expect(chat.types("01712345678 5 gp")).toContain("That amount is not sold.");
    expect(chat.types("20.50")).toContain("not sold in such steps");
    expect(chat.types("20")).toContain("Recharge ৳20.00");
  });

  it("does not offer what the partner cannot buy", () => {
    const chat = new ChatByHand({ ...contextOf(), sells: (product) => product !== "bd.skitto.prepaid" });
    expect(chat.types("01712345678 20")).toContain("Grameenphone prepaid");
    expect(chat.types("skitto 01712345678 20")).toContain("cannot be recharged at the moment");
  });
});

describe("an offer", () => {
  it("ends after two minutes, and is made anew on request", () => {
    const chat = new ChatByHand();
    chat.types("01712345678 20 gp");
    expect(chat.waits(120_000).pressesButton("Confirm")).toContain("The two minutes are over");
    expect(chat.asked("place")).toEqual([]);
    expect(chat.pressesButton("New offer")).toContain("Recharge ৳20.00");
    chat.waits(119_999).pressesButton("Confirm");
    expect(chat.asked("place").map(({ agentId }) => agentId)).toEqual(["chat:cu_7:3"]);
  });

  it("is placed once, however often its button is pressed, and tells what became of it", () => {
    const chat = new ChatByHand();
    chat.answer = (command) => (command.kind === "place" ? null : answerPlainly(command));
    chat.types("01712345678 20 gp");
    const [confirm] = chat.buttons();
    chat.presses(confirm?.id ?? "");
    expect(chat.presses(confirm?.id ?? "")).toBe("That recharge is on its way. The result comes by itself.");
    const [place] = chat.asked("place");
    expect(place).toBeDefined();
    if (place === undefined) return;
    const recharge = rechargeOf(place.order, place.agentId, { state: "pending" });
    expect(chat.answers("place", { kind: "place", placed: ok(recharge) })).toContain("⏳ Pending");
    chat.answer = (command) => (command.kind === "find" ? { kind: "found", recharge } : answerPlainly(command));
    expect(chat.presses(confirm?.id ?? "")).toContain("You confirmed that already:\n⏳ Pending");
    expect(chat.asked("find")).toEqual([{ kind: "find", by: { agentId: place.agentId } }]);
    expect(chat.asked("place")).toHaveLength(1);
  });

  it("is replaced by the next one: the older button starts nothing", () => {
    const chat = new ChatByHand();
    chat.types("01712345678 20 gp");
    const [older] = chat.buttons();
    chat.types("01812345678 50 robi");
    expect(chat.presses(older?.id ?? "")).toBe("That is no longer open; nothing was recharged by it.");
    chat.types("cancel");
    expect(chat.presses(older?.id ?? "")).toContain("no longer open");
    expect(chat.asked("place")).toEqual([]);
  });

  it("is made anew when the cost has risen before it was placed", () => {
    const chat = new ChatByHand();
    chat.types("01712345678 20 gp");
    chat.answer = (command) =>
      command.kind === "place" ? { kind: "place", placed: refuse(refusal("max_cost", "")) } : answerPlainly(command);
    expect(chat.pressesButton("Confirm")).toContain("The cost has changed. This is the new offer:\nRecharge ৳20.00");
    chat.answer = answerPlainly;
    chat.pressesButton("Confirm");
    expect(chat.asked("place").map(({ agentId }) => agentId)).toEqual(["chat:cu_7:1", "chat:cu_7:2"]);
  });
});

describe("a recharge whose answer is lost", () => {
  it("is called pending and asked about until the account says what it has", () => {
    const chat = new ChatByHand();
    chat.types("01712345678 20 gp");
    chat.answer = (command) =>
      command.kind === "place" ? { kind: "unavailable" } : command.kind === "settle" ? null : answerPlainly(command);
    expect(chat.pressesButton("Confirm")).toContain("The recharge is pending");
    const [settle] = chat.asked("settle");
    expect(settle).toMatchObject({ agentId: "chat:cu_7:1", notBefore: chat.now + 60_000 });
    expect(chat.types("cancel")).toContain("cannot be cancelled");
    chat.waits(60_000).answers("settle", { kind: "unavailable" });
    expect(chat.asked("settle")).toHaveLength(2);
    expect(chat.answers("settle", { kind: "found", recharge: null })).toContain(
      "was not started and nothing was taken",
    );
    expect(awaitedOf(chat.state)).toEqual([]);
  });

  it("is told as it is when the account has it", () => {
    const chat = new ChatByHand();
    chat.types("01712345678 20 gp");
    chat.answer = (command) => {
      if (command.kind === "place") return { kind: "unavailable" };
      return command.kind === "settle"
        ? { kind: "found", recharge: rechargeOf(command.order, command.agentId) }
        : answerPlainly(command);
    };
    expect(chat.pressesButton("Confirm")).toContain("✅ Recharged");
    expect(chat.asked("place")).toHaveLength(1);
  });
});

describe("the user's own limits", () => {
  const limits = [{ ...noLimits, perRecharge: taka(500), perDay: taka(1_000), usedToday: taka(950) }];

  it("stand before any offer", () => {
    const chat = new ChatByHand(contextOf("en", limits));
    expect(chat.types("01712345678 600 gp")).toContain("above your limit of ৳500.00 for one recharge");
    expect(chat.types("51")).toContain("above your limit of ৳1,000.00 a day; ৳950.00 is used today");
    expect(chat.types("50")).toContain("Recharge ৳50.00");
    expect(chat.asked("quote")).toHaveLength(1);
  });
});
