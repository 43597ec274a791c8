// Recharges through the backnpay dialect, and callbacks about them as an upstream sends them to its hook.
import { env } from "cloudflare:workers";
import { vi } from "vitest";
import { ask, type BacknpayPartner, newBacknpayPartner, newRequest, send } from "./backnpay-client.ts";

export const provider = "backnpay-sandbox";
export const desk = () => env.PROVIDER_DESK.getByName(provider);

/** A recharge of a new partner, and what an upstream's callback about it carries. */
export async function rechargeOf(suffix: string) {
  const partner = await newBacknpayPartner();
  const sent = newRequest(suffix);
  const reply = await ask(partner, sent);
  const id = `rch_${String(reply["RPID"]).toLowerCase()}`;
  const [attempt] = await partner.account.readAttempts(id);
  if (attempt === undefined) throw new Error("no attempt");
  const rpid = attempt.evidence.find((piece) => piece.theirReference !== null)?.theirReference ?? "";
  const callback = { status: "SUCCESS", rpid, mobile: sent.mob, amount: "20", agentid: attempt.reference, opid: "OP7" };
  return { partner, sent, id, callback };
}

export async function call(params: Readonly<Record<string, string>>, at = provider): Promise<Response> {
  return send(`/hooks/${at}?${new URLSearchParams(params).toString()}`);
}

/** How often the upstream was asked about this reference. */
export function lookupsOf(reference: string): number {
  const urls = vi.mocked(globalThis.fetch).mock.calls.map(([input]) => new Request(input).url);
  return urls.filter((url) => new URL(url).searchParams.get("csagentid") === reference).length;
}

export async function piecesOf(partner: BacknpayPartner, id: string, kind: string) {
  const attempts = await partner.account.readAttempts(id);
  return attempts.flatMap(({ evidence }) => evidence.filter((piece) => piece.kind === kind));
}

export async function stateOf(partner: BacknpayPartner, agentid: string) {
  return (await ask(partner, { csagentid: agentid }))["STATUS"];
}

/** Time for a lookup to be made, were one to be made. */
export const aWhile = () => new Promise((resolve) => setTimeout(resolve, 150));
