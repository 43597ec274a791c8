// Counts of what staff should see and no recharge waits for; kept by the desk named `installation`.

/**
 * `backnpay_duplicate`: replays of an agent id older than a day, or for another order (`docs/dialects.md`).
 * `callback_unmatched`: callbacks that matched no attempt when they came. `chat_message_given_up`: messages of ours that no
 * platform took. `float_differs`: comparisons of a provider's float with the book that nothing in flight explains.
 */
export const counterNames = [
  "backnpay_duplicate",
  "callback_unmatched",
  "chat_message_given_up",
  "float_differs",
] as const;
export type CounterName = (typeof counterNames)[number];

/** One count; `day` is the UTC day in days since 1970, `account` 0 where it belongs to none. */
export interface Counter {
  readonly name: CounterName;
  readonly account: number;
  readonly day: number;
  readonly count: number;
}

const dayMs = 86_400_000;
const keptDays = 90;
const readAtMost = 1_000;

/** Adds one to today's count. Counts of more than 90 days ago are dropped. */
export function addToCounter(sql: SqlStorage, name: CounterName, account: number, now: number): void {
  const day = Math.floor(now / dayMs);
  const added = sql.exec(
    `INSERT INTO counters (name, account, day, count) VALUES (?, ?, ?, 1)
     ON CONFLICT (name, account, day) DO UPDATE SET count = count + 1 RETURNING count`,
    name,
    account,
    day,
  );
  if (added.one()["count"] === 1) sql.exec("DELETE FROM counters WHERE day < ?", day - keptDays);
}

/** The counts, newest day first, at most 1 000 of them. */
export function readCounters(sql: SqlStorage): readonly Counter[] {
  return sql
    .exec<{ name: CounterName; account: number; day: number; count: number }>(
      "SELECT name, account, day, count FROM counters ORDER BY day DESC, name, account LIMIT ?",
      readAtMost,
    )
    .toArray();
}
