// A ledger with so many recharges of one partner that every list is full. For reading alone: the account knows nothing of them.

/** Leaves out what is there: counters and event numbers go on from these. */
export interface SeedFrom {
  readonly account: number;
  /** Last event that the ledger has of the account, and the balance of its INR wallet after it, minor units. */
  readonly event: number;
  readonly balance: number;
  readonly now: number;
}

export const seeded = 5_000;
const faceMinor = 2_000;
const costMinor = 1_980;
const twoWeeksMs = 14 * 86_400_000;
const inCase = 120;

interface Prepared {
  bind(...values: unknown[]): Prepared;
  run(): Promise<unknown>;
}
/** D1, in the Worker and in Node. */
export interface SeedDatabase {
  prepare(sql: string): Prepared;
}

const numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)";
// ?1 how many, ?2 account, ?3 last event, ?4 the time of the first, ?5 ms between two.
const at = "?4 + n.i * ?5";

/** Copies of the account's first recharge, over two weeks, with their events and transfers; some with a case, a dispute, a proposal. */
export async function seedLedger(database: SeedDatabase, { account, event, balance, now }: SeedFrom): Promise<void> {
  const wallet = `wallet:${account}:INR`;
  const args = [seeded, account, event, now - twoWeeksMs, twoWeeksMs / seeded];
  const run = async (sql: string, ...more: unknown[]): Promise<void> => {
    await database
      .prepare(sql)
      .bind(...args, ...more)
      .run();
  };
  await run(`${numbers}, one AS (SELECT * FROM recharges WHERE account = ?2 AND counter = 1)
    INSERT INTO recharges SELECT ?2, 1000 + i, ?3 + i, 'november/shop-17/order-' || i, one.mode, one.product,
      '98' || (10000000 + i * 13), one.fields, ${faceMinor}, ${faceMinor - costMinor}, ${costMinor}, one.currency, one.plan_version,
      CASE WHEN i > ?1 - ${inCase} THEN 'pending' WHEN i % 11 = 0 THEN 'failed' ELSE 'succeeded' END,
      iif(i % 11 = 0, NULL, 'claimed'), NULL, NULL, NULL, one.provider, 'LC' || i, NULL, ${at}, ${at}, NULL, NULL, NULL FROM n, one`);
  await run(
    `${numbers} INSERT INTO events SELECT ?2, ?3 + i, 'recharge.placed', 1000 + i, ${at}, 'INR',
      ?6 - i * ${costMinor}, i * ${costMinor}, 0, '{}' FROM n`,
    balance,
  );
  await run(
    `${numbers} INSERT INTO transfers SELECT ?2, ?3 + i, 0, ?6, ?7, ${costMinor}, 'INR', 1000 + i, ${at} FROM n`,
    wallet,
    `held:${account}:INR`,
  );
  const last = `n.i > ?1 - ${inCase}`;
  await run(
    `${numbers} INSERT INTO cases SELECT ?2, 1000 + i, ?3 + i, 'doubt', ${at}, NULL FROM n WHERE ${last} AND i % 2 = 0`,
  );
  await run(`${numbers} INSERT INTO disputes SELECT ?2, 1000 + i, 1, ?3 + i, 'D11',
    'The customer says that nothing came, and shows the balance before and after it', 'open', NULL, ${at}, NULL
    FROM n WHERE ${last} AND i % 2 = 1`);
  await run(`${numbers} INSERT INTO ruling_proposals SELECT ?2, 1000 + i, 1, 'failure', 'Asha Rao', ?4 + ?1 * ?5
    FROM n WHERE ${last} AND i % 6 = 0`);
  await run(`${numbers} INSERT INTO audit (at, staff, verb, subject, before, after, request_id)
    SELECT ${at}, 'Asha Rao', 'change_limits', 'ptn_' || ?2, json_object('was', hex(randomblob(200))),
      json_object('is', hex(randomblob(200)), 'event', ?3), 'req_' || i FROM n WHERE ${last}`);
}
