// What a shard keeps of a number and of a provider, and for how long.
import { describe, expect, it } from "vitest";
import { switchAfter } from "../../../src/numbers/candidates.ts";
import { minor } from "../../../src/base/money.ts";
import {
  claimKeptMs,
  compact,
  decideClaim,
  emptyRecord,
  expiryOf,
  ownPart,
  sendKeptMs,
  withoutClaim,
  withSend,
} from "../../../src/numbers/number-guard.ts";
import { dayMs, rules, now, kept, closed, recordOf, question, taken } from "./guard-fixture.ts";

describe("what is kept", () => {
  it("forgets a released claim, its send and its part in velocity, and no other", () => {
    const record = recordOf(kept, { ...kept, serial: 2, agentId: "A-2" });
    expect(withoutClaim(record, kept)).toEqual({ ...record, claims: [record.claims[1]] });
    expect(withoutClaim(record, { ...kept, amount: minor(1) })).toEqual(record);
    expect(withoutClaim(record, { ...kept, account: 9 })).toEqual(record);
  });

  it("keeps the last send of an amount to a provider", () => {
    const send = { provider: "first", amount: minor(1), at: 1 };
    const others = [
      { ...send, provider: "second" },
      { ...send, amount: minor(2) },
    ];
    const record = { ...emptyRecord, sends: [send, ...others] };
    expect(withSend(record, { ...send, at: 2 })).toEqual({ ...record, sends: [...others, { ...send, at: 2 }] });
  });

  it("shows a partner that only asks its own claims and nobody's sends", () => {
    const record = {
      ...recordOf(kept, { ...kept, serial: 2, account: 2 }),
      sends: [{ provider: "x", amount: minor(1), at: 1 }],
    };
    expect(ownPart(record, 1)).toEqual({ serial: 2, claims: [kept], sends: [] });
  });
});

const lives = [
  ["an open claim", recordOf({ ...kept, at: now }), rules, claimKeptMs],
  ["a claim that is over", recordOf({ ...kept, at: now, isOpen: false }), rules, sendKeptMs],
  [
    "a claim that still counts for velocity",
    recordOf({ ...kept, at: now, isOpen: false }),
    { ...rules, velocityWindowMs: 2 * dayMs },
    2 * dayMs,
  ],
  ["a send", { ...emptyRecord, sends: [{ provider: "x", amount: minor(1), at: now }] }, rules, sendKeptMs],
] as const;

describe("how long it is kept", () => {
  it.each(lives)("keeps %s for its time and no longer", (_name, record, itsRules, keptMs) => {
    expect(keptMs).toBeGreaterThanOrEqual(dayMs);
    expect(expiryOf(record, itsRules)).toBe(now + keptMs);
    expect(compact(record, now + keptMs - 1, itsRules)).toEqual(record);
    expect(compact(record, now + keptMs, itsRules)).toEqual({ ...record, claims: [], sends: [] });
  });

  it("keeps an open claim for thirty days and an empty record for none", () => {
    expect(claimKeptMs).toBe(30 * dayMs);
    expect(expiryOf(emptyRecord, rules)).toBe(0);
  });

  it("lasts as long as the longest of its parts", () => {
    const over = { ...kept, at: now, isOpen: false };
    const record = { ...recordOf(over), sends: [{ provider: "x", amount: minor(1), at: now + 5 }] };
    expect(expiryOf(record, rules)).toBe(now + 5 + sendKeptMs);
    expect(expiryOf({ ...record, claims: [over, kept] }, rules)).toBe(kept.at + claimKeptMs);
  });

  it("sheds what is too old whenever a claim is taken", () => {
    const old = { ...kept, at: now - sendKeptMs, isOpen: false };
    expect(taken(decideClaim(question({ record: recordOf(old) }))).record.claims.map((claim) => claim.serial)).toEqual([
      2,
    ]);
  });
});

describe("a provider's switch in a shard", () => {
  it("is taken once and only from newer pushes", () => {
    const pushed = { provider: "first", isOff: true, trippedUntil: null, float: null, version: 2 };
    const known = { ...closed, version: 2, probedUntil: 5 };
    expect(switchAfter(undefined, pushed)).toEqual({ ...pushed, probedUntil: null });
    expect(switchAfter({ ...known, version: 1 }, pushed)).toEqual({ ...pushed, probedUntil: null });
    expect(switchAfter(known, pushed)).toBe(known);
    expect(switchAfter({ ...known, version: 3 }, pushed)).toMatchObject({ isOff: false, version: 3 });
  });
});
