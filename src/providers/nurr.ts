// The client of nurr: one POST of a form. Nothing can be looked up, but each reply carries the balance before and after.
import { formatAmount } from "../base/money.ts";
import { buildNurrRequest } from "../wire/nurr/request.ts";
import type { Exchange } from "./exchange.ts";
import { factsOf } from "./facts.ts";
import { readNurrSubmit } from "./nurr-outcome.ts";
import type { Provider } from "./provider.ts";
import type { NurrSettings } from "./settings-schema.ts";

/** Makes the client of one nurr account. */
export function createNurrProvider(settings: NurrSettings, exchange: Exchange): Provider {
  const { api_key: apiKey, api_secret: apiSecret } = settings.secrets;
  const url = new URL(settings.path, settings.baseUrl).href;
  const reading = { contentTypes: settings.contentTypes, secrets: [apiKey, apiSecret] };
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  return {
    facts: factsOf(settings, { acceptsNumber: () => true, acceptsAmount: () => true }),
    async submit({ product, code, number, amount }) {
      const form = buildNurrRequest({
        apiKey,
        apiSecret,
        phone: number,
        amount: formatAmount(amount).replace(/\.00$/, ""),
        operator: code,
        accountType: product.endsWith(".postpaid") ? "postpaid" : "prepaid",
      });
      const request = { url, method: "POST", headers, body: form.toString(), limitMs: settings.callLimitMs } as const;
      return readNurrSubmit(await exchange(request), reading);
    },
  };
}
