// Journal, wallets and faults as tests and people read and set them.
import { describe, expect, test } from "vitest";
import { simulate } from "./simulated.ts";

const put = (body: unknown): RequestInit => ({ method: "PUT", body: JSON.stringify(body) });

describe("the journal", () => {
  test("tells what came, what was answered and what was executed when", async () => {
    const { clock, recharge, journal } = simulate();
    await recharge("9826386430");
    clock.now += 3_000;
    const [entry] = await journal();
    expect(entry).toMatchObject({
      at: "2027-01-15T08:00:00.000Z",
      reference: "REF9826386430",
      cost: "9.80",
      state: "succeeded",
      executed_at: "2027-01-15T08:00:02.000Z",
      deliveries: 1,
      refunded: false,
      reversed: false,
      their_reference: "SIM000000000001",
      operator_reference: "OP0000000001",
    });
    expect(entry?.answered).toMatch(/^200 \{"STATUS":"PENDING"/);
  });

  test("tells of refunds and reversals", async () => {
    const { clock, recharge, journal } = simulate();
    for (const suffix of ["40", "44", "45"]) await recharge(`98263864${suffix}`);
    clock.now += 20_000;
    expect(await journal()).toMatchObject([
      { answered: "(no answer)", state: "succeeded", refunded: false, reversed: false },
      { state: "failed", executed: false, refunded: true, reversed: false },
      { state: "failed", executed: true, refunded: true, reversed: true },
    ]);
  });
});

describe("the journal's controls", () => {
  test("filter by reference, by number and after an id", async () => {
    const { recharge, journal, send } = simulate();
    for (const suffix of ["00", "01", "02"]) await recharge(`98263864${suffix}`);
    const idsOf = async (query: string) => (await journal(query)).map((entry) => entry.id);
    expect(await idsOf("")).toEqual([1, 2, 3]);
    expect(await idsOf("?reference=REF9826386401")).toEqual([2]);
    expect(await idsOf("?number=9826386402")).toEqual([3]);
    expect(await idsOf("?after=1")).toEqual([2, 3]);
    expect(await idsOf("?after=1&number=9826386400")).toEqual([]);
    expect((await send("/journal?after=x")).status).toBe(400);
  });

  test("forget it by DELETE, with the faults, and the wallets are full again", async () => {
    const { recharge, journal, send } = simulate();
    await send("/faults", put({ seed: "a", rate: 1, kinds: ["failed"] }));
    await recharge("9826386400");
    expect((await send("/journal", { method: "DELETE" })).status).toBe(204);
    expect(await journal()).toEqual([]);
    expect(await (await send("/wallets")).json()).toMatchObject([
      { account: "sim-user", balance: "10000000.00" },
      {},
      {},
      {},
    ]);
    await recharge("9826386480");
    expect(await journal()).toMatchObject([{ script: "success" }]);
  });
});

const scheduleOf = async (order: readonly string[], seed: string) => {
  const { recharge, aopay, nurr, journal, send } = simulate();
  await send("/faults", put({ seed, rate: 0.4, kinds: ["failed", "lost_after_execution", "broken_body"] }));
  for (const number of order) {
    await recharge(number);
    await aopay(number);
    await nurr(`017${number.slice(2)}`);
  }
  const entries = await journal();
  return entries.map(({ protocol, number, script }) => `${protocol} ${number} ${script}`).toSorted();
};

describe("the faults", () => {
  test("replace the success of unlisted suffixes alone", async () => {
    const { recharge, journal, send } = simulate();
    const response = await send("/faults", put({ seed: "a", rate: 1, kinds: ["html_before_execution"] }));
    expect(response.status).toBe(204);
    for (const suffix of ["00", "10", "80", "99"]) await recharge(`98263864${suffix}`);
    const scripts = (await journal()).map((entry) => entry.script);
    expect(scripts).toEqual(["success", "failed", "html_before_execution", "html_before_execution"]);
  });

  test("fall on the same recharges whatever the order of arrival", async () => {
    const numbers = Array.from({ length: 60 }, (_, i) => `98${String(263_000 + i)}80`);
    const schedule = await scheduleOf(numbers, "a");
    expect(new Set(schedule.map((line) => line.split(" ")[2]))).toEqual(
      new Set(["success", "failed", "lost_after_execution", "broken_body"]),
    );
    expect(await scheduleOf(numbers.toReversed(), "a")).toEqual(schedule);
    expect(await scheduleOf(numbers, "b")).not.toEqual(schedule);
  });

  test("are drawn anew when a number without a reference comes again", async () => {
    const { aopay, journal, send } = simulate();
    await send("/faults", put({ seed: "a", rate: 0.5, kinds: ["failed"] }));
    for (let i = 0; i < 20; i += 1) await aopay("9826386480");
    expect(new Set((await journal()).map((entry) => entry.script))).toEqual(new Set(["success", "failed"]));
  });

  test.each([
    [{ seed: "a", rate: 2, kinds: ["failed"] }],
    [{ seed: "a", rate: 0.5, kinds: ["nothing"] }],
    [{ seed: "a", rate: 0.5, kinds: [] }],
    [{ rate: 0.5, kinds: ["failed"] }],
    [null],
  ])("are refused when they are %j", async (body) => {
    expect((await simulate().send("/faults", put(body))).status).toBe(422);
  });
});

test("the paths of backnpay are taken in any case, by GET and by POST", async () => {
  const { send, journal } = simulate();
  const order = { userid: "sim-user", pass: "sim-pass", opt: "3", amt: "10", fmt: "json" };
  const query = new URLSearchParams({ ...order, mob: "9826386400", agentid: "REF1" });
  await send(`/api/apiservice.ASPX?${query.toString()}`);
  const body = new URLSearchParams({ ...order, mob: "9826386500", agentid: "REF2" });
  await send("/API/NewAPIService.aspx", { method: "POST", body });
  expect(await journal()).toMatchObject([{ reference: "REF1" }, { reference: "REF2" }]);
});
