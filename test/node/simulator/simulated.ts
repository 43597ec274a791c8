// The simulator over SQLite in memory, with a clock that a test sets and a wait that only notes how long it would be.
import { DatabaseSync } from "node:sqlite";
import { minor } from "../../../src/base/money.ts";
import type { Faults } from "../../../src/simulator/faults.ts";
import { receive } from "../../../src/simulator/journal.ts";
import { type Cell, createTables, moveBalance, readBalance, type Sql } from "../../../src/simulator/journal-rows.ts";
import { findTransaction, settleDue, takeCallbacks } from "../../../src/simulator/journal-rules.ts";
import {
  clearJournal,
  type EntryView,
  readEntries,
  readFaults,
  readWallets,
  writeFaults,
} from "../../../src/simulator/journal-views.ts";
import { readBacknpayReply } from "../../../src/wire/backnpay/reply.ts";
import { createSimulator } from "../../../src/simulator/simulator.ts";
import type { Upstream } from "../../../src/simulator/upstream.ts";

/** SQLite's rows have the columns that the query names: the one place that says so. */
function memorySql(): Sql {
  const db = new DatabaseSync(":memory:");
  return {
    run: <Row extends Record<string, Cell>>(query: string, ...bindings: readonly Cell[]) =>
      db.prepare(query).all(...bindings) as Row[],
  };
}

function upstreamOver(sql: Sql, clock: { now: number }, timeDivisor: number): Upstream {
  const settled = <Value>(read: () => Value): Promise<Value> => {
    settleDue(sql, clock.now);
    return Promise.resolve(read());
  };
  return {
    receive: (received) => {
      const faults = readFaults(sql);
      return Promise.resolve(receive(sql, received, { now: clock.now, timeDivisor, faults, sendsCallbacks: true }));
    },
    lookUp: (account, name) =>
      settled(() => ({ found: findTransaction(sql, account, name), balance: minor(readBalance(sql, account)) })),
    readBalance: (account) => settled(() => minor(readBalance(sql, account))),
    readEntries: (filter) => settled(() => readEntries(sql, filter)),
    readWallets: () => settled(() => readWallets(sql)),
    moveWallet: async (account, change) => {
      moveBalance(sql, account, change);
      return true;
    },
    setFaults: async (faults: Faults) => writeFaults(sql, faults),
    clear: async () => clearJournal(sql),
  };
}

export function simulate(timeDivisor = 1) {
  const sql = memorySql();
  createTables(sql);
  const clock = { now: 1_800_000_000_000 };
  const waits: number[] = [];
  const upstream = upstreamOver(sql, clock, timeDivisor);
  const app = createSimulator(
    () => upstream,
    async (ms) => void waits.push(ms),
  );
  const send = async (path: string, init: RequestInit = {}) => app.request(`http://upstream.example${path}`, init, {});
  const backnpay = async (fields: Record<string, string>) =>
    send(
      `/API/APIService.aspx?${new URLSearchParams({ userid: "sim-user", pass: "sim-pass", fmt: "Json", ...fields })}`,
    );
  const recharge = async (number: string, fields: Record<string, string> = {}) =>
    backnpay({ mob: number, opt: "3", amt: "10", agentid: `REF${number}`, ...fields });
  const aopay = async (number: string, fields: Record<string, unknown> = {}) => {
    const order = { RegistrationID: "SIM-1", ProductID: 511, Amount: 10, Geocode: "23.6,76.8", CustomerNumber: number };
    return send("/api/AOP/V2/MobileRecharge", { method: "POST", body: JSON.stringify({ ...order, ...fields }) });
  };
  const nurr = async (phone: string, fields: Record<string, string> = {}) => {
    const login = { api_key: "sim-key", api_secret: "sim-secret" };
    const body = new URLSearchParams({ ...login, phone, amount: "20", operator: "GP", ...fields });
    return send("/api/mobile-recharge.php", { method: "POST", body });
  };
  // What the simulator itself presents as entries.
  const journal = async (query = "") => (await (await send(`/journal${query}`)).json()) as EntryView[];
  const callbacks = () => takeCallbacks(sql, clock.now);
  return { clock, waits, send, backnpay, recharge, aopay, nurr, journal, callbacks };
}

/** The fields of a backnpay reply; null when it has none. */
export async function readFields(response: Response) {
  return readBacknpayReply(await response.text());
}
