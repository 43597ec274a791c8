// What of a pulse is an alert: each rule by what breaks it, and what it says where nobody was heard.
import { describe, expect, it } from "vitest";
import { minor } from "../../../src/base/money.ts";
import { type AlertLimits, type AlertRule, alertRules, findAlerts } from "../../../src/operations/alert-rules.ts";
import { noAccounts, type Pulse } from "../../../src/operations/pulse.ts";
import { goodProvider, goodPulse } from "../../support/sample-pulse.ts";

const hourMs = 3_600_000;
const limits: AlertLimits = {
  doubtAgeMs: hourMs / 2,
  caseAgeMs: hourMs,
  outboxLagMs: 60_000,
  floatBelow: new Map([["nurr-1", minor(10_000)]]),
  webhooksDead: 2,
  objectBytes: 1_000,
};
const now = 10 * hourMs;
const well: Pulse = { ...goodPulse, at: now };
const run = (more: object) => ({ ...well, run: well.run && { ...well.run, ...more } });
const accounts = (more: object) => ({ ...well, accounts: { ...noAccounts, ...more } });
const provider = (more: object) => ({ ...well, providers: [{ ...goodProvider, ...more }] });
const open = (ageMs: number) => ({
  open: [
    { provider: "nurr-1", currency: "BDT", state: "sent", count: 1, cost: minor(1_000), oldestAt: now },
    { provider: "nurr-1", currency: "BDT", state: "in_doubt", count: 2, cost: minor(3_960), oldestAt: now - ageMs },
  ],
});
const kind = (ageMs: number) => ({
  ...well,
  booked: { recent: [], disputes: 0, cases: [{ kind: "doubt" as const, count: 2, oldestAt: now - ageMs }] },
});
const differs = { finding: "differs", difference: -1_250, checkedAt: 0 };

/** What breaks each rule, and what just does not. */
const table = {
  run_failed: [{ ...well, run: null, accounts: null }, well],
  ledger_down: [{ ...well, booked: null }, well],
  accounts_unheard: [run({ faults: 3 }), run({ faults: 0 })],
  doubt_old: [accounts(open(hourMs / 2)), accounts(open(hourMs / 2 - 1))],
  case_old: [kind(hourMs), kind(hourMs - 1)],
  outbox_lag: [
    accounts({ outbox: { accounts: 1, events: 9, oldestAt: now - 60_000 } }),
    accounts({ outbox: { accounts: 1, events: 9, oldestAt: now - 59_999 } }),
  ],
  account_gone_back: [accounts({ goneBack: 1 }), accounts({ goneBack: 0 })],
  wallets_differ: [run({ differences: 1 }), run({ differences: 0 })],
  recharges_forgotten: [run({ forgotten: 1 }), run({ forgotten: 0 })],
  float_low: [
    provider({ balance: { amount: minor(9_999), at: 0 } }),
    provider({ balance: { amount: minor(10_000), at: 0 } }),
  ],
  float_differs: [provider({ float: differs }), provider({ float: { ...differs, finding: "in_flight" } })],
  breaker_open: [provider({ breaker: "half_open" }), provider({ breaker: "closed" })],
  lookups_spent: [provider({ lookupsLeft: 0 }), provider({ lookupsLeft: 1 })],
  webhooks_dead: [
    accounts({ webhooks: { pending: 0, dead: 2, stopped: 0, oldestAt: null } }),
    accounts({ webhooks: { pending: 9, dead: 1, stopped: 9, oldestAt: 0 } }),
  ],
  account_large: [
    accounts({ largest: { account: 7, bytes: 1_000 } }),
    accounts({ largest: { account: 7, bytes: 999 } }),
  ],
} as const satisfies Record<AlertRule, readonly [unknown, unknown]>;

/** The table's pulses are spelled out by hand, field by field. */
const asPulse = (value: object) => value as Pulse;
const rulesOf = (pulse: Pulse) => findAlerts(pulse, limits).found.map(({ rule }) => rule);

describe("an alert", () => {
  it.each(alertRules)("%s stands where its rule is broken, alone, and not a moment before", (rule) => {
    const [broken, good] = table[rule];
    expect(rulesOf(asPulse(broken))).toEqual([rule]);
    expect(rulesOf(asPulse(good))).toEqual([]);
  });

  it("says in one sentence what it is about", () => {
    const [first] = findAlerts(asPulse(table.doubt_old[0]), limits).found;
    expect(first).toEqual({
      rule: "doubt_old",
      subject: "nurr-1",
      text: "3 recharges at nurr-1 are pending, the oldest for 30 min; 49.60 BDT is held.",
    });
    expect(findAlerts(asPulse(table.float_low[0]), limits).found[0]?.text).toBe(
      "Our balance at nurr-1 is 99.99 BDT, below 100.00.",
    );
    expect(findAlerts(asPulse(table.float_differs[0]), limits).found[0]?.text).toBe(
      "The balance of nurr-1 differs by -12.50 BDT from what our book expects.",
    );
  });

  it("goes by the floor that staff set, too", () => {
    expect(rulesOf(asPulse(provider({ floor: minor(500_001) })))).toEqual(["float_low"]);
  });
});

const unknownOf = (pulse: object) => [...findAlerts(asPulse(pulse), limits).unknown].toSorted();

describe("what is not known", () => {
  it("is nothing after a thorough run that heard everybody", () => {
    expect(unknownOf(well)).toEqual([]);
  });

  it("is all of the accounts where the run broke off or some did not answer", () => {
    const ofAccounts = [
      "account_gone_back",
      "account_large",
      "doubt_old",
      "outbox_lag",
      "wallets_differ",
      "webhooks_dead",
    ];
    expect(unknownOf(run({ faults: 1 }))).toEqual(ofAccounts);
    expect(unknownOf({ ...well, run: null, accounts: null })).toEqual(
      [...ofAccounts, "accounts_unheard", "recharges_forgotten"].toSorted(),
    );
  });

  it("is what only a thorough run looks at, the cases of a ledger that is down, and the providers whose desk is silent", () => {
    expect(unknownOf({ ...well, isThorough: false })).toEqual(["recharges_forgotten", "wallets_differ"]);
    expect(unknownOf({ ...well, booked: null })).toEqual(["case_old"]);
    expect(unknownOf({ ...well, unheard: ["nurr-1"] })).toEqual([
      "breaker_open",
      "float_differs",
      "float_low",
      "lookups_spent",
    ]);
  });
});
