// The unsigned callback of the backnpay family (`wire.md`): a GET of the URL that the client registered.
import type { BacknpayFields } from "./reply.ts";

export type BacknpayCallback = Pick<BacknpayFields, "status" | "rpid" | "mobile" | "amount" | "agentid" | "opid">;

/** `status`, `rpid`, `mobile`, `amount`, `agentid`, `opid`, in this order; what is null goes out empty. */
export function buildCallbackParams(callback: BacknpayCallback): URLSearchParams {
  const { status, rpid, mobile, amount, agentid, opid } = callback;
  const params = new URLSearchParams({ status });
  for (const [name, value] of Object.entries({ rpid, mobile, amount, agentid, opid })) params.append(name, value ?? "");
  return params;
}

/** Reads a callback's query; names are case-insensitive, the last of a repeated one counts. Null without a status. */
export function readCallback(params: URLSearchParams): BacknpayCallback | null {
  const given = new Map<string, string>();
  for (const [name, value] of params) given.set(name.toLowerCase(), value.trim());
  const read = (name: string): string | null => given.get(name) || null;
  const status = read("status");
  if (status === null) return null;
  const parties = { rpid: read("rpid"), mobile: read("mobile"), amount: read("amount") };
  return { status, ...parties, agentid: read("agentid"), opid: read("opid") };
}
