// Sends backnpay's callback as the family does: once, unsigned, without a look at the answer.
import { formatAmount, minor } from "../base/money.ts";
import { buildCallbackParams } from "../wire/backnpay/callback.ts";
import type { DueCallback } from "./journal-rules.ts";

/** A callback is given up after this long, ms. */
const callbackLimitMs = 5_000;

/** GET to `url` with the callback's fields in the query. An error is none of the sender's business: it never repeats. */
export async function sendCallback(send: typeof fetch, url: string, callback: DueCallback): Promise<void> {
  const params = buildCallbackParams({
    status: callback.status,
    rpid: callback.theirReference,
    mobile: callback.number,
    amount: formatAmount(minor(callback.amount)).replace(/\.00$/, ""),
    agentid: callback.reference,
    opid: callback.operatorReference,
  });
  const target = `${url}${url.includes("?") ? "&" : "?"}${params.toString()}`;
  await send(target, { redirect: "manual", signal: AbortSignal.timeout(callbackLimitMs) }).catch(() => null);
}
