// The client of aopay: one POST of JSON. Nothing can be looked up, so a lost answer waits for a statement or staff.
import type { Clock } from "../base/clock.ts";
import type { Minor } from "../base/money.ts";
import { buildAopayRequest, mayBeInteger, signAopayBody } from "../wire/aopay/request.ts";
import { readAopaySubmit } from "./aopay-outcome.ts";
import type { Exchange } from "./exchange.ts";
import { factsOf } from "./facts.ts";
import type { Provider } from "./provider.ts";
import type { AopaySettings } from "./settings-schema.ts";

/** `CustomerNumber` is an integer: a number with a leading zero (some DTH ids) or a letter would arrive as another one. */
export function mayCarryNumber(number: string): boolean {
  return mayBeInteger(number);
}

/** `Amount` is an integer of rupees. */
export function mayCarryAmount(amount: Minor): boolean {
  return amount > 0 && amount % 100 === 0;
}

/** Makes the client of one aopay account. The clock dates the signature, where the account has a signing secret. */
export function createAopayProvider(settings: AopaySettings, exchange: Exchange, clock: Clock): Provider {
  const { secrets, callLimitMs: limitMs } = settings;
  const { registrationId, signingSecret } = secrets;
  const url = new URL(settings.path, settings.baseUrl).href;
  const struckOut = signingSecret === undefined ? [registrationId] : [registrationId, signingSecret];
  const reading = { contentTypes: settings.contentTypes, secrets: struckOut };
  const headersOf = (body: string): Record<string, string> => {
    const type = { "content-type": "application/json" };
    if (signingSecret === undefined) return type;
    const timestamp = String(Math.floor(clock.now() / 1_000));
    return { ...type, "x-timestamp": timestamp, "x-signature": signAopayBody(signingSecret, timestamp, body) };
  };
  return {
    facts: factsOf(settings, { acceptsNumber: mayCarryNumber, acceptsAmount: mayCarryAmount }),
    async submit({ code, number, amount, geocode }) {
      if (!mayCarryNumber(number) || !mayCarryAmount(amount) || !mayBeInteger(code)) return { kind: "not_started" };
      const body = buildAopayRequest({
        registrationId,
        productId: code,
        rupees: String(amount / 100),
        geocode: geocode ?? settings.geocode,
        customerNumber: number,
      });
      return readAopaySubmit(await exchange({ url, method: "POST", headers: headersOf(body), body, limitMs }), reading);
    },
  };
}
