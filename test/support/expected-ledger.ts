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
  /** Kind, when it was opened and closed. */
  readonly cases: readonly unknown[];
  readonly disputes: readonly unknown[];
}

export function expectedContents(account: number, events: readonly AccountEvent[]): LedgerContents {
  const recharges = new Map<number, unknown>();
  const walletStates = new Map<string, unknown>();
  const cases = new Map<number, ExpectedCase>();
  const disputes = new Map<
    number,
    { readonly openedAt: number; readonly closedAt: number | null; readonly state: string }
  >();
  for (const event of events) {
    if ("recharge" in event) keepCase(cases, event, readRechargeId(event.recharge.id)?.counter ?? 0);
    if ("dispute" in event) keepDispute(disputes, event);
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
    cases: [...cases].toSorted(([left], [right]) => left - right).map(([, row]) => row),
    disputes: [...disputes].toSorted(([left], [right]) => left - right).map(([, row]) => row),
  };
}

interface ExpectedCase {
  readonly recharge: number;
  readonly lastEvent: number;
  readonly kind: string;
  readonly openedAt: number;
  readonly closedAt: number | null;
}

interface ExpectedDispute {
  readonly openedAt: number;
  readonly closedAt: number | null;
  readonly state: string;
}

function keepDispute(
  disputes: Map<number, ExpectedDispute>,
  event: Extract<AccountEvent, { readonly dispute: unknown }>,
): void {
  const recharge = readRechargeId(event.dispute.rechargeId)?.counter ?? 0;
  const { number, disposition, comment, reason } = event.dispute;
  const openedAt = disputes.get(recharge)?.openedAt ?? event.at;
  const state = event.type.replace("dispute.", "").replace("opened", "open");
  const closedAt = state === "open" ? null : event.at;
  const row = { recharge, number, disposition, comment, reason, lastEvent: event.number, state, openedAt, closedAt };
  disputes.set(recharge, row);
}

function keepCase(cases: Map<number, ExpectedCase>, event: AccountEvent, recharge: number): void {
  const known = cases.get(recharge);
  const same = { recharge, lastEvent: event.number };
  if (event.type === "recharge.case_opened") {
    const openedAt = known?.closedAt === null ? known.openedAt : event.at;
    cases.set(recharge, { ...same, kind: event.case, openedAt, closedAt: null });
  } else if ("closesCase" in event && event.closesCase !== undefined)
    cases.set(recharge, { ...same, kind: event.closesCase, openedAt: known?.openedAt ?? event.at, closedAt: event.at });
}

export async function readContents(database: LedgerDatabase, account: number): Promise<LedgerContents> {
  const [events = [], transfers = [], recharges = [], walletStates = [], cases = [], disputes = []] =
    await database.batch(
      [
        "SELECT number, type, at, currency, balance, held, debt, data FROM events WHERE account = ? ORDER BY number",
        "SELECT account, event, leg, debit, credit, amount, currency FROM transfers WHERE account = ? ORDER BY event, leg",
        `SELECT counter, last_event AS lastEvent, state, provider_commission AS providerCommission, updated_at AS updatedAt
        FROM recharges WHERE account = ? ORDER BY counter`,
        "SELECT event, at, currency, balance, held, debt FROM wallet_states WHERE account = ? ORDER BY currency",
        `SELECT recharge, last_event AS lastEvent, kind, opened_at AS openedAt, closed_at AS closedAt
        FROM cases WHERE account = ? ORDER BY recharge`,
        `SELECT recharge, number, disposition, comment, reason, last_event AS lastEvent, state, opened_at AS openedAt,
        closed_at AS closedAt FROM disputes WHERE account = ? ORDER BY recharge`,
      ].map((sql) => ({ sql, args: [account] })),
    );
  return {
    events: events.map((row) => ({ ...row, data: JSON.parse(String(row["data"])) })),
    transfers: transfers.map((row) => ({ ...row })),
    recharges: recharges.map((row) => ({ ...row })),
    walletStates: walletStates.map((row) => ({ ...row })),
    cases: cases.map((row) => ({ ...row })),
    disputes: disputes.map((row) => ({ ...row })),
  };
}
