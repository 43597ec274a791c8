// aopay and nurr through the whole Worker: a partner with a key of one of them, and requests as their clients send them.
import { env } from "cloudflare:workers";
import { z } from "zod";
import { app } from "../../src/app.ts";
import { askStaff, newPartner, type TestPartner } from "./api-journey.ts";

const issuedSchema = z.looseObject({ key_id: z.string(), secrets: z.record(z.string(), z.string()) });

export interface DialectKey {
  readonly keyId: string;
  /** By the wire's own names. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** A key of one dialect for this partner. */
export async function newDialectKey(
  partner: Pick<TestPartner, "id">,
  surface: "aopay" | "nurr" | "backnpay",
  more: Readonly<Record<string, unknown>> = {},
): Promise<DialectKey> {
  const wanted = { name: crypto.randomUUID(), surface, scopes: ["recharges:write"], ...more };
  const issued = issuedSchema.parse((await askStaff(`/partners/${partner.id}/keys`, wanted)).body);
  return { keyId: issued.key_id, secrets: issued.secrets };
}

/** A new partner with 1000.00 in both wallets, or with these balances, and a key of the dialect. */
export async function newDialectPartner(
  surface: "aopay" | "nurr",
  more: { readonly inr?: string; readonly bdt?: string; readonly key?: Readonly<Record<string, unknown>> } = {},
): Promise<TestPartner & { readonly dialect: DialectKey }> {
  const { inr = "1000.00", bdt = "1000.00", key = {} } = more;
  const partner = await newPartner({ balance: inr });
  const credit = { currency: "BDT", amount: bdt, reason: "opening", external_reference: "opening-bdt" };
  if (bdt !== "0.00") await askStaff(`/partners/${partner.id}/credits`, credit);
  return { ...partner, dialect: await newDialectKey(partner, surface, key) };
}

export async function send(path: string, init: RequestInit): Promise<Response> {
  return app.request(path, init, env);
}

/** Status and body of an answer; the body as parsed. */
export async function read(answer: Response): Promise<{ readonly status: number; readonly body: unknown }> {
  return { status: answer.status, body: await answer.json() };
}
