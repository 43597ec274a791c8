// (a) of the bench: a Hono proxy that only passes the recharge on to the upstream.
import { Hono } from "hono";
import { askUpstream, type BenchEnv, readOrder } from "./order.ts";

const app = new Hono<{ Bindings: BenchEnv }>();

app.post("/v1/recharges", async (context) => {
  const order = readOrder(await context.req.json());
  const answer = await askUpstream(context.env.UPSTREAM, order);
  return context.json({ agent_id: order.agent_id, state: answer.STATUS === "SUCCESS" ? "succeeded" : "pending" }, 201);
});

export default app;
