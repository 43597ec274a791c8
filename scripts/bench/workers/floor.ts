// (d) of the bench, the floor: one object call with a commit of one row before the upstream call and one after.
import { DurableObject } from "cloudflare:workers";
import { askUpstream, type BenchEnv, type BenchOrder, readOrder } from "./order.ts";

interface Env extends BenchEnv {
  FLOOR: DurableObjectNamespace<FloorObject>;
}

/** One object that writes one row, asks, and writes that row again. */
export class FloorObject extends DurableObject<Env> {
  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    state.storage.sql.exec(
      "create table if not exists recharges (id integer primary key, agent_id text not null, state text not null)",
    );
  }

  async place(order: BenchOrder): Promise<{ id: number; state: string }> {
    const { sql } = this.ctx.storage;
    const { id } = sql
      .exec<{ id: number }>("insert into recharges (agent_id, state) values (?, 'sent') returning id", order.agent_id)
      .one();
    const answer = await askUpstream(this.env.UPSTREAM, order);
    const state = answer.STATUS === "SUCCESS" ? "succeeded" : "pending";
    sql.exec("update recharges set state = ? where id = ?", state, id);
    return { id, state };
  }
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const order = readOrder(await request.json());
    const placed = await env.FLOOR.getByName("one").place(order);
    return Response.json({ ...placed, agent_id: order.agent_id }, { status: 201 });
  },
};
