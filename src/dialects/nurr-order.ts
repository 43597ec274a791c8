// A nurr form as the order that it stands for, or the first documented error that applies. Pure.
import type { UnreferencedRequest } from "../accounts/account.ts";
import { parseAmount } from "../base/money.ts";
import { ok, type Result, refuse } from "../base/result.ts";
import { checkNumber } from "../catalog/check.ts";
import { nurrCodeOf, productOfNurrCode } from "../wire/codes/nurr.ts";
import type { NurrError } from "../wire/nurr/errors.ts";
import { isNurrAccountType, type NurrRequest } from "../wire/nurr/request.ts";
import { isAgentId } from "./agent-id.ts";
import type { NurrOrdered } from "./nurr-answers.ts";

export interface NurrOrder extends Pick<UnreferencedRequest, "order" | "agentId"> {
  readonly ordered: NurrOrdered;
}

/** Errors 2 to 6 of the seed's table, in its order. What the number and a readable amount are worth, the account says. */
export function readNurrOrder(request: NurrRequest): Result<NurrOrder, NurrError> {
  const { phone, amount: typed, operator, accountType, agentid: agentId } = request;
  if (phone === null || typed === null || operator === null) return refuse("missing");
  if (agentId !== null && !isAgentId(agentId)) return refuse("missing");
  if (!isNurrAccountType(accountType)) return refuse("accountType");
  const product = productOfNurrCode(operator, accountType);
  if (product === null) return refuse("operator");
  const amount = parseAmount(typed);
  if (amount === null) return refuse(checkNumber(product, phone).ok ? "amount" : "operatorNumber");
  const order = {
    product: product.id,
    number: phone,
    amount,
    currency: null,
    fields: {},
    geocode: null,
    maxCost: null,
  };
  const operatorName = nurrCodeOf(product.id)?.operatorName ?? product.operatorName;
  return ok({ order, agentId, ordered: { phone, amount, operatorName } });
}
