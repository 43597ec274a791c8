// Requests of backnpay (seed, sections 1, 3 and 4), for the end that writes them and the end that reads them.
import { writeForm } from "../form.ts";

/** What a request asks for; null where the parameter is missing. `format` is null when `fmt` names none. */
export interface BacknpayLogin {
  readonly userid: string | null;
  readonly pass: string | null;
  readonly format: BacknpayFormat | null;
}

export type BacknpayFormat = "json" | "xml";

export type BacknpayRequest = BacknpayLogin &
  (
    | {
        readonly kind: "recharge";
        readonly mob: string | null;
        readonly opt: string | null;
        readonly amt: string | null;
        readonly agentid: string | null;
        /** `optional1` first; undefined where one is missing. */
        readonly optionals: readonly (string | undefined)[];
      }
    | { readonly kind: "status"; readonly csagentid: string | null; readonly csrpid: string | null }
    | { readonly kind: "balance" }
  );

export const optionalCount = 5;

/**
 * Reads the parameters of a query or a form. Names are case-insensitive, the last of a repeated one counts, empty ones
 * count as missing (`wire.md`, backnpay). A request that names a reference to look up never is a recharge.
 */
export function readBacknpayRequest(params: URLSearchParams): BacknpayRequest {
  const given = new Map<string, string>();
  for (const [name, value] of params) given.set(name.trim().toLowerCase(), value.trim());
  const read = (name: string): string | null => given.get(name) || null;
  const login = { userid: read("userid"), pass: read("pass"), format: readFormat(read("fmt")) };
  if (read("get")?.toLowerCase() === "cb") return { kind: "balance", ...login };
  if (given.has("csagentid") || given.has("csrpid"))
    return { kind: "status", ...login, csagentid: read("csagentid"), csrpid: read("csrpid") };
  const optionals = Array.from({ length: optionalCount }, (_, i) => read(`optional${i + 1}`) ?? undefined);
  const order = { mob: read("mob"), opt: read("opt"), amt: read("amt"), agentid: read("agentid") };
  return { kind: "recharge", ...login, ...order, optionals };
}

function readFormat(fmt: string | null): BacknpayFormat | null {
  const name = fmt?.toLowerCase();
  return name === "json" || name === "xml" ? name : null;
}

export interface BacknpayCredentials {
  readonly userid: string;
  readonly pass: string;
}

export interface BacknpayOrder {
  readonly mob: string;
  readonly opt: string;
  /** Rupees, as `20` or `20.50`. */
  readonly amt: string;
  readonly agentid: string;
  readonly optionals: readonly string[];
}

/** Parameters of a recharge, urlencoded for a query or a form. */
export function buildRechargeParams(login: BacknpayCredentials, order: BacknpayOrder): string {
  return writeForm([
    ["userid", login.userid],
    ["pass", login.pass],
    ["mob", order.mob],
    ["opt", order.opt],
    ["amt", order.amt],
    ["agentid", order.agentid],
    ...order.optionals.map((optional, i) => [`optional${i + 1}`, optional] as const),
    ["fmt", "Json"],
  ]);
}

/** Parameters of a status check by our agent id, urlencoded. */
export function buildStatusParams({ userid, pass }: BacknpayCredentials, agentid: string): string {
  return writeForm(Object.entries({ userid, pass, csagentid: agentid, fmt: "Json" }));
}

/** Parameters of a balance check, urlencoded. */
export function buildBalanceParams({ userid, pass }: BacknpayCredentials): string {
  return writeForm(Object.entries({ userid, pass, Get: "CB", fmt: "Json" }));
}
