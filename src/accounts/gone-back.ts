// The note that the ledger was found ahead of an account.
import { assert } from "../base/assert.ts";

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
