// What a ledger must hold after a run of events, worked out without its SQL, and what it does hold.
import { readRechargeId } from "../../src/base/id.ts";
import type { LedgerDatabase } from "../../src/ledger/client.ts";
import { transfersOf } from "../../src/ledger/transfers.ts";
import type { AccountEvent } from "../../src/recharges/events.ts";

export interface LedgerContents {
  readonly events: readonly unknown[];
  readonly transfers: readonly unknown[];
  /** Counter, last event and state of each. */
  readonly recharges: readonly unknown[];
  readonly walletStates: readonly unknown[];
}

export function expectedContents(account: number, events: readonly AccountEvent[]): LedgerContents {
  const recharges = new Map<number, unknown>();
  const walletStates = new Map<string, unknown>();
  for (const event of events) {
    if ("recharge" in event) {
      const counter = readRechargeId(event.recharge.id)?.counter ?? 0;
      const { state, providerCommission } = event.recharge;
      recharges.set(counter, { counter, lastEvent: event.number, state, providerCommission, updatedAt: event.at });
    }
    walletStates.set(event.wallet.currency, { event: event.number, at: event.at, ...event.wallet });
  }
  return {
    events: events.map((event) => ({
      number: event.number,
      type: event.type,
      at: event.at,
      ...event.wallet,
      data: event,
    })),
    transfers: events.flatMap((event) => transfersOf(account, event)),
    recharges: [...recharges].toSorted(([left], [right]) => left - right).map(([, row]) => row),
    walletStates: [...walletStates].toSorted(([left], [right]) => left.localeCompare(right)).map(([, row]) => row),
  };
}

export async function readContents(database: LedgerDatabase, account: number): Promise<LedgerContents> {
  const [events = [], transfers = [], recharges = [], walletStates = []] = await database.batch(
    [
      "SELECT number, type, at, currency, balance, held, debt, data FROM events WHERE account = ? ORDER BY number",
      "SELECT account, event, leg, debit, credit, amount, currency FROM transfers WHERE account = ? ORDER BY event, leg",
      `SELECT counter, last_event AS lastEvent, state, provider_commission AS providerCommission, updated_at AS updatedAt
        FROM recharges WHERE account = ? ORDER BY counter`,
      "SELECT event, at, currency, balance, held, debt FROM wallet_states WHERE account = ? ORDER BY currency",
    ].map((sql) => ({ sql, args: [account] })),
  );
  return {
    events: events.map((row) => ({ ...row, data: JSON.parse(String(row["data"])) })),
    transfers: transfers.map((row) => ({ ...row })),
    recharges: recharges.map((row) => ({ ...row })),
    walletStates: walletStates.map((row) => ({ ...row })),
  };
}
