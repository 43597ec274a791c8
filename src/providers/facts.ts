// What the engine may know of a provider instance without talking to it.
import { unreachable } from "../base/assert.ts";
import type { Minor } from "../base/money.ts";
import { aopayCodeOf } from "../wire/codes/aopay.ts";
import { backnpayCodeOf } from "../wire/codes/backnpay.ts";
import { nurrCodeOf } from "../wire/codes/nurr.ts";
import type { ProductCode } from "../wire/codes/product-code.ts";
import type { ProviderFacts, TabledCode } from "./provider.ts";
import { safetyOf } from "./safety.ts";
import { currencyOfProtocol, type ProviderSettings } from "./settings-schema.ts";

/** The facts of a provider; `accepts…` say what its wire can carry. */
export function factsOf(
  settings: ProviderSettings,
  wire: { readonly acceptsNumber: (number: string) => boolean; readonly acceptsAmount: (amount: Minor) => boolean },
): ProviderFacts {
  const { id, protocol, mode, callLimitMs, lookupScheduleMs, caseAfterMs } = settings;
  // Every recharge asks for it several times, and the tables are searched from their beginning.
  const found = new Map<string, TabledCode>();
  const tabledCodeOf = (product: string): TabledCode | null => {
    const code = found.get(product) ?? tabledCode(settings, product);
    if (code !== null) found.set(product, code);
    return code;
  };
  const orderOf = new Map(Object.entries(settings.orderOf));
  return {
    id,
    protocol,
    mode,
    currency: currencyOfProtocol[protocol],
    safety: safetyOf(settings),
    tabledCodeOf,
    codeOf: (product) => {
      const tabled = tabledCodeOf(product);
      return tabled?.isUsable === true ? tabled.code : null;
    },
    orderOf: (product) => orderOf.get(product) ?? settings.order,
    ...wire,
    callLimitMs,
    lookupScheduleMs,
    caseAfterMs,
    ...("balanceEveryMs" in settings && { balanceEveryMs: settings.balanceEveryMs }),
  };
}

/** A code that the seed gives to several products is off until certified; in live mode an inferred one is, too. */
function tabledCode(settings: ProviderSettings, product: string): TabledCode | null {
  if (Object.hasOwn(settings.codes, product)) {
    const certified = settings.codes[product];
    if (certified !== undefined) return { ...certified, isUsable: true };
  }
  const row = documentedCode(settings, product);
  if (row === null) return null;
  const { code, provenance, shared } = row;
  return { code, provenance, isUsable: !shared && !(settings.mode === "live" && provenance === "inferred") };
}

function documentedCode(settings: ProviderSettings, product: string): ProductCode | null {
  switch (settings.protocol) {
    case "backnpay":
      return backnpayCodeOf(settings.codeTable, product);
    case "aopay":
      return aopayCodeOf(product);
    case "nurr":
      return nurrCodeOf(product);
    default:
      return unreachable(settings);
  }
}
