// (c) of the bench: the same recharge written straight to D1 on the way, three statements before the call and three after.
import { askUpstream, type BenchEnv, readOrder } from "./order.ts";

interface Env extends BenchEnv {
  DB: D1Database;
}

const partner = 1;
const commissionRate = 0.01;

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const path = new URL(request.url).pathname;
    if (request.method === "POST" && path === "/set-up") return setUp(env.DB);
    if (request.method !== "POST" || path !== "/v1/recharges") return new Response(null, { status: 404 });
    const order = readOrder(await request.json());
    const face = Math.round(Number(order.amount) * 100);
    const cost = face - Math.round(face * commissionRate);
    const id = await hold(env.DB, order, { face, cost });
    const answer = await askUpstream(env.UPSTREAM, order);
    await settle(env.DB, { id, cost, state: answer.STATUS === "SUCCESS" ? "succeeded" : "failed", said: answer.OPID });
    return Response.json({ id, agent_id: order.agent_id, state: "succeeded" }, { status: 201 });
  },
};

/** The recharge, the hold's transfer and the wallet, in one batch; returns the recharge's number. */
async function hold(
  db: D1Database,
  order: { agent_id: string; number: string },
  money: { face: number; cost: number },
): Promise<number> {
  const now = Date.now();
  const [inserted] = await db.batch([
    db
      .prepare(
        "insert into recharges (partner, agent_id, number, face, cost, state, created_at) values (?, ?, ?, ?, ?, 'sent', ?)",
      )
      .bind(partner, order.agent_id, order.number, money.face, money.cost, now),
    db
      .prepare("insert into transfers (agent_id, debit, credit, amount, at) values (?, 'wallet', 'held', ?, ?)")
      .bind(order.agent_id, money.cost, now),
    db
      .prepare("update wallets set balance = balance - ?1, held = held + ?1 where partner = ?2 and balance >= ?1")
      .bind(money.cost, partner),
  ]);
  return inserted?.meta.last_row_id ?? 0;
}

/** What the upstream said, the posting's transfer and the wallet, in one batch. */
async function settle(
  db: D1Database,
  outcome: { id: number; cost: number; state: string; said: string },
): Promise<void> {
  const now = Date.now();
  await db.batch([
    db
      .prepare("update recharges set state = ?, operator_reference = ?, updated_at = ? where id = ?")
      .bind(outcome.state, outcome.said, now, outcome.id),
    db
      .prepare("insert into transfers (agent_id, debit, credit, amount, at) values (?, 'held', 'float', ?, ?)")
      .bind(String(outcome.id), outcome.cost, now),
    db.prepare("update wallets set held = held - ? where partner = ?").bind(outcome.cost, partner),
  ]);
}

async function setUp(db: D1Database): Promise<Response> {
  await db.batch([
    db.prepare(
      "create table if not exists recharges (id integer primary key, partner integer not null, agent_id text not null, number text not null, face integer not null, cost integer not null, state text not null, operator_reference text, created_at integer not null, updated_at integer, unique (partner, agent_id))",
    ),
    db.prepare(
      "create table if not exists transfers (id integer primary key, agent_id text not null, debit text not null, credit text not null, amount integer not null, at integer not null)",
    ),
    db.prepare(
      "create table if not exists wallets (partner integer primary key, balance integer not null, held integer not null)",
    ),
    db.prepare("insert or ignore into wallets (partner, balance, held) values (?, ?, 0)").bind(partner, 1e14),
  ]);
  return new Response(null, { status: 204 });
}
