// A partner's client in a soak run: it disconnects, gives up early, asks twice, and always comes back with the same agent id.
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { SoakOrder } from "./schedule.ts";

/** One answer with a 2xx; `id` is null where the account could not be heard. */
export interface Told {
  readonly id: string | null;
  readonly state: string;
}

/** What one client lived through. */
export interface Experience {
  readonly told: readonly Told[];
  /** Why requests were repeated, one text for each: no answer, or one of 5xx or 429. */
  readonly repeats: readonly string[];
  readonly disconnects: number;
  /** A refusal that no order of the schedule deserves, or no answer in all that time; null: all went as promised. */
  readonly complaint: string | null;
}

export interface Door {
  readonly url: string;
  readonly key: string;
}

const rechargeSchema = z.looseObject({ id: z.string().nullable(), agent_id: z.string(), state: z.string() });
const problemSchema = z.looseObject({ code: z.string() });
const requestLimitMs = 10_000;
const patienceMs = 300_000;
/** Before the first repeat; doubled with each, up to the longest. */
const pauseMs = { first: 50, longest: 1_600 };

/** How long each manner asks the gateway to wait. */
const preferences = {
  waits: null,
  asks_later: "respond-async",
  impatient: "wait=0",
  disconnects: null,
  asks_twice: null,
} as const satisfies Record<SoakOrder["manner"], string | null>;

function bodyOf({ agentId, product, number, amount }: SoakOrder): string {
  return JSON.stringify({ agent_id: agentId, product, number, amount: `${amount}.00` });
}

/** Places one order as its client would. Never throws: what went wrong is a complaint. */
export async function placeOrder(door: Door, order: SoakOrder): Promise<Experience> {
  if (order.manner === "disconnects") await hangUp(door, order);
  const asked = await Promise.all(
    Array.from({ length: order.manner === "asks_twice" ? 2 : 1 }, () => askUntilAnswered(door, order)),
  );
  return {
    told: asked.flatMap(({ told }) => (told === null ? [] : [told])),
    repeats: asked.flatMap(({ repeats }) => repeats),
    disconnects: order.manner === "disconnects" ? 1 : 0,
    complaint: asked.find(({ complaint }) => complaint !== null)?.complaint ?? null,
  };
}

/** Sends the request and resets the connection: a FIN alone is not noticed by the platform. */
async function hangUp({ url, key }: Door, order: SoakOrder): Promise<void> {
  const body = bodyOf(order);
  const head = [
    "POST /v1/recharges HTTP/1.1",
    "host: gateway",
    `authorization: Bearer ${key}`,
    "content-type: application/json",
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  // A gateway that is being killed refuses the connection; the client comes back all the same.
  socket.on("error", () => undefined);
  socket.write(`${head.join("\r\n")}\r\n\r\n${body}`);
  await sleep(order.hangUpAfterMs);
  socket.resetAndDestroy();
}

interface Asked {
  readonly told: Told | null;
  readonly repeats: readonly string[];
  readonly complaint: string | null;
}

async function askUntilAnswered(door: Door, order: SoakOrder): Promise<Asked> {
  const end = Date.now() + patienceMs;
  const repeats: string[] = [];
  while (Date.now() < end) {
    const reply = await ask(door, order);
    if (reply !== null && reply.status < 300) {
      const told = rechargeSchema.safeParse(reply.body);
      const isOwn = told.success && told.data.agent_id === order.agentId;
      return { told: isOwn ? told.data : null, repeats, complaint: isOwn ? null : `${order.agentId}: an odd answer` };
    }
    const why = reply === null ? "no answer" : `${reply.status} ${codeIn(reply.body)}`;
    if (reply !== null && reply.status < 500 && reply.status !== 429)
      return { told: null, repeats, complaint: `${order.agentId}: ${why}` };
    await sleep(Math.min(pauseMs.longest, pauseMs.first * 2 ** repeats.length));
    repeats.push(why);
  }
  return { told: null, repeats, complaint: `${order.agentId} was never answered: ${repeats.at(-1) ?? ""}` };
}

function codeIn(body: unknown): string {
  return problemSchema.safeParse(body).data?.code ?? "";
}

/** Null: no whole answer came. */
async function ask(
  { url, key }: Door,
  order: SoakOrder,
): Promise<{ readonly status: number; readonly body: unknown } | null> {
  const prefer = preferences[order.manner];
  try {
    const reply = await fetch(`${url}/v1/recharges`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${key}`,
        "content-type": "application/json",
        ...(prefer === null ? {} : { prefer }),
      },
      body: bodyOf(order),
      signal: AbortSignal.timeout(requestLimitMs),
    });
    return { status: reply.status, body: JSON.parse(await reply.text()) };
  } catch {
    return null;
  }
}
