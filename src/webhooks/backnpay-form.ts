// A webhook in the form of the backnpay family: the recharge as it is now, in the query of a GET.
import { formatAmount } from "../base/money.ts";
import type { RechargeState, RechargeView } from "../recharges/recharge.ts";
import { buildCallbackParams } from "../wire/backnpay/callback.ts";

const statuses = {
  pending: "PENDING",
  succeeded: "SUCCESS",
  failed: "FAILED",
  reversed: "FAILED",
} as const satisfies Record<RechargeState, string>;

/** The family has no word for what was taken back: it failed, and `opid` says so, as in the dialect. */
const reversed = "Reversed by the operator";

/** The query of the callback, as the dialect words the same recharge (`docs/dialects.md`). */
export function backnpayQuery(recharge: RechargeView): string {
  const { state, operatorReference, failure } = recharge;
  const said = { succeeded: operatorReference, failed: failure?.text ?? null, reversed, pending: null };
  return buildCallbackParams({
    status: statuses[state],
    rpid: recharge.id.replace(/^rch_/, "").toUpperCase(),
    mobile: recharge.number,
    amount: formatAmount(recharge.face).replace(/\.00$/, ""),
    agentid: recharge.agentId,
    opid: said[state],
  }).toString();
}
