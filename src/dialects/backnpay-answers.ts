// What the backnpay dialect says: one total table for refusals, and the reply of each state (`docs/dialects.md`).
import { formatAmount, type Minor } from "../base/money.ts";
import type { Refusal, RefusalCode } from "../base/refusal.ts";
import type { Failure, FailureCause, RechargeState, RechargeView } from "../recharges/recharge.ts";
import { type BacknpayReply, writeBacknpayReply } from "../wire/backnpay/reply.ts";
import type { BacknpayFormat, BacknpayRequest } from "../wire/backnpay/request.ts";
import { backnpayTexts } from "../wire/backnpay/texts.ts";

type Said = Pick<BacknpayReply, "STATUS" | "OPID" | "MSG">;

/** A documented text (seed, section 5): the usual reply, the text in `MSG`, `OPID` empty (`lists.md`, "Where the seeds are silent"). */
function documented(text: keyof typeof backnpayTexts): Said {
  return { STATUS: "FAILED", OPID: "", MSG: backnpayTexts[text] };
}

/** Nothing was done, for a reason that the document has no text for: as the family says it, the reason in `OPID`. */
function undocumented(reason: string): Said {
  return { STATUS: "FAILED", OPID: reason, MSG: "Transaction Failed" };
}

const refused = {
  credentials: documented("loginFailed"),
  address: documented("loginFailed"),
  scope: documented("loginFailed"),
  rate: undocumented("Too many requests"),
  content_type: documented("incompleteParameter"),
  body_too_large: documented("incompleteParameter"),
  body_malformed: documented("incompleteParameter"),
  parameter: documented("incompleteParameter"),
  agent_id_conflict: { STATUS: "DUPLICATE", OPID: "", MSG: "Agent Id was used for another order" },
  suspended: undocumented("User is suspended"),
  product_unknown: documented("incompleteParameter"),
  product_unavailable: undocumented("Service not available now"),
  number: documented("invalidAccountNumber"),
  number_operator: documented("invalidAccountNumber"),
  field: documented("incompleteParameter"),
  amount_range: documented("invalidAmount"),
  amount_step: documented("invalidAmount"),
  currency: documented("incompleteParameter"),
  max_cost: documented("incompleteParameter"),
  limit_recharge: undocumented("Above the limit of one recharge"),
  limit_day: undocumented("Above the limit of the day"),
  balance: documented("insufficientBalance"),
  repeat: documented("repeatRequest"),
  repeat_of: documented("repeatRequest"),
  velocity: undocumented("Too many recharges of this number"),
  not_found: { STATUS: "NOTFOUND", OPID: "", MSG: "No such transaction" },
  unavailable: undocumented("Service not available now"),
} as const satisfies Record<RefusalCode, Said>;

/** The reply to what we refuse; null: a request that could not be read. */
export function presentRefused(
  problem: Refusal,
  request: BacknpayRequest | null,
  format: BacknpayFormat,
  balance: Minor | null = null,
): string {
  return write({ ...echo(request), ...refused[problem.code], BAL: balance }, format);
}

/** Nobody knows: neither success nor failure. Of a balance, which is about no recharge, that it cannot be told now. */
export function presentUnheard(request: BacknpayRequest, format: BacknpayFormat): string {
  const said =
    request.kind === "balance"
      ? { STATUS: "FAILED", OPID: "", MSG: "Balance not available now" }
      : { STATUS: "PENDING", OPID: "", MSG: "Transaction Pending" };
  return write({ ...echo(request), ...said, BAL: null }, format);
}

/** The agent id was used before: for another order, or so long ago that this cannot be the repeat of a lost request. */
export function presentDuplicate(
  request: BacknpayRequest,
  usedAt: number | null,
  format: BacknpayFormat,
  balance: Minor | null,
): string {
  const when = usedAt === null ? "before" : `on ${printTime(usedAt)}`;
  const said = { STATUS: "DUPLICATE", OPID: "", MSG: `Agent Id was used ${when}` };
  return write({ ...echo(request), ...said, BAL: balance }, format);
}

/** A recharge as it is now; number and amount as this request sent them, where it did. */
export function presentFound(
  recharge: RechargeView,
  request: BacknpayRequest,
  format: BacknpayFormat,
  shown: { readonly balance: Minor | null; readonly isOld: boolean },
): string {
  const sent = request.kind === "recharge" ? request : { mob: null, amt: null };
  const said = saidOf(recharge);
  const reply: BacknpayReply = {
    ...said,
    MOBILE: sent.mob ?? recharge.number,
    AMOUNT: sent.amt ?? formatAmount(recharge.face).replace(/\.00$/, ""),
    RPID: rpidOf(recharge.id),
    AGENTID: recharge.agentId,
    BAL: shown.balance,
    MSG: shown.isOld ? `${said.MSG}, of ${printTime(recharge.createdAt)}` : said.MSG,
  };
  return write(reply, format);
}

/** In the order of the document: clients that read XML by position exist. */
function write(reply: BacknpayReply, format: BacknpayFormat): string {
  const { STATUS, MOBILE, AMOUNT, RPID, AGENTID, OPID, BAL, MSG } = reply;
  return writeBacknpayReply({ STATUS, MOBILE, AMOUNT, RPID, AGENTID, OPID, BAL, MSG }, format);
}

/** `rch_00001000000a` goes out as `00001000000A`. */
function rpidOf(rechargeId: string): string {
  return rechargeId.replace(/^rch_/, "").toUpperCase();
}

/** The recharge id of an RPID in any case; what is none finds nothing. */
export function rechargeIdOfRpid(rpid: string): string {
  return `rch_${rpid.toLowerCase()}`;
}

function saidOf(recharge: RechargeView): Said {
  return said[recharge.state](recharge);
}

const said = {
  pending: () => ({ STATUS: "PENDING", OPID: "", MSG: "Transaction Pending" }),
  succeeded: ({ operatorReference }) => ({
    STATUS: "SUCCESS",
    OPID: operatorReference ?? "",
    MSG: "Transaction Successful",
  }),
  failed: ({ failure }) => ({ STATUS: "FAILED", ...reasonOf(failure) }),
  reversed: () => ({ STATUS: "FAILED", OPID: "Reversed by the operator", MSG: "Transaction Reversed" }),
} as const satisfies Record<RechargeState, (recharge: RechargeView) => Said>;

/** The reason in `OPID` (`wire.md`, backnpay), and in `MSG` where it is a documented text. */
const reasons = {
  amount: { OPID: backnpayTexts.invalidAmount, MSG: backnpayTexts.invalidAmount },
  number: { OPID: backnpayTexts.invalidAccountNumber, MSG: backnpayTexts.invalidAccountNumber },
  operator: { OPID: "Declined by the operator", MSG: "Transaction Failed" },
  provider_declined: { OPID: "Service not available", MSG: "Transaction Failed" },
  not_executed: { OPID: "Not executed", MSG: "Transaction Failed" },
  ruled: { OPID: "Not executed", MSG: "Transaction Failed" },
} as const satisfies Record<FailureCause, Pick<Said, "OPID" | "MSG">>;

function reasonOf(failure: Failure | null): Pick<Said, "OPID" | "MSG"> {
  return reasons[failure?.cause ?? "operator"];
}

function echo(request: BacknpayRequest | null): Pick<BacknpayReply, "MOBILE" | "AMOUNT" | "RPID" | "AGENTID"> {
  const none = { MOBILE: "", AMOUNT: "", RPID: "", AGENTID: "" };
  if (request?.kind === "recharge")
    return { ...none, MOBILE: request.mob ?? "", AMOUNT: request.amt ?? "", AGENTID: request.agentid ?? "" };
  return request?.kind === "status" ? { ...none, AGENTID: request.csagentid ?? "" } : none;
}

/** `2026-10-21 14:03:22 IST`: the zone of the protocol's country. `at` in epoch ms. */
function printTime(at: number): string {
  const zoneMs = 19_800_000;
  return `${new Date(at + zoneMs).toISOString().slice(0, 19).replace("T", " ")} IST`;
}
