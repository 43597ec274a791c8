// The simulator's journal on an object's storage: it survives, its alarm executes late recharges and sends callbacks.
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, expect, it, vi } from "vitest";
import simulator from "../../../functions/simulator.ts";
import { minor } from "../../../src/base/money.ts";
import { JournalObject, type SimulatorSettings } from "../../../src/simulator/journal-object.ts";
import "../../support/sandbox.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

const everything = { reference: null, number: null, after: 0, limit: 100 };
const query = (number: string) =>
  `userid=sim-user&pass=sim-pass&mob=${number}&opt=3&amt=10&agentid=REF${number}&fmt=Json`;

async function ask(target: string, settings: SimulatorSettings, init?: RequestInit): Promise<Response> {
  return simulator.fetch(new Request(`http://simulator.test${target}`, init), { ...settings, JOURNAL: env.JOURNAL });
}

async function recharge(number: string): Promise<Response> {
  return ask(`/API/APIService.aspx?${query(number)}`, {});
}

it("keeps journal, wallets and faults when the object is restarted", async () => {
  const body = JSON.stringify({ seed: "a", rate: 1, kinds: ["failed"] });
  expect((await ask("/faults", {}, { method: "PUT", body })).status).toBe(204);
  expect((await recharge("9826386400")).status).toBe(200);
  const journal = env.JOURNAL.getByName("upstreams");
  await evictDurableObject(journal);
  await recharge("9826386480");
  expect(await journal.readEntries(everything)).toMatchObject([
    { number: "9826386400", script: "success", executions: 1 },
    { number: "9826386480", script: "failed", executions: 0 },
  ]);
  const login = "userid=sim-user&pass=sim-pass&fmt=Json";
  const balance = await ask(`/API/APIService.aspx?${login}&Get=CB`, {});
  expect(await balance.json()).toMatchObject({ STATUS: "9999990.20" });
  const lookup = await ask(`/API/APIService.aspx?${login}&csagentid=REF9826386400`, {});
  expect(await lookup.json()).toMatchObject({ STATUS: "SUCCESS", OPID: "OP0000000001" });
  expect((await ask("/journal", {}, { method: "DELETE" })).status).toBe(204);
  expect(await journal.readEntries(everything)).toEqual([]);
  expect(await journal.readWallets()).toMatchObject([{ balance: "10000000.00" }, {}, {}, {}]);
});

/** A journal of its own with these settings; what it fetches is noted. */
async function withJournal<Value>(
  settings: SimulatorSettings,
  use: (journal: JournalObject, state: DurableObjectState, fetched: string[]) => Promise<Value>,
): Promise<Value> {
  const fetched: string[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input) => {
    fetched.push(input instanceof Request ? input.url : input.toString());
    return new Response();
  });
  const stub = env.JOURNAL.get(env.JOURNAL.newUniqueId());
  return runInDurableObject(stub, (_, state) => use(new JournalObject(state, settings), state, fetched));
}

const received = {
  protocol: "backnpay",
  account: "sim-user",
  reference: "REF1",
  code: "3",
  format: "json",
  refusal: null,
} as const;

/** Moves the clock; the storage's own alarm still rings in real time, which is later than these tests last. */
function moveClock(ms: number): void {
  const later = Date.now() + ms;
  vi.spyOn(Date, "now").mockReturnValue(later);
}

it("executes late by its alarm, at a time that TIME_DIVISOR divides", async () => {
  await withJournal({ TIME_DIVISOR: "10" }, async (journal, state) => {
    const before = Date.now();
    const answer = await journal.receive({ ...received, number: "9826386442", amount: minor(1_000) });
    expect(answer.how).toBe("never");
    const alarm = (await state.storage.getAlarm()) ?? 0;
    expect(alarm).toBeGreaterThanOrEqual(before + 4_000);
    expect(alarm).toBeLessThanOrEqual(Date.now() + 4_000);
    await journal.alarm();
    const read = () => state.storage.sql.exec("select state, executions from journal").one();
    expect(read()).toEqual({ state: "lost", executions: 0 });
    moveClock(4_000);
    await journal.alarm();
    expect(read()).toEqual({ state: "succeeded", executions: 1 });
  });
});

it("sends the callbacks of a script once, from its alarm, where a URL is set", async () => {
  const url = "http://partner.example/hook";
  await withJournal({ CALLBACK_URL: url }, async (journal, _, fetched) => {
    await journal.receive({ ...received, number: "9826386465", amount: minor(1_000) });
    await journal.alarm();
    expect(fetched).toEqual([]);
    moveClock(2_000);
    await journal.alarm();
    await journal.alarm();
    const sent = `${url}?status=SUCCESS&rpid=SIM000000000001&mobile=9826386465&amount=10&agentid=REF1&opid=OP0000000001`;
    expect(fetched).toEqual([sent, sent]);
  });
});

it("sends none where no URL is set", async () => {
  await withJournal({}, async (journal, state, fetched) => {
    await journal.receive({ ...received, number: "9826386465", amount: minor(1_000) });
    moveClock(2_000);
    await journal.alarm();
    expect(await state.storage.getAlarm()).toBeNull();
    expect(fetched).toEqual([]);
  });
});
