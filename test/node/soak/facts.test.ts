// What the end of a soak run finds out: each fact, broken one at a time.
import { describe, expect, test } from "vitest";
import { brokenFacts, type RunFacts } from "../../../scripts/soak/facts.ts";
import type { AccountFindings, JournalEntry, Standing } from "../../../scripts/soak/findings.ts";
import type { SoakOrder } from "../../../scripts/soak/schedule.ts";
import type { Experience } from "../../../scripts/soak/client.ts";
import type { Findings } from "../../../scripts/soak/settle.ts";

const order: SoakOrder = {
  agentId: "soak-1",
  partner: 0,
  product: "in.airtel.prepaid",
  currency: "INR",
  number: "9000000100",
  amount: 20,
  script: "success",
  manner: "waits",
  hangUpAfterMs: 0,
};
const standing: Standing = { id: "rch_1", state: "succeeded", cost: 1_980, has_open_case: false };
const entry: JournalEntry = {
  id: 1,
  account: "sim-user",
  number: order.number,
  script: "success",
  cost: 1_960,
  state: "succeeded",
  executions: 1,
  deliveries: 1,
  refunded: false,
  reversed: false,
};
const account: AccountFindings = {
  partner: { id: "ptn_1", account: 2, key: "" },
  wallets: [
    { currency: "INR", balance: 99_998_020, held: 0, debt: 0 },
    { currency: "BDT", balance: 100_000_000, held: 0, debt: 0 },
  ],
  events: [
    { number: 1, type: "wallet.credited" },
    { number: 2, type: "recharge.placed", recharge: { agent_id: "soak-1", state: "pending" } },
    { number: 3, type: "recharge.succeeded", recharge: { agent_id: "soak-1", state: "succeeded" } },
  ],
  figures: { event_number: 3, pending: 0, forgotten: 0 },
};
const ledger: Findings["ledger"] = {
  events: [{ account: 2, rows: 3, last: 3 }],
  recharges: [{ account: 2, agent_id: "soak-1", state: "succeeded", cost: 1_980 }],
  balances: new Map([
    ["wallet:2:INR", 99_998_020],
    ["wallet:2:BDT", 100_000_000],
  ]),
};
const upstreamWallets = new Map([
  ["sim-user", 999_998_040],
  ["sim-user-2", 1_000_000_000],
  ["SIM-1", 1_000_000_000],
  ["sim-key", 1_000_000_000],
]);
const reconciliation = { kind: "done", differences: 0, forgotten: 0, faults: 0 } as const;
const experience: Experience = {
  told: [
    { id: null, state: "pending" },
    { id: "rch_1", state: "succeeded" },
  ],
  repeats: [],
  disconnects: 0,
  complaint: null,
};

interface Changes {
  readonly standing?: Partial<Standing> | null;
  readonly entries?: readonly JournalEntry[];
  readonly account?: Partial<AccountFindings>;
  readonly findings?: Partial<Findings>;
  readonly experience?: Partial<Experience>;
}

function broken(changes: Changes): readonly string[] {
  const findings: Findings = {
    standings: new Map([[order, changes.standing === null ? null : { ...standing, ...changes.standing }]]),
    accounts: [{ ...account, ...changes.account }],
    journal: new Map([[order.number, changes.entries ?? [entry]]]),
    heardOfReversal: new Set(),
    upstreamWallets,
    ledger,
    reconciliation,
    ...changes.findings,
  };
  const run: RunFacts = {
    orders: [order],
    experiences: new Map([[order, { ...experience, ...changes.experience }]]),
    findings,
  };
  return brokenFacts(run);
}

test("nothing is broken where all agree", () => {
  expect(broken({})).toEqual([]);
});

const cases: readonly (readonly [string, Changes])[] = [
  ["soak-1 is lost", { standing: null }],
  ["executed 2 times", { entries: [{ ...entry, executions: 2 }] }],
  ["executed 2 times", { entries: [entry, { ...entry, account: "SIM-1" }] }],
  ["it succeeded and was not executed", { entries: [{ ...entry, executions: 0 }] }],
  ["it failed and was executed", { standing: { state: "failed" } }],
  ["it was reversed and stands upstream", { standing: { state: "reversed" } }],
  ["2 upstreams had it", { entries: [entry, { ...entry, executions: 0, state: "lost" }] }],
  ["an attempt was sent twice", { entries: [{ ...entry, deliveries: 2 }] }],
  ["an attempt was sent twice", { entries: [{ ...entry, script: "delivered_twice", deliveries: 3 }] }],
  ["a client was told rch_2", { experience: { told: [{ id: "rch_2", state: "pending" }] } }],
  ["a client was told failed", { experience: { told: [{ id: "rch_1", state: "failed" }] } }],
  ["never answered", { experience: { complaint: "never answered" } }],
  ["somebody told so, and it stands", { findings: { heardOfReversal: new Set([order]) } }],
  ["it cost 1979", { standing: { cost: 1_979 } }],
  ["pending and nobody's case", { standing: { state: "pending" } }],
  ["the wallet in BDT is missing", { account: { wallets: account.wallets.slice(0, 1) } }],
  ["the ledger's wallet in INR is 0", { findings: { ledger: { ...ledger, balances: new Map() } } }],
  [
    "what the ledger holds in INR is 1980",
    { findings: { ledger: { ...ledger, balances: new Map([...ledger.balances, ["held:2:INR", 1_980]]) } } },
  ],
  [
    "its events have a gap before number 3",
    { account: { events: [account.events[0], account.events[2]].flatMap((one) => (one === undefined ? [] : [one])) } },
  ],
  ["it counts 4 events", { account: { figures: { event_number: 4, pending: 0, forgotten: 0 } } }],
  [
    "the ledger has 2 of its 3 events",
    { findings: { ledger: { ...ledger, events: [{ account: 2, rows: 2, last: 3 }] } } },
  ],
  ["the last event of soak-1 says pending", { account: { events: account.events.slice(0, 2) } }],
  [
    "2 recharges were placed for 1 orders",
    { account: { events: [...account.events, { number: 4, type: "recharge.placed" }] } },
  ],
  ["the ledger has 0 recharges of 1", { findings: { ledger: { ...ledger, recharges: [] } } }],
  [
    "the ledger says of soak-1: pending",
    { findings: { ledger: { ...ledger, recharges: ledger.recharges.map((row) => ({ ...row, state: "pending" })) } } },
  ],
  ["1 recharges are forgotten", { account: { figures: { event_number: 3, pending: 1, forgotten: 1 } } }],
  ["upstream account SIM-1 has no wallet", { findings: { upstreamWallets: new Map([["sim-user", 999_998_040]]) } }],
  ["reconciliation found 1 differences", { findings: { reconciliation: { ...reconciliation, differences: 1 } } }],
  ["reconciliation found no faults", { findings: { reconciliation: { kind: "kept_apart" } } }],
];

describe("a broken fact is said", () => {
  test.each(cases)("%s", (said, changes) => {
    expect(broken(changes).some((line) => line.includes(said))).toBe(true);
  });
});

describe("what is no broken fact", () => {
  const pending = { standing: { state: "pending", has_open_case: true } } as const;

  test("a case, whether its order was executed or not", () => {
    for (const entries of [[], [entry], [{ ...entry, executions: 0, state: "lost" }]] as const)
      expect(broken({ ...pending, entries }).filter((line) => line.startsWith("soak-1"))).toEqual([
        expect.stringContaining("a client was told succeeded"),
      ]);
  });

  test("a success that was reversed upstream and here, after a client was told of the success", () => {
    const entries = [{ ...entry, state: "failed", refunded: true, reversed: true }] as const;
    expect(broken({ standing: { state: "reversed" }, entries }).filter((line) => line.startsWith("soak-1"))).toEqual(
      [],
    );
  });

  test("an upstream that declined before another one executed", () => {
    const refused = { ...entry, id: 2, account: "SIM-1", executions: 0, state: "refused" } as const;
    expect(broken({ entries: [refused, entry] })).toEqual([]);
  });
});
