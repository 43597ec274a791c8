// The three upstreams at their own paths, and the controls: journal, wallets, faults.
import { Hono } from "hono";
import { readAopayRequest } from "../wire/aopay/request.ts";
import { readBacknpayRequest } from "../wire/backnpay/request.ts";
import { readNurrRequest } from "../wire/nurr/request.ts";
import { receiveAopay } from "./aopay.ts";
import * as backnpay from "./backnpay.ts";
import { faultsSchema, movementSchema } from "./journal-views.ts";
import { receiveNurr } from "./nurr.ts";
import type { Reply } from "./reply.ts";
import { sendAnswer, type Wait, waitForTime } from "./send.ts";
import type { Upstream } from "./upstream.ts";

/** `GET /journal` shows at most this many entries; `after` pages on. */
const entriesPerPage = 10_000;

/** `upstreamOf` finds the journal in the bindings of a request; `wait` is replaced where a test must not wait. */
export function createSimulator<Bindings extends object>(
  upstreamOf: (bindings: Bindings) => Upstream,
  wait: Wait = waitForTime,
): Hono<{ Bindings: Bindings }> {
  // Clients of the backnpay family write its path in any case.
  const app = new Hono<{ Bindings: Bindings }>({ getPath: (request) => new URL(request.url).pathname.toLowerCase() });
  app.use(async (c, next) => {
    // Hono runs the GET of a HEAD: at backnpay's path that would be a recharge.
    if (c.req.method === "HEAD") return c.body(null, 405);
    return next();
  });
  for (const path of ["/api/apiservice.aspx", "/api/newapiservice.aspx"])
    app.on(["GET", "POST"], path, async (c) => answerBacknpay(upstreamOf(c.env), c.req.raw, wait));
  app.post("/api/aop/v2/mobilerecharge", async (c) => {
    const received = receiveAopay(readAopayRequest(await c.req.text()));
    return sendAnswer(await upstreamOf(c.env).receive(received), c.req.raw.signal, wait);
  });
  app.post("/api/mobile-recharge.php", async (c) => {
    const received = receiveNurr(readNurrRequest(await readForm(c.req.raw)));
    return sendAnswer(await upstreamOf(c.env).receive(received), c.req.raw.signal, wait);
  });
  app.route("/", createControls(upstreamOf));
  return app;
}

function createControls<Bindings extends object>(
  upstreamOf: (bindings: Bindings) => Upstream,
): Hono<{ Bindings: Bindings }> {
  const controls = new Hono<{ Bindings: Bindings }>();
  controls.get("/journal", async (c) => {
    const { reference = null, number = null, after = "0" } = c.req.query();
    if (!/^\d{1,15}$/.test(after)) return c.json({ error: "after is the id of an entry" }, 400);
    const filter = { reference, number, after: Number(after), limit: entriesPerPage };
    return c.json(await upstreamOf(c.env).readEntries(filter));
  });
  controls.delete("/journal", async (c) => {
    await upstreamOf(c.env).clear();
    return c.body(null, 204);
  });
  controls.get("/wallets", async (c) => c.json(await upstreamOf(c.env).readWallets()));
  controls.post("/wallets", async (c) => {
    const read = movementSchema.safeParse(await c.req.json().catch(() => null));
    if (!read.success) return c.json({ error: "account, and change: a decimal such as 20.00 or -20.00" }, 422);
    const isKnown = await upstreamOf(c.env).moveWallet(read.data.account, read.data.change);
    return isKnown ? c.body(null, 204) : c.json({ error: "no such account" }, 404);
  });
  controls.put("/faults", async (c) => {
    const read = faultsSchema.safeParse(await c.req.json().catch(() => null));
    if (!read.success) return c.json({ error: "seed, rate from 0 to 1 and kinds, names of scripts" }, 422);
    await upstreamOf(c.env).setFaults(read.data);
    return c.body(null, 204);
  });
  return controls;
}

/** Recharge, status or balance: the parameters decide. A POST carries the same fields in its form. */
async function answerBacknpay(upstream: Upstream, raw: Request, wait: Wait): Promise<Response> {
  const params = new URL(raw.url).searchParams;
  if (raw.method === "POST")
    for (const [name, value] of await readForm(raw)) if (typeof value === "string") params.append(name, value);
  const request = readBacknpayRequest(params);
  if (request.kind === "recharge")
    return sendAnswer(await upstream.receive(backnpay.receiveBacknpay(request)), raw.signal, wait);
  const format = backnpay.formatOf(request);
  const account = backnpay.logIn(request, false);
  if (account === null) return respond(backnpay.replyOfBacknpayLogin(format));
  if (request.kind === "balance")
    return respond(backnpay.replyOfBacknpayBalance(await upstream.readBalance(account.name), format));
  const name = { ours: request.csagentid, theirs: request.csrpid };
  const { found, balance } = await upstream.lookUp(account.name, name);
  return respond(backnpay.replyOfBacknpayStatus(name.ours ?? "", found, balance, format));
}

function respond({ status, contentType, body }: Reply): Response {
  return new Response(body, { status, headers: { "content-type": contentType } });
}

/** The fields of an urlencoded or multipart form; none where the body is neither. */
async function readForm(raw: Request): Promise<(readonly [string, unknown])[]> {
  const form = await raw.formData().catch(() => null);
  return form === null ? [] : [...form];
}
