// Which transfers each event makes; the tables of `docs/ledger.md` are the examples.
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatAmount, minor } from "../../../src/base/money.ts";
import { debtOf, heldOf, walletOf } from "../../../src/ledger/chart.ts";
import { transfersOf } from "../../../src/ledger/transfers.ts";
import type { AccountEvent } from "../../../src/recharges/events.ts";
import { play } from "../../support/event-histories.ts";
import { steps } from "../../support/history-steps.ts";
import { rechargeOf, sampleRuling, walletView } from "../../support/sample-events.ts";

const numbered = { number: 5, at: 1_000, wallet: walletView("INR", 0, 0, 0) };
const recharge = rechargeOf(7, 1, { providerCommission: minor(30) });
const movement = {
  amount: minor(100_000),
  currency: "INR" as const,
  reason: "bank transfer",
  externalReference: "UTR-1",
  staff: "asha",
};
const cashback = { rechargeId: recharge.id, offer: "summer", amount: minor(100), currency: "INR" as const };
const points = { rechargeId: recharge.id, pointsHundredths: 10, totalHundredths: 250 };
const level = { rechargeId: recharge.id, level: { id: 1, key: "silver" } };
const debt = { amount: minor(500), currency: "INR" as const, rechargeId: null };

const dispute = { number: 1, rechargeId: recharge.id, disposition: "D11", comment: "", reason: null } as const;

const examples: readonly AccountEvent[] = [
  { ...numbered, type: "recharge.placed", recharge: { ...recharge, providerCommission: null } },
  { ...numbered, type: "recharge.succeeded", recharge },
  { ...numbered, type: "recharge.failed", recharge: { ...recharge, providerCommission: null } },
  { ...numbered, type: "recharge.reversed", recharge },
  { ...numbered, type: "recharge.case_opened", recharge, case: "doubt" },
  { ...numbered, type: "recharge.case_ruled", recharge, ruling: { ...sampleRuling, takesAgain: true } },
  { ...numbered, type: "wallet.credited", movement },
  { ...numbered, type: "wallet.debited", movement },
  { ...numbered, type: "debt.opened", debt },
  { ...numbered, type: "debt.paid", debt },
  { ...numbered, type: "reward.points_earned", reward: points },
  { ...numbered, type: "reward.points_unwound", reward: points },
  { ...numbered, type: "reward.level_reached", reward: level },
  { ...numbered, type: "reward.level_unwound", reward: level },
  { ...numbered, type: "reward.cashback_paid", reward: cashback },
  { ...numbered, type: "reward.cashback_unwound", reward: cashback },
  { ...numbered, type: "dispute.opened", dispute },
  { ...numbered, type: "dispute.won", dispute },
  { ...numbered, type: "dispute.lost", dispute },
  { ...numbered, type: "account.low_balance" },
  {
    ...numbered,
    type: "account.webhook_stopped",
    webhook: { endpointId: "whe_1", state: "paused", cause: "failing" },
  },
];

const document = readFileSync(new URL("../../../docs/ledger.md", import.meta.url), "utf8");

describe("transfersOf", () => {
  test.each(examples.map((event) => [event.type, event] as const))(
    "%s is booked as docs/ledger.md shows",
    (type, event) => {
      const section = document.split(`### ${type}\n`)[1]?.split("\n### ")[0] ?? "";
      const table = section.split("\n").flatMap((line) => (line.startsWith("|") ? [cellsOf(line)] : []));
      expect(table).toEqual(tableOf(event));
    },
  );
});

describe("legs", () => {
  test("keeps a leg's number when another one is zero", () => {
    const free = { ...recharge, commission: minor(0), cost: recharge.face };
    expect(transfersOf(7, { ...numbered, type: "recharge.succeeded", recharge: free })).toEqual([
      { account: 7, event: 5, leg: 1, debit: "held:7:INR", credit: "float:backnpay-1", amount: 2_000, currency: "INR" },
      {
        account: 7,
        event: 5,
        leg: 3,
        debit: "float:backnpay-1",
        credit: "margin:backnpay-1",
        amount: 30,
        currency: "INR",
      },
    ]);
  });

  test("books nothing for a ruling that takes no money again", () => {
    expect(transfersOf(7, { ...numbered, type: "recharge.case_ruled", recharge, ruling: sampleRuling })).toEqual([]);
    expect(transfersOf(7, { ...numbered, type: "recharge.case_ruled", recharge, ruling: null })).toEqual([]);
  });

  test("books no margin where the provider did not say what it kept back", () => {
    const silent = { ...recharge, providerCommission: null };
    const legs = transfersOf(7, { ...numbered, type: "recharge.reversed", recharge: silent }).map(({ leg }) => leg);
    expect(legs).toEqual([1, 2]);
  });

  test("throws on a negative amount", () => {
    const broken = { ...recharge, commission: minor(-1) };
    expect(() => transfersOf(7, { ...numbered, type: "recharge.succeeded", recharge: broken })).toThrow(
      "invariant broken: a transfer's amount is not negative",
    );
  });

  test("throws on a type that is not of the list", () => {
    const unknown = JSON.parse(JSON.stringify({ ...numbered, type: "recharge.vanished" }));
    expect(() => transfersOf(7, unknown)).toThrow("invariant broken");
  });
});

describe("the book foots", () => {
  test("a reversal takes back exactly what the success posted, into the wallet", () => {
    fc.assert(
      fc.property(fc.nat(5_000), fc.option(fc.nat(500)), (commission, kept) => {
        const order = rechargeOf(7, 1, {
          face: minor(5_000),
          commission: minor(commission),
          cost: minor(5_000 - commission),
          providerCommission: kept === null ? null : minor(kept),
        });
        const sums = sumsOf([
          { ...numbered, type: "recharge.placed", recharge: order },
          { ...numbered, type: "recharge.succeeded", recharge: order },
          { ...numbered, type: "recharge.reversed", recharge: order },
        ]);
        expect([...sums.values()].every((sum) => sum === 0)).toBe(true);
      }),
    );
  });

  test("adds up to the wallets that the events give, after every event of any history", () => {
    fc.assert(
      fc.property(steps, (tried) => {
        const { events, wallets } = play(7, tried);
        for (let count = 1; count <= events.length; count += 1) {
          const sums = sumsOf(events.slice(0, count));
          for (const wallet of wallets[count] ?? []) {
            const { currency } = wallet;
            expect({
              currency,
              balance: 0 - (sums.get(walletOf(7, currency)) ?? 0),
              held: 0 - (sums.get(heldOf(7, currency)) ?? 0),
              debt: sums.get(debtOf(7, currency)) ?? 0,
            }).toEqual(wallet);
          }
        }
      }),
    );
  });
});

/** Debits − credits of each ledger account. */
function sumsOf(events: readonly AccountEvent[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { debit, credit, amount } of events.flatMap((event) => transfersOf(7, event))) {
    sums.set(debit, (sums.get(debit) ?? 0) + amount);
    sums.set(credit, (sums.get(credit) ?? 0) - amount);
  }
  return sums;
}

/** The cells of a line of a Markdown table, however wide its columns are. */
function cellsOf(line: string): readonly string[] {
  return line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim().replace(/^-+(:?)$/, "-$1"));
}

function tableOf(event: AccountEvent): readonly (readonly string[])[] {
  const transfers = transfersOf(7, event);
  if (transfers.length === 0) return [];
  const total = formatAmount(minor(transfers.reduce((sum, { amount }) => sum + amount, 0)));
  return [
    ["leg", "ledger account", "debit", "credit"],
    ["-", "-", "-:", "-:"],
    ...transfers.flatMap(({ leg, debit, credit, amount }) => [
      [String(leg), `\`${debit}\``, formatAmount(amount), ""],
      [String(leg), `\`${credit}\``, "", formatAmount(amount)],
    ]),
    ["", "total", total, total],
  ];
}
