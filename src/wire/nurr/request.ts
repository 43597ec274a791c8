// Requests of nurr (seed, "Submit Mobile Recharge"), for both ends: urlencoded (cURL) and multipart (the PHP sample).
import { type NurrAccountType, nurrAccountTypes } from "../codes/nurr.ts";

/** The form fields; null where one is missing, blank or a file. */
export interface NurrRequest {
  readonly apiKey: string | null;
  readonly apiSecret: string | null;
  readonly phone: string | null;
  /** Taka, as it was written. */
  readonly amount: string | null;
  readonly operator: string | null;
  /** `prepaid` when the field is missing (seed); another text as it was sent. */
  readonly accountType: string;
  /** The extra field by which a partner of our dialect means a second order. */
  readonly agentid: string | null;
}

/** Reads a form of either encoding. The last of a repeated field counts; unknown ones (`action`) are ignored. */
export function readNurrRequest(form: Iterable<readonly [string, unknown]>): NurrRequest {
  const given = new Map<string, string>();
  for (const [name, value] of form) if (typeof value === "string") given.set(name, value.trim());
  const read = (name: string): string | null => given.get(name) || null;
  const login = { apiKey: read("api_key"), apiSecret: read("api_secret") };
  const order = { phone: read("phone"), amount: read("amount"), operator: read("operator") };
  return { ...login, ...order, accountType: given.get("account_type") ?? "prepaid", agentid: read("agentid") };
}

/** True for the two account types of the seed. */
export function isNurrAccountType(text: string): text is NurrAccountType {
  return nurrAccountTypes.some((type) => type === text);
}

export interface NurrOrder {
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly phone: string;
  /** Taka, as `20` or `20.50`. */
  readonly amount: string;
  readonly operator: string;
  readonly accountType: NurrAccountType;
}

/** The form of a recharge. */
export function buildNurrRequest(order: NurrOrder): URLSearchParams {
  return new URLSearchParams({
    api_key: order.apiKey,
    api_secret: order.apiSecret,
    phone: order.phone,
    amount: order.amount,
    operator: order.operator,
    account_type: order.accountType,
  });
}
