// One run of load: 16 connections on loopback, each request a recharge that was never asked for before.
import autocannon from "autocannon";

export const connections = 16;

export interface Load {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Seconds to run, or how many recharges. */
  readonly until: { readonly seconds: number } | { readonly recharges: number };
}

export interface Measured {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly recharges: number;
}

let counter = 0;

/** A new agent id and a new number each time: neither the replay nor the repeat rule may answer. */
export function nextOrder(): string {
  counter += 1;
  const number = String(6_000_000_000 + ((counter * 7_919) % 4_000_000_000));
  return JSON.stringify({
    agent_id: `bench-${process.pid}-${counter}`,
    product: "in.airtel.prepaid",
    number,
    amount: "20.00",
  });
}

/** Throws when an answer was not 2xx: a bench of refusals measures nothing. */
export async function runLoad(load: Load): Promise<Measured> {
  const startedAt = performance.now();
  let answeredAt = startedAt;
  const run = autocannon({
    url: load.url,
    connections,
    ...("seconds" in load.until ? { duration: load.until.seconds } : { amount: load.until.recharges }),
    requests: [
      {
        method: "POST",
        path: "/v1/recharges",
        headers: { "content-type": "application/json", ...load.headers },
        setupRequest: (request) => ({ ...request, body: nextOrder() }),
      },
    ],
  });
  run.on("response", () => {
    answeredAt = performance.now();
  });
  const result = await run;
  // A run of so many recharges is said to last whole seconds.
  const seconds = "seconds" in load.until ? result.duration : (answeredAt - startedAt) / 1_000;
  const lost = result.non2xx + result.errors + result.timeouts;
  if (lost > 0) throw new Error(`${lost} of ${lost + result["2xx"]} recharges were not answered with 2xx`);
  return {
    perSecond: result["2xx"] / seconds,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    recharges: result["2xx"],
  };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
  return (lower + upper) / 2;
}
