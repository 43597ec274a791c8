// What the three comparison Workers of the bench share: the order they read and the one upstream call they make.

export interface BenchEnv {
  /** Base URL of the constant upstream. */
  UPSTREAM: string;
}

export interface BenchOrder {
  readonly agent_id: string;
  readonly number: string;
  readonly amount: string;
}

export interface UpstreamAnswer {
  readonly STATUS: string;
  readonly RPID: string;
  readonly OPID: string;
}

/** Reads an order; throws when it is none. */
export function readOrder(body: unknown): BenchOrder {
  if (typeof body !== "object" || body === null) throw new Error("not an order");
  const { agent_id, number, amount } = Object.fromEntries(Object.entries(body));
  if (typeof agent_id !== "string" || typeof number !== "string" || typeof amount !== "string")
    throw new Error("not an order");
  return { agent_id, number, amount };
}

/** The same call that the backnpay client makes: one GET, the answer read as JSON. */
export async function askUpstream(upstream: string, order: BenchOrder): Promise<UpstreamAnswer> {
  const query = new URLSearchParams({
    userid: "sim-user",
    pass: "sim-pass",
    mob: order.number,
    opt: "3",
    amt: order.amount.replace(/\.00$/, ""),
    agentid: order.agent_id,
    fmt: "Json",
  });
  // `AbortSignal.timeout` would stay behind in an object that lives on: it may have 10 000 of them.
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), 10_000);
  try {
    const reply = await fetch(`${upstream}/API/APIService.aspx?${query.toString()}`, { signal: limit.signal });
    return readAnswer(await reply.json());
  } finally {
    clearTimeout(timer);
  }
}

function readAnswer(body: unknown): UpstreamAnswer {
  if (typeof body !== "object" || body === null) throw new Error("not an answer");
  const { STATUS, RPID, OPID } = Object.fromEntries(Object.entries(body));
  if (typeof STATUS !== "string" || typeof RPID !== "string" || typeof OPID !== "string")
    throw new Error("not an answer");
  return { STATUS, RPID, OPID };
}
