// The notes that the ledger was found ahead of an account, and above which counter it goes on.
import { assert } from "../base/assert.ts";
import type { AccountProfile } from "../recharges/profile.ts";

/** Faults where the account was set back: what it does not find may have been placed, so that neither "no" nor "not there" is true. */
export function assertKnowsAll(profile: Pick<AccountProfile, "isGoneBack"> | null): void {
  const knowsAll = profile?.isGoneBack !== true;
  assert(knowsAll, "the ledger knows later events than the account: nobody can say what was placed");
}

/** The account knows less than the ledger: it was restored to an earlier moment. It takes no new recharge until it is put right. */
export function noteGoneBack(sql: SqlStorage, ledgerEvent: number, now: number): void {
  assert(ledgerEvent > 0, "the ledger is ahead");
  sql.exec(
    `insert into restored (id, counter_floor, restored_at, ledger_event) values (1, 0, ?, ?)
     on conflict (id) do update set ledger_event = max(excluded.ledger_event, coalesce(ledger_event, 0))`,
    now,
    ledgerEvent,
  );
}

/** What was sent upstream after the last moment that is known is not known: its references, and so the counters, are never given again. */
const countersSkipped = 1_000_000;
const countedSince = Date.UTC(2026, 0, 1);

/** The counter above which recharges and attempts are numbered from now on. `last`: the highest one that is known. */
export function floorAbove(last: number, now: number): number {
  return countersSkipped + Math.max(last, hundredthsSince(now));
}

/** Grows faster than an account sends, so that the same copy returned twice has two floors; seven digits of base 36 last for decades. */
function hundredthsSince(now: number): number {
  return Math.max(0, Math.floor((now - countedSince) / 10));
}

/** Recharges and attempts are numbered above `floor` from now on. */
export function noteFloor(sql: SqlStorage, floor: number, now: number): void {
  sql.exec(
    `insert into restored (id, counter_floor, restored_at) values (1, ?, ?)
     on conflict (id) do update set counter_floor = max(counter_floor, excluded.counter_floor)`,
    floor,
    now,
  );
}

/** The account has what the ledger has. */
export function noteHealed(sql: SqlStorage, now: number): void {
  sql.exec("update restored set ledger_event = null, restored_at = ?", now);
}

/** The highest counter of a recharge or an attempt that the account knows. */
export function lastCounter(sql: SqlStorage): number {
  const last =
    "max(coalesce((select max(counter) from recharges), 0), coalesce((select max(counter) from attempts), 0))";
  return sql.exec<{ last: number }>(`select ${last} as last`).one().last;
}
