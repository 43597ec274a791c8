// The client of backnpay: one URL for recharge, status and balance, by GET as documented or by POST.
import { formatAmount } from "../base/money.ts";
import { findProduct } from "../catalog/products.ts";
import type { BacknpayOrder } from "../wire/backnpay/request.ts";
import { buildBalanceParams, buildRechargeParams, buildStatusParams } from "../wire/backnpay/request.ts";
import { backnpayOptionals } from "../wire/codes/backnpay.ts";
import { readBacknpayBalance, readBacknpayLookup, readBacknpaySubmit } from "./backnpay-outcome.ts";
import type { Exchange } from "./exchange.ts";
import { factsOf } from "./facts.ts";
import type { CallbackRules, Provider, Submission } from "./provider.ts";
import type { BacknpaySettings } from "./settings-schema.ts";

const formType = "application/x-www-form-urlencoded";

/** Makes the client of one backnpay account. */
export function createBacknpayProvider(settings: BacknpaySettings, exchange: Exchange): Provider {
  const { secrets, callLimitMs: limitMs } = settings;
  const url = new URL(settings.path, settings.baseUrl).href;
  const reading = { ...settings, secrets: [secrets.pass] };
  const get = (params: string) => exchange({ url: `${url}?${params}`, method: "GET", limitMs });
  const post = (body: string) =>
    exchange({ url, method: "POST", headers: { "content-type": formType }, body, limitMs });
  const submit = settings.submitBy === "get" ? get : post;
  return {
    facts: {
      ...factsOf(settings, { acceptsNumber: () => true, acceptsAmount: () => true }),
      callbacks: callbackRulesOf(settings),
    },
    async submit(submission) {
      return readBacknpaySubmit(await submit(buildRechargeParams(secrets, orderOf(submission))), reading);
    },
    async lookUp(reference) {
      return readBacknpayLookup(await get(buildStatusParams(secrets, reference)), reading);
    },
    async readBalance() {
      return readBacknpayBalance(await get(buildBalanceParams(secrets)), reading);
    },
  };
}

/** `amt` is written `20` where there are no paise, `20.50` where there are. */
function orderOf(submission: Submission): BacknpayOrder {
  const { number, code, amount, reference, product, fields } = submission;
  const known = findProduct(product);
  const names = known === null ? [] : backnpayOptionals(known);
  const optionals = names.map((name) => fields[name] ?? "");
  const amt = amount % 100 === 0 ? String(amount / 100) : formatAmount(amount);
  return { mob: number, opt: code, amt, agentid: reference, optionals };
}

function callbackRulesOf({ callbacks, secrets }: BacknpaySettings): CallbackRules {
  const { addresses, basic, mayReverse } = callbacks;
  const login = basic && secrets.callback !== undefined ? `${secrets.callback.user}:${secrets.callback.pass}` : null;
  return { addresses, basic: login === null ? null : `Basic ${toBase64(login)}`, mayReverse };
}

function toBase64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
