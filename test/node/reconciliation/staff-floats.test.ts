// What staff say of our money at the providers: what the desks keep, whom they tell, what the audit says.
import { beforeEach, describe, expect, test } from "vitest";
import { minor } from "../../../src/base/money.ts";
import type { ProviderSwitch } from "../../../src/recharges/ports.ts";
import { finishFloats } from "../../../src/reconciliation/compare-floats.ts";
import { acceptFloat, listFloats, setFloor, type StaffFloatParts } from "../../../src/reconciliation/staff-floats.ts";
import { t0 } from "../../support/account-in-node.ts";
import { openDesks } from "../../support/desk-in-node.ts";
import { aopay, backnpay, type Floats, gather, nurr, openFloats } from "./floats-fixture.ts";

const by = { staff: "asha", requestId: "req_1" };
const nobody = { ok: false, problem: { code: "not_found", detail: "There is no such provider." } };
const untouched = { balance: null, floor: null, baseline: null, checks: [] };

let floats: Floats;
let parts: StaffFloatParts;

beforeEach(() => {
  floats = openFloats();
  parts = { ...floats.parts, database: floats.partners.database };
});

/** Each line of the audit, with what it keeps of before and after. */
const audit = async () => {
  const rows = await floats.partners.database.all("select * from audit order by id", []);
  return rows.map(({ id: _id, before, after, ...row }) => ({
    ...row,
    before: JSON.parse(String(before)) as unknown,
    after: JSON.parse(String(after)) as unknown,
  }));
};
const line = { at: t0, staff: "asha", subject: nurr, request_id: "req_1" };

describe("the floats", () => {
  test("are listed in the order of the settings, each as its desk knows it", async () => {
    await floats.deskOf(aopay).takeBalance(minor(900), t0);
    expect(await listFloats(parts)).toEqual([
      { ...untouched, provider: backnpay, currency: "INR" },
      { ...untouched, provider: aopay, currency: "INR", balance: { amount: 900, at: t0 } },
      { ...untouched, provider: nurr, currency: "BDT" },
    ]);
  });
});

describe("a floor", () => {
  test("is kept with the balance that staff read, told to every shard, and audited", async () => {
    const told: ProviderSwitch[] = [];
    const shard = {
      takeSwitch: async (state: ProviderSwitch) => {
        told.push(state);
      },
      takeRules: async () => undefined,
    };
    const desk = openDesks(floats.partners.clock, () => [shard]);
    const wanted = { floor: minor(5_000), balance: minor(90_000) };
    const kept = { ...untouched, floor: 5_000, balance: { amount: 90_000, at: t0 } };
    expect(await setFloor({ ...parts, desk }, nurr, wanted, by)).toEqual({
      ok: true,
      value: { ...kept, provider: nurr, currency: "BDT" },
    });
    expect(told.at(-1)).toMatchObject({ provider: nurr, float: 85_000 });
    const after = { floor: 5_000, balance: 90_000 };
    const verb = "set_floor";
    expect(await audit()).toEqual([{ ...line, verb, before: { floor: null, balance: null }, after }]);
    expect(await setFloor({ ...parts, desk }, nurr, { floor: null, balance: null }, by)).toMatchObject({
      value: { floor: null, balance: { amount: 90_000 } },
    });
    expect(told.at(-1)).toMatchObject({ float: null });
    expect((await audit()).at(-1)).toEqual({ ...line, verb, before: after, after: { floor: null, balance: 90_000 } });
  });

  test("that a shard has not taken is a fault that names it, and is not in the audit until it is said again", async () => {
    let isAway = true;
    const shardAt = (index: number) => ({
      takeSwitch: async () => {
        if (isAway && index !== 1) throw new Error("away");
      },
      takeRules: async () => undefined,
    });
    const desk = openDesks(floats.partners.clock, () => [0, 1, 2].map(shardAt));
    const say = async () => setFloor({ ...parts, desk }, nurr, { floor: minor(1), balance: minor(2) }, by);
    await expect(say()).rejects.toThrow(
      new Error("the floor of nurr-sandbox did not reach the shards 0, 2; say it again"),
    );
    expect(await audit()).toEqual([]);
    isAway = false;
    expect(await say()).toMatchObject({ ok: true });
    expect(await audit()).toHaveLength(1);
  });

  test("of an unknown provider is refused", async () => {
    expect(await setFloor(parts, "nobody", { floor: minor(1), balance: null }, by)).toEqual(nobody);
    expect([await audit(), floats.asked]).toEqual([[], []]);
  });
});

/** One comparison a minute, with these balances of nurr's. */
async function compare(balances: readonly number[]): Promise<void> {
  for (const balance of balances) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await floats.deskOf(nurr).takeBalance(minor(balance), floats.partners.time.now);
    // oxlint-disable-next-line no-await-in-loop -- the same
    await finishFloats(floats.parts, await gather(floats));
    floats.partners.time.now += 60_000;
  }
}

describe("a difference", () => {
  test("is taken as it is: later comparisons start from it, and the audit has both with the reason", async () => {
    await compare([500, 700]);
    const { baseline: before, checks } = await floats.deskOf(nurr).readFloat();
    expect(checks.map(({ finding }) => finding)).toEqual(["differs", "baseline"]);
    const seen = { checkedAt: checks[0]?.checkedAt ?? 0, reason: "the bank's fee" };
    const accepted = await acceptFloat(parts, nurr, seen, by);
    const value = {
      provider: nurr,
      currency: "BDT",
      balance: { amount: 700 },
      floor: null,
      baseline: checks[0],
      checks,
    };
    expect(accepted).toMatchObject({ ok: true, value });
    expect((await floats.deskOf(nurr).readFloat()).baseline).toEqual(checks[0]);
    const after = { ...checks[0], reason: "the bank's fee" };
    expect(await audit()).toEqual([{ ...line, at: t0 + 120_000, verb: "accept_float", before, after }]);
  });

  test("is not taken where a newer comparison is there than the one that was seen; taken again it is the same", async () => {
    await compare([500, 700]);
    const [seen] = (await floats.deskOf(nurr).readFloat()).checks;
    await compare([650]);
    const before = await floats.deskOf(nurr).readFloat();
    const reason = "the bank's fee";
    const refused = await acceptFloat(parts, nurr, { checkedAt: seen?.checkedAt ?? 0, reason }, by);
    expect(refused).toMatchObject({ ok: false, problem: { problems: [{ pointer: "/checked_at" }] } });
    expect([await floats.deskOf(nurr).readFloat(), await audit()]).toEqual([before, []]);
    const newest = { checkedAt: before.checks[0]?.checkedAt ?? 0, reason };
    const accepted = await acceptFloat(parts, nurr, newest, by);
    expect(accepted).toMatchObject({ ok: true, value: { baseline: { balance: 650, finding: "differs" } } });
    expect(await acceptFloat(parts, nurr, newest, by), "the answer was lost").toEqual(accepted);
  });

  test("of what was never compared, or of an unknown provider, is refused", async () => {
    expect(await acceptFloat(parts, "nobody", { checkedAt: t0, reason: "why" }, by)).toEqual(nobody);
    const detail = "The float of this provider was never compared.";
    expect(await acceptFloat(parts, nurr, { checkedAt: t0, reason: "why" }, by)).toEqual({
      ok: false,
      problem: { code: "not_found", detail },
    });
    expect(await audit()).toEqual([]);
  });
});
