// Our own clients against our own dialects of aopay and nurr: the contract of `test/contract`, with the whole Worker at the other end.
import { beforeAll, beforeEach } from "vitest";
import { minor } from "../../../src/base/money.ts";
import type { Fetch } from "../../../src/providers/exchange.ts";
import type { Submission } from "../../../src/providers/provider.ts";
import { createProviders } from "../../../src/providers/registry.ts";
import { readProviderSettings } from "../../../src/providers/settings.ts";
import { doubtfulAnswers } from "../../contract/doubtful-answers.ts";
import {
  type Act,
  type DocumentedAnswer,
  describeProviderContract,
  type MakeProvider,
  type OtherEnd,
} from "../../contract/provider-contract.ts";
import { newDialectPartner, send } from "../../support/dialect-journey.ts";
import { newBangladeshNumber, newNumber, useSimulator } from "../../support/sandbox.ts";

beforeEach(useSimulator);

/** The Worker as the network shows it: what is sent and how it is answered may be changed on the way. */
const gateway: Fetch = async (url, init) => send(new URL(url).pathname, init);

function changing(change: (body: string) => string, more: Partial<Record<string, string>> = {}): Fetch {
  return async (url, init) => {
    const headers = { ...init.headers, ...more };
    return gateway(url, { ...init, headers: defined(headers), body: change(init.body ?? "") });
  };
}

function defined(headers: Partial<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** A client whose credentials are known only once the partner was made. */
function makerOf(settings: object, secrets: () => object): MakeProvider {
  return (fetch) => {
    const provider = { id: "p", mode: "sandbox", baseUrl: "http://gateway.test", callLimitMs: 1_000, ...settings };
    const instances = readProviderSettings({ PROVIDERS: [provider], PROVIDER_SECRETS: { p: secrets() } });
    const [client] = createProviders(instances, fetch).values();
    if (client === undefined) throw new Error("no provider was made");
    return client;
  };
}

let nurrSecrets = { api_key: "not yet", api_secret: "not yet" };
let aopaySecrets = { registrationId: "not yet", signingSecret: "not yet" };

beforeAll(async () => {
  useSimulator();
  const nurr = (await newDialectPartner("nurr", { bdt: "5000.00" })).dialect.secrets;
  nurrSecrets = { api_key: nurr["api_key"] ?? "", api_secret: nurr["api_secret"] ?? "" };
  const aopay = (await newDialectPartner("aopay", { inr: "5000.00" })).dialect.secrets;
  aopaySecrets = { registrationId: aopay["RegistrationID"] ?? "", signingSecret: aopay["signing_secret"] ?? "" };
});

const order = { reference: "LC000010000001", amount: minor(2_000), fields: {}, geocode: null };

function nurrOrder(suffix: string): Submission {
  return { ...order, product: "bd.skitto.prepaid", code: "GP ST", number: newBangladeshNumber(suffix) };
}

function aopayOrder(suffix: string): Submission {
  return { ...order, product: "in.jio.prepaid", code: "511", number: newNumber(suffix) };
}

function act(submission: Submission, fetch = gateway): Act {
  return { submission, fetch };
}

function nurrError(text: string, expected: DocumentedAnswer["expected"], made: Act): DocumentedAnswer {
  return { ...made, text, expected };
}

/** The form with one field changed, or taken away. */
function withField(name: string, value: string | null): Fetch {
  return changing((body) => {
    const form = new URLSearchParams(body);
    if (value === null) form.delete(name);
    else form.set(name, value);
    return form.toString();
  });
}

const ownOrderOnly = { skip: "our dialect answers about the order that was sent" } as const;

const nurrEnd: OtherEnd = {
  success: act(nurrOrder("00")),
  successWithoutReference: act(nurrOrder("03")),
  failure: act(nurrOrder("10")),
  pending: act(nurrOrder("35")),
  otherNumber: ownOrderOnly,
  documented: [
    nurrError("Invalid API credentials.", { kind: "declined" }, act(nurrOrder("00"), withField("api_secret", "wrong"))),
    nurrError("Missing required parameters.", { kind: "declined" }, act(nurrOrder("00"), withField("phone", null))),
    nurrError("Invalid account type.", { kind: "declined" }, act(nurrOrder("00"), withField("account_type", "gold"))),
    nurrError("Invalid operator.", { kind: "declined" }, act(nurrOrder("00"), withField("operator", "XX"))),
    nurrError(
      "Invalid operator number for this recharge.",
      { kind: "failed", cause: "number" },
      act({ ...nurrOrder("00"), number: "01812345600" }),
    ),
    nurrError(
      "Invalid recharge amount.",
      { kind: "failed", cause: "amount" },
      act({ ...nurrOrder("00"), amount: minor(500) }),
    ),
    nurrError("Insufficient balance.", { kind: "declined" }, act({ ...nurrOrder("00"), amount: minor(900_000) })),
  ],
  doubtful: doubtfulAnswers(gateway, nurrOrder("00")),
  lookups: { skip: "the seed documents no status call" },
  balance: { skip: "the seed documents no balance call; replies carry the balance" },
};

const aopayEnd: OtherEnd = {
  success: act(aopayOrder("00")),
  successWithoutReference: act(aopayOrder("03")),
  failure: act(aopayOrder("10")),
  pending: act(aopayOrder("35")),
  otherNumber: { skip: "an aopay reply names no number" },
  documented: [
    {
      ...act(
        aopayOrder("00"),
        changing((body) => body, { "x-signature": undefined }),
      ),
      text: "Invalid signature encoding (no signature)",
      expected: { kind: "declined" },
    },
    {
      ...act(
        aopayOrder("00"),
        changing((body) => `${body} `),
      ),
      text: "Invalid signature encoding (of another body)",
      expected: { kind: "declined" },
    },
    { ...act(aopayOrder("11")), text: "Transaction failed", expected: { kind: "failed", cause: "operator" } },
    {
      ...act({ ...aopayOrder("00"), amount: minor(900_000) }),
      text: "Insufficient balance",
      expected: { kind: "failed", cause: "operator" },
    },
  ],
  doubtful: doubtfulAnswers(gateway, aopayOrder("00")),
  lookups: { skip: "the seed documents no status call" },
  balance: { skip: "the seed documents no balance call" },
};

describeProviderContract(
  "nurr",
  makerOf({ protocol: "nurr" }, () => nurrSecrets),
  nurrEnd,
);
describeProviderContract(
  "aopay",
  makerOf({ protocol: "aopay", geocode: "23.6,76.8" }, () => aopaySecrets),
  aopayEnd,
);
