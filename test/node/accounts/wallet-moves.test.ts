// What each money move does to a wallet, and that no history of moves makes or loses money.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { WalletRecord } from "../../../src/accounts/book-store.ts";
import { hold, payIn, payOut, post, reverse, usedOn, voidHold } from "../../../src/accounts/wallet-moves.ts";
import { minor } from "../../../src/base/money.ts";
import { dayOf } from "../../../src/recharges/day.ts";

const now = Date.parse("2026-03-01T12:00:00Z");
const today = dayOf("INR", now);
const wallet: WalletRecord = {
  currency: "INR",
  balance: minor(10_000),
  held: minor(500),
  debt: minor(0),
  day: today,
  dayUsed: minor(700),
};
const recharge = { face: minor(2_000), cost: minor(1_980), day: today };

describe("a hold", () => {
  it("sets the cost aside and counts the face on its day", () => {
    const after = hold(wallet, recharge, now);
    expect(after).toEqual({ ...wallet, balance: 8_020, held: 2_480, dayUsed: 2_700 });
  });

  it("on a new day starts the count again", () => {
    const after = hold({ ...wallet, day: today - 1 }, recharge, now);
    expect(after).toMatchObject({ day: today, dayUsed: 2_000 });
  });

  it("may take the whole balance and not one unit more", () => {
    expect(hold({ ...wallet, balance: minor(1_980) }, recharge, now).balance).toBe(0);
    expect(() => hold({ ...wallet, balance: minor(1_979) }, recharge, now)).toThrow("a hold is covered");
  });

  it("counts on the day of creation in the wallet's zone and on no other", () => {
    const says = "invariant broken: a recharge counts on the day of its creation";
    expect(() => hold(wallet, { ...recharge, day: today - 1 }, now)).toThrow(says);
    const lateInDhaka = Date.parse("2026-03-01T18:10:00Z");
    expect(() => hold(wallet, recharge, lateInDhaka)).not.toThrow();
    expect(() => hold({ ...wallet, currency: "BDT" }, recharge, lateInDhaka)).toThrow(says);
  });
});

describe("what follows a hold", () => {
  const held = hold(wallet, recharge, now);

  it("post spends it", () => {
    expect(post(held, recharge)).toEqual({ ...held, held: 500 });
  });

  it("void gives it back whole, with the day's use, and pays no debt", () => {
    expect(voidHold(held, recharge)).toEqual(wallet);
    expect(voidHold({ ...held, debt: minor(9) }, recharge)).toEqual({ ...wallet, debt: 9 });
  });

  it("void on a later day leaves that day's use alone", () => {
    const later = { ...held, day: today + 1, dayUsed: minor(300) };
    expect(voidHold(later, recharge)).toMatchObject({ day: today + 1, dayUsed: 300, balance: 10_000 });
  });
});

describe("a reversal", () => {
  const posted = post(hold(wallet, recharge, now), recharge);

  it("gives back what was posted, with the day's use", () => {
    expect(reverse(posted, recharge)).toEqual({ wallet, debtPaid: 0 });
  });

  it.each([
    ["less than the cost", 80, 80, 0, 9_920],
    ["all of the cost", 1_980, 1_980, 0, 8_020],
    ["more than the cost", 2_000, 1_980, 20, 8_020],
  ])("pays debt first: %s", (_name, debt, debtPaid, debtLeft, balance) => {
    const after = reverse({ ...posted, debt: minor(debt) }, recharge);
    expect(after).toEqual({ wallet: { ...wallet, debt: debtLeft, balance }, debtPaid });
  });

  it("on a later day leaves that day's use alone", () => {
    expect(reverse({ ...posted, day: today + 1, dayUsed: minor(300) }, recharge).wallet.dayUsed).toBe(300);
  });
});

describe("money that comes in and goes out", () => {
  it.each([
    [0, 100, 0, 0, 10_100],
    [40, 100, 40, 0, 10_060],
    [100, 100, 100, 0, 10_000],
    [150, 100, 100, 50, 10_000],
  ])("with a debt of %d, a credit of %d pays %d of it", (debt, amount, debtPaid, debtLeft, balance) => {
    expect(payIn({ ...wallet, debt: minor(debt) }, minor(amount))).toEqual({
      wallet: { ...wallet, debt: debtLeft, balance },
      debtPaid,
    });
  });

  it("goes out only where the balance covers it", () => {
    expect(payOut(wallet, minor(10_000))).toEqual({ ...wallet, balance: 0 });
    expect(payOut(wallet, minor(10_001))).toBeNull();
  });
});

describe("the day's use", () => {
  it("is that of the day asked for, and nothing on any other", () => {
    expect([today - 1, today, today + 1].map((day) => usedOn(wallet, day))).toEqual([0, 700, 0]);
  });
});

/** One wallet's whole history, with the sums that the invariant compares. */
interface History {
  readonly wallet: WalletRecord;
  readonly open: readonly (typeof recharge)[];
  readonly posted: readonly (typeof recharge)[];
  readonly credits: number;
  readonly spent: number;
}

type Step = { readonly kind: "credit" | "debit" | "hold" | "post" | "void" | "reverse"; readonly amount: number };

const empty: History = {
  wallet: { ...wallet, balance: minor(0), held: minor(0), debt: minor(0), dayUsed: minor(0) },
  open: [],
  posted: [],
  credits: 0,
  spent: 0,
};

function holdNext(history: History, amount: number): History {
  const next = { face: minor(amount + 7), cost: minor(amount), day: today };
  if (history.wallet.balance < amount) return history;
  return { ...history, wallet: hold(history.wallet, next, now), open: [...history.open, next] };
}

function move(history: History, { kind, amount }: Step): History {
  const { wallet: before, open, posted, credits, spent } = history;
  const [first, ...rest] = open;
  const [last, ...others] = posted;
  switch (kind) {
    case "credit":
      return { ...history, wallet: payIn(before, minor(amount)).wallet, credits: credits + amount };
    case "debit": {
      const after = payOut(before, minor(amount));
      return after === null ? history : { ...history, wallet: after, credits: credits - amount };
    }
    case "hold":
      return holdNext(history, amount);
    case "post":
      if (first === undefined) return history;
      return {
        ...history,
        wallet: post(before, first),
        open: rest,
        posted: [...posted, first],
        spent: spent + first.cost,
      };
    case "void":
      return first === undefined ? history : { ...history, wallet: voidHold(before, first), open: rest };
    case "reverse":
      if (last === undefined) return history;
      return { ...history, wallet: reverse(before, last).wallet, posted: others, spent: spent - last.cost };
    default:
      throw new Error(kind satisfies never);
  }
}

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom("credit", "debit", "hold", "post", "void", "reverse"),
  amount: fc.integer({ min: 1, max: 500 }),
});

describe("any history of a wallet", () => {
  it("keeps wallet + held − debt = credits − posted, and nothing below zero", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 0, max: 1_000 }), (steps, debt) => {
        const start = { ...empty, wallet: { ...empty.wallet, debt: minor(debt) }, credits: 0 - debt };
        for (let history = start, rest = steps; rest.length > 0; rest = rest.slice(1)) {
          history = rest.slice(0, 1).reduce<History>(move, history);
          const { balance, held, debt: owed, dayUsed } = history.wallet;
          expect(balance + held - owed).toBe(history.credits - history.spent);
          expect(Math.min(balance, held, owed, dayUsed)).toBeGreaterThanOrEqual(0);
          expect(held).toBe(history.open.reduce((sum, one) => sum + one.cost, 0));
          const counted = [...history.open, ...history.posted];
          expect(dayUsed).toBe(counted.reduce((sum, one) => sum + one.face, 0));
        }
      }),
    );
  });
});
