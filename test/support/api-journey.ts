// The API through the whole Worker: a partner made by staff verbs, and what tests ask as it.
import { env } from "cloudflare:workers";
import { z } from "zod";
import { app } from "../../src/app.ts";
import { newNumber } from "./sandbox.ts";

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON; the text itself where it is none; null where there is nothing. */
  readonly body: unknown;
}

async function send(path: string, init: RequestInit): Promise<Reply> {
  const reply = await app.request(path, init, env);
  const text = await reply.text();
  const isJson = /json/.test(reply.headers.get("Content-Type") ?? "");
  return { status: reply.status, headers: reply.headers, body: isJson ? JSON.parse(text) : text === "" ? null : text };
}

/** A request with a bearer token; `body` goes as JSON, `raw` as it is. */
export async function ask(
  token: string,
  path: string,
  more: {
    method?: string;
    body?: unknown;
    raw?: string | Uint8Array<ArrayBuffer>;
    headers?: Record<string, string>;
  } = {},
): Promise<Reply> {
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json", ...more.headers };
  const body = more.raw ?? (more.body === undefined ? undefined : JSON.stringify(more.body));
  const method = more.method ?? (body === undefined ? "GET" : "POST");
  return send(path, { method, headers, ...(body === undefined ? {} : { body }) });
}

/** As the first staff member, with every scope. */
export async function askStaff(path: string, body?: unknown, method?: string): Promise<Reply> {
  return ask(env.BOOTSTRAP_STAFF_TOKEN, `/admin/v1${path}`, { body, ...(method === undefined ? {} : { method }) });
}

const partnerSchema = z.looseObject({ id: z.string(), account: z.int() });
const keySchema = z.looseObject({ key_id: z.string(), secrets: z.looseObject({ key: z.string() }) });
let count = 0;

export interface TestPartner {
  readonly id: string;
  readonly account: number;
  readonly key: string;
  readonly keyId: string;
}

/** A new partner with wallets in INR and BDT, 1 % commission, this much in INR, and a key with these scopes. */
export async function newPartner(
  more: { balance?: string; scopes?: readonly string[]; addresses?: readonly string[] } = {},
): Promise<TestPartner> {
  count += 1;
  const created = await askStaff("/partners", {
    name: `partner ${count} ${crypto.randomUUID()}`,
    mode: "sandbox",
    wallets: ["INR", "BDT"],
    commission: [{ product: "*", basis_points: 100 }],
  });
  const { id, account } = partnerSchema.parse(created.body);
  const { balance = "1000.00", scopes = ["recharges:write", "recharges:read", "account:read"], addresses = [] } = more;
  const credit = { currency: "INR", amount: balance, reason: "opening", external_reference: "opening" };
  if (balance !== "0.00") await askStaff(`/partners/${id}/credits`, credit);
  const issued = await askStaff(`/partners/${id}/keys`, { name: "first", scopes, addresses });
  const { key_id: keyId, secrets } = keySchema.parse(issued.body);
  return { id, account, key: secrets.key, keyId };
}

/** An order that succeeds at once, of a number that was never used. */
export function orderBody(more: Readonly<Record<string, unknown>> = {}) {
  count += 1;
  return {
    agent_id: `order-${count}`,
    product: "in.airtel.prepaid",
    number: newNumber("00"),
    amount: "20.00",
    ...more,
  };
}

const rechargeSchema = z.looseObject({ id: z.string(), agent_id: z.string(), state: z.string() });

/** A recharge out of a reply. */
export function rechargeIn(reply: Reply) {
  return rechargeSchema.parse(reply.body);
}
