// A hint against what an attempt has come to: its question is asked until the provider has answered it.
import { beforeEach, describe, expect, test } from "vitest";
import type { LookupOutcome } from "../../../src/recharges/outcome.ts";
import { addPartner, openPartners, type Partners, placeInNode } from "../../support/account-in-node.ts";

let partners: Partners;
let account: number;
let id: string;

const unanswered: LookupOutcome = { kind: "in_doubt", carried: {}, said: "no answer" };
const failed = { kind: "failed", carried: { theirReference: "T-1" }, cause: "operator", said: "FAILED" } as const;
const succeeded = { kind: "succeeded", carried: { theirReference: "T-1" }, said: "SUCCESS" } as const;

/** A recharge that succeeded, at a provider that can be asked. */
beforeEach(async () => {
  partners = openPartners();
  partners.upstream.isRationSpent = false;
  partners.upstream.answer = { kind: "succeeded", carried: { theirReference: "T-1" }, said: "SUCCESS" };
  account = await addPartner(partners);
  ({ id } = await placeInNode(partners, account, "backnpay"));
  partners.time.now += 5_000;
});

const state = async () => (await partners.account(account).readEvidence(id))?.recharge.state;
const nextStepAt = async () => (await partners.account(account).readEvidence(id))?.attempts[0]?.nextStepAt;

/** A callback from somewhere. */
async function hear(attempt: number, outcome: typeof failed | typeof succeeded): Promise<void> {
  const heard = { provider: "backnpay-sandbox", isAuthentic: false, receivedAt: partners.time.now };
  await partners.account(account).takeCallback({ ...heard, attempt, outcome });
}

/** A callback about the first attempt; resolves when what it set off is over. */
async function hint(outcome: typeof failed | typeof succeeded): Promise<void> {
  await hear(1, outcome);
  await partners.settled();
}

async function later(ms: number): Promise<void> {
  partners.time.now += ms;
  await partners.account(account).alarm();
}

describe("a hint that a success was taken back", () => {
  test("is asked about once, where the provider answers", async () => {
    partners.upstream.lookup = failed;
    await hint(failed);
    expect([await state(), partners.upstream.lookups, await nextStepAt()]).toEqual(["reversed", 1, null]);
  });

  test("ends where the provider stays with its success", async () => {
    partners.upstream.lookup = succeeded;
    await hint(failed);
    await later(60_000);
    expect([await state(), partners.upstream.lookups, await nextStepAt()]).toEqual(["succeeded", 1, null]);
  });

  test.each([
    ["was not answered", unanswered],
    ["never started", { kind: "not_started" }],
  ] as const)("is asked about again on the schedule where the lookup %s", async (_what, lookup) => {
    partners.upstream.lookup = lookup;
    await hint(failed);
    await later(1_000);
    await later(5_000);
    expect(await state()).toBe("succeeded");
    expect(partners.upstream.lookups).toBe(3);
    partners.upstream.lookup = failed;
    await later(5_000);
    expect([await state(), await nextStepAt()]).toEqual(["reversed", null]);
  });

  test("is asked about by the schedule where the object ended before it could ask", async () => {
    await later(0);
    partners.upstream.lookup = failed;
    partners.upstream.isDeskSilent = true;
    await hear(1, failed);
    const plannedAt = (await nextStepAt()) ?? 0;
    expect(plannedAt).toBeGreaterThan(partners.time.now);
    expect(await partners.account(account).state.storage.getAlarm(), "the alarm is set at once").toBe(plannedAt);
    partners.upstream.isDeskSilent = false;
    partners.reopen(account);
    expect(partners.upstream.lookups).toBe(0);
    await later(1_000);
    expect([await state(), partners.upstream.lookups]).toEqual(["reversed", 1]);
  });
});

describe("a hint that comes within five minutes of one that bought a lookup", () => {
  const lateMs = 300_000;

  test("is asked about by the schedule after them, until it is answered", async () => {
    partners.upstream.isHintSpent = true;
    await hint(failed);
    await later(lateMs - 1);
    expect([await state(), partners.upstream.lookups]).toEqual(["succeeded", 0]);
    partners.upstream.lookup = unanswered;
    await later(1);
    partners.upstream.lookup = failed;
    await later(5_000);
    expect([await state(), partners.upstream.lookups, await nextStepAt()]).toEqual(["reversed", 2, null]);
  });

  test("asks nothing where the provider has answered the same since", async () => {
    partners.upstream.lookup = succeeded;
    await hint(failed);
    partners.upstream.isHintSpent = true;
    await hint(failed);
    expect(await nextStepAt()).toBeNull();
    await later(lateMs);
    expect([await state(), partners.upstream.lookups]).toEqual(["succeeded", 1]);
  });
});

describe("a hint without a lookup", () => {
  test("changes nothing where its lookup is refused", async () => {
    partners.upstream.isRationSpent = true;
    await hint(failed);
    expect([partners.upstream.lookups, await nextStepAt()]).toEqual([0, null]);
    partners.upstream.isRationSpent = false;
    await later(60_000);
    expect([await state(), partners.upstream.lookups]).toEqual(["succeeded", 0]);
  });

  test("leaves the question of an earlier one open where its own lookup is refused", async () => {
    partners.upstream.lookup = unanswered;
    await hint(failed);
    partners.upstream.isRationSpent = true;
    await hint(failed);
    partners.upstream.isRationSpent = false;
    partners.upstream.lookup = failed;
    await later(5_000);
    expect(await state()).toBe("reversed");
  });

  test("is nothing new where it says what is known", async () => {
    await hint(succeeded);
    expect([partners.upstream.lookups, await nextStepAt()]).toEqual([0, null]);
  });
});

test("a hint that comes again long after the answer to it is asked about until it is answered again", async () => {
  partners.upstream.lookup = succeeded;
  await hint(failed);
  partners.time.now += 600_000;
  partners.upstream.lookup = unanswered;
  await hint(failed);
  expect([await state(), partners.upstream.lookups]).toEqual(["succeeded", 2]);
  partners.upstream.lookup = failed;
  await later(5_000);
  expect([await state(), partners.upstream.lookups, await nextStepAt()]).toEqual(["reversed", 3, null]);
});

test("an authenticated word that a success was taken back is asked about until the provider has answered", async () => {
  partners.upstream.lookup = unanswered;
  const heard = { provider: "backnpay-sandbox", isAuthentic: true, receivedAt: partners.time.now };
  await partners.account(account).takeCallback({ ...heard, attempt: 1, outcome: failed });
  await later(1);
  const file = await partners.account(account).readEvidence(id);
  expect([await state(), partners.upstream.lookups, file?.openCase?.kind]).toEqual([
    "succeeded",
    1,
    "reversal_disputed",
  ]);
  await later(1);
  expect(partners.upstream.lookups, "on the schedule").toBe(1);
  partners.upstream.lookup = failed;
  await later(5_000);
  expect([await state(), await nextStepAt()]).toEqual(["reversed", null]);
});

test("a hint that a failure succeeded after all is asked about until it is answered", async () => {
  partners.upstream.answer = { kind: "failed", carried: { theirReference: "T-1" }, cause: "operator", said: "FAILED" };
  const placed = await placeInNode(partners, account, "backnpay");
  partners.time.now += 5_000;
  partners.upstream.lookup = unanswered;
  await hear(2, succeeded);
  await partners.settled();
  partners.upstream.lookup = succeeded;
  await later(5_000);
  const file = await partners.account(account).readEvidence(placed.id);
  expect(file?.openCase?.kind).toBe("late_success");
});

test("the log names the recharge, and nothing of its order, where a step of it breaks or an answer is another's", async () => {
  const { upstream, lines } = partners;
  upstream.broken = "line";
  const placed = await placeInNode(partners, account, "backnpay");
  upstream.broken = null;
  upstream.lookup = { kind: "succeeded", carried: { number: "9000000000" }, said: "SUCCESS" };
  await later(60_000);
  upstream.broken = "line";
  await later(60_000);
  upstream.broken = "desk";
  await later(60_000);
  await hear(2, succeeded);
  await partners.settled();
  const named = { recharge: placed.id, attempt: 2 };
  const told = new Map(lines.map(({ event, facts }) => [event, facts]));
  const events = ["submit.threw", "provider.alarm", "lookup.threw", "settlement.step", "callback.lookup"];
  expect(events.map((event) => told.get(event))).toEqual(events.map(() => expect.objectContaining(named)));
  expect(JSON.stringify(lines)).not.toContain(placed.subscriber);
});
