// Events of one account → one batch for the ledger, which may be repeated, and which never leaves a gap. Pure.
import { assert } from "../base/assert.ts";
import { readRechargeId } from "../base/id.ts";
import type { AccountEvent, RechargeFacts } from "../recharges/events.ts";
import { caseRow, disputeRow } from "./case-rows.ts";
import type { Statement } from "./client.ts";
import { transfersOf } from "./transfers.ts";

/** So many events go into one batch: each is about 1 KB of JSON, and D1 takes 2 MB in one argument. */
export const maxEventsPerBatch = 500;

/** The events from the first one on, as far as they are numbered without a gap, and at most one batch of them. */
export function contiguousRun(events: readonly AccountEvent[]): readonly AccountEvent[] {
  const first = events[0];
  if (first === undefined) return [];
  const gap = events.findIndex((event, index) => event.number !== first.number + index);
  return events.slice(0, Math.min(gap === -1 ? events.length : gap, maxEventsPerBatch));
}

/**
 * The statements that write `events`, which must be a contiguous run. The batch takes what is above the ledger's own watermark
 * and nothing at all when it starts beyond the next number. The last statement answers with the watermark afterwards.
 */
export function batchOf(account: number, events: readonly AccountEvent[]): readonly Statement[] {
  const [first] = events;
  assert(first !== undefined && contiguousRun(events).length === events.length, "a batch is a contiguous run");
  const write = (sql: string, rows: readonly unknown[][]): readonly Statement[] =>
    rows.length === 0 ? [] : [{ sql, args: [JSON.stringify(rows), account, first.number] }];
  return [
    ...write(writeRecharges, lastBy(events, rechargeRow)),
    ...write(
      writeTransfers,
      events.flatMap((event) => transferRows(account, event)),
    ),
    ...write(
      writeWalletStates,
      lastBy(events, (event) => ({ key: event.wallet.currency, row: walletRow(event) })),
    ),
    ...write(
      writeCases,
      events.flatMap((event) => caseRow(event, subjectOf(account, event)) ?? []),
    ),
    ...write(
      writeDisputes,
      events.flatMap((event) => disputeRow(event, subjectOf(account, event)) ?? []),
    ),
    // Last: the others are measured against the watermark from before.
    ...write(
      writeEvents,
      events.map((event) => eventRow(account, event)),
    ),
    watermarkStatement(account),
  ];

  function rechargeRow(event: AccountEvent): Keyed | null {
    if (!("recharge" in event)) return null;
    const key = counterOf(account, event.recharge.id);
    return { key: String(key), row: stateRow(key, event, event.recharge) };
  }
}

/** Reads the ledger's own highest event number of an account, 0 for none: its events have no gap. */
export function watermarkStatement(account: number): Statement {
  return { sql: "SELECT coalesce(max(number), 0) AS watermark FROM events WHERE account = ?1", args: [account] };
}

interface Keyed {
  readonly key: string;
  readonly row: unknown[];
}

/** One row per key, that of the last event. */
function lastBy(events: readonly AccountEvent[], read: (event: AccountEvent) => Keyed | null): unknown[][] {
  const rows = new Map<string, unknown[]>();
  for (const event of events) {
    const keyed = read(event);
    if (keyed !== null) rows.set(keyed.key, keyed.row);
  }
  return [...rows.values()];
}

/** The account's counter of a recharge; its id must be of this account. */
function counterOf(account: number, rechargeId: string): number {
  const id = readRechargeId(rechargeId);
  assert(id !== null && id.accountNumber === account, "an event's recharge belongs to its account");
  return id.counter;
}

function stateRow(counter: number, event: AccountEvent, recharge: RechargeFacts): unknown[] {
  const { agentId, mode, product, number, fields, face, commission, cost, currency, planVersion } = recharge;
  const { state, proof, operatorReference, failure, repeatOf, provider, reference, providerCommission } = recharge;
  return [
    event.number,
    counter,
    agentId,
    mode,
    product,
    number,
    JSON.stringify(fields),
    face,
    commission,
    cost,
    currency,
    planVersion,
    state,
    proof,
    operatorReference,
    failure === null ? null : JSON.stringify(failure),
    repeatOf,
    provider,
    reference,
    providerCommission,
    recharge.createdAt,
    event.at,
    recharge.answer?.word ?? null,
    recharge.answer?.ms ?? null,
    recharge.declinedBy === undefined ? null : JSON.stringify(recharge.declinedBy),
  ];
}

/** The counter of the recharge that an event is about; null for one about the wallet alone. */
function subjectOf(account: number, event: AccountEvent): number | null {
  if ("recharge" in event) return counterOf(account, event.recharge.id);
  if ("reward" in event) return counterOf(account, event.reward.rechargeId);
  if ("dispute" in event) return counterOf(account, event.dispute.rechargeId);
  if ("debt" in event && event.debt.rechargeId !== null) return counterOf(account, event.debt.rechargeId);
  return null;
}

function transferRows(account: number, event: AccountEvent): unknown[][] {
  const counter = subjectOf(account, event);
  return transfersOf(account, event).map(({ leg, debit, credit, amount, currency }) => [
    event.number,
    leg,
    debit,
    credit,
    amount,
    currency,
    counter,
    event.at,
  ]);
}

function walletRow({ number, at, wallet }: AccountEvent): unknown[] {
  return [number, wallet.currency, at, wallet.balance, wallet.held, wallet.debt];
}

function eventRow(account: number, event: AccountEvent): unknown[] {
  const { number, type, at, wallet } = event;
  const counter = subjectOf(account, event);
  const { currency, balance, held, debt } = wallet;
  // Not as text: SQLite makes its text, and quotes that are escaped three times over are most of a batch.
  return [number, type, counter, at, currency, balance, held, debt, event];
}

// Each row opens with its event number. ?1: the rows as JSON, ?2: the account, ?3: the number of the run's first event.
const watermark = "(SELECT coalesce(max(number), 0) FROM events WHERE account = ?2)";
// Materialized: the table would make the text of a row again for each column that is read of it.
const given = "WITH given AS MATERIALIZED (SELECT value FROM json_each(?1))";
const newRows = `FROM given WHERE ?3 <= ${watermark} + 1 AND value ->> 0 > ${watermark}`;

/** `value ->> first`, …, `value ->> last`. */
function columns(first: number, last: number): string {
  return Array.from({ length: last - first + 1 }, (_, index) => `value ->> ${first + index}`).join(", ");
}

const writeRecharges = `INSERT INTO recharges (account, last_event, counter, agent_id, mode, product, number, fields, face, commission,
  cost, currency, plan_version, state, proof, operator_reference, failure, repeat_of, provider, reference, provider_commission,
  created_at, updated_at, answer, answer_ms, declined_by) ${given} SELECT ?2, ${columns(0, 24)} ${newRows}
  ON CONFLICT (account, counter) DO UPDATE SET last_event = excluded.last_event, state = excluded.state, proof = excluded.proof,
  operator_reference = excluded.operator_reference, failure = excluded.failure, provider = excluded.provider,
  reference = excluded.reference, provider_commission = excluded.provider_commission, updated_at = excluded.updated_at,
  answer = excluded.answer, answer_ms = excluded.answer_ms, declined_by = excluded.declined_by
  WHERE excluded.last_event > recharges.last_event`;

const writeTransfers = `INSERT INTO transfers (account, event, leg, debit, credit, amount, currency, recharge, at)
  ${given} SELECT ?2, ${columns(0, 7)} ${newRows} ON CONFLICT DO NOTHING`;

const writeWalletStates = `INSERT INTO wallet_states (account, event, currency, at, balance, held, debt)
  ${given} SELECT ?2, ${columns(0, 5)} ${newRows}
  ON CONFLICT (account, currency) DO UPDATE SET event = excluded.event, at = excluded.at, balance = excluded.balance,
  held = excluded.held, debt = excluded.debt WHERE excluded.event > wallet_states.event`;

// A case that is opened while it is open has become one of another kind, and keeps its age.
const writeCases = `INSERT INTO cases (account, last_event, recharge, kind, opened_at, closed_at)
  ${given} SELECT ?2, ${columns(0, 4)} ${newRows} ON CONFLICT (account, recharge) DO UPDATE SET last_event = excluded.last_event,
  kind = excluded.kind, closed_at = excluded.closed_at,
  opened_at = iif(cases.closed_at IS NULL OR excluded.closed_at IS NOT NULL, cases.opened_at, excluded.opened_at)
  WHERE excluded.last_event > cases.last_event`;

const writeDisputes = `INSERT INTO disputes (account, last_event, recharge, number, disposition, comment, state, reason, opened_at,
  closed_at) ${given} SELECT ?2, ${columns(0, 8)} ${newRows} ON CONFLICT (account, recharge, number) DO UPDATE
  SET last_event = excluded.last_event, state = excluded.state, reason = excluded.reason, closed_at = excluded.closed_at
  WHERE excluded.last_event > disputes.last_event`;

const writeEvents = `INSERT INTO events (account, number, type, recharge, at, currency, balance, held, debt, data)
  ${given} SELECT ?2, ${columns(0, 8)} ${newRows} ON CONFLICT DO NOTHING`;
