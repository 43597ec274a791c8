// A partner of the backnpay dialect, and requests as its software sends them.
import { env } from "cloudflare:workers";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { z } from "zod";
import { app } from "../../src/app.ts";
import { askStaff } from "./api-journey.ts";
import { accountOf, newNumber } from "./sandbox.ts";

const partnerSchema = z.looseObject({ id: z.string(), account: z.int() });
const keySchema = z.looseObject({
  key_id: z.string(),
  secrets: z.looseObject({ userid: z.string(), pass: z.string() }),
});
let count = 0;

/** A new partner with this much in INR, 1 % commission, a backnpay key, and an address that is its own. */
export async function newBacknpayPartner(more: { balance?: string; scopes?: readonly string[] } = {}) {
  count += 1;
  const created = await askStaff("/partners", {
    name: `backnpay ${count} ${crypto.randomUUID()}`,
    mode: "sandbox",
    wallets: ["INR"],
    commission: [{ product: "*", basis_points: 100 }],
  });
  const { id, account: number } = partnerSchema.parse(created.body);
  const { balance = "1000.00", scopes = ["recharges:write", "recharges:read", "account:read"] } = more;
  const credit = { currency: "INR", amount: balance, reason: "opening", external_reference: "opening" };
  if (balance !== "0.00") await askStaff(`/partners/${id}/credits`, credit);
  const issued = await askStaff(`/partners/${id}/keys`, { name: "shop", surface: "backnpay", scopes });
  const { key_id: keyId, secrets } = keySchema.parse(issued.body);
  const address = `198.51.100.${count}`;
  return { id, number, account: accountOf(number), keyId, userid: secrets.userid, pass: secrets.pass, address };
}

export type BacknpayPartner = Awaited<ReturnType<typeof newBacknpayPartner>>;

export const standardPath = "/API/APIService.aspx";

/** Sends a request to the whole Worker. */
export async function send(pathAndQuery: string, init: RequestInit = {}): Promise<Response> {
  return app.request(pathAndQuery, init, env);
}

/** A GET as the partner, from its address; the reply's fields, all as they were sent. */
export async function ask(
  partner: BacknpayPartner,
  params: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, unknown>>> {
  const { userid, pass, address } = partner;
  const query = new URLSearchParams({ userid, pass, fmt: "Json", ...params });
  return readReply(await send(`${standardPath}?${query.toString()}`, { headers: { "CF-Connecting-IP": address } }));
}

const fieldsSchema = z.record(z.string(), z.unknown());
const rootSchema = z.strictObject({ RESPONSE: z.record(z.string(), z.string()) });

/** The fields of a reply in either format; throws when it is not exactly of the protocol's shape. */
export async function readReply(reply: Response): Promise<Readonly<Record<string, unknown>>> {
  const text = await reply.text();
  const type = reply.headers.get("content-type");
  if (reply.status !== 200) throw new Error(`HTTP ${reply.status} ${text}`);
  if (type === "application/json; charset=utf-8") return fieldsSchema.parse(JSON.parse(text));
  if (type !== "text/xml; charset=utf-8") throw new Error(`content type ${type ?? "none"}`);
  if (XMLValidator.validate(text) !== true) throw new Error(`no XML: ${text}`);
  const parser = new XMLParser({ parseTagValue: false, ignoreDeclaration: true, trimValues: false });
  return rootSchema.parse(parser.parse(text)).RESPONSE;
}

/** An agent id that was never used. */
export function newAgentId(): string {
  count += 1;
  return `bp-${count}`;
}

/** An order whose number was never used; `suffix` scripts the simulator. */
export function newRequest(suffix = "00") {
  return { mob: newNumber(suffix), opt: "3", amt: "20", agentid: newAgentId() };
}

/** The reply to an order that was refused. */
export function refused(
  sent: { readonly mob: string; readonly amt: string; readonly agentid: string },
  MSG: string,
  BAL: number | null = 1000,
) {
  const echo = { MOBILE: sent.mob, AMOUNT: sent.amt, RPID: "", AGENTID: sent.agentid, OPID: "" };
  return { STATUS: "FAILED", ...echo, ...(BAL === null ? {} : { BAL }), MSG };
}
