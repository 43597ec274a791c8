// The provider contract with our own dialect at the other end: our client must understand what our dialect answers.
import { beforeEach } from "vitest";
import type { Fetch } from "../../../src/providers/exchange.ts";
import type { Submission } from "../../../src/providers/provider.ts";
import { minor } from "../../../src/base/money.ts";
import { createProviders } from "../../../src/providers/registry.ts";
import { readProviderSettings } from "../../../src/providers/settings.ts";
import { type BacknpayText, backnpayTexts } from "../../../src/wire/backnpay/texts.ts";
import { doubtfulAnswers } from "../../contract/doubtful-answers.ts";
import {
  type Act,
  describeProviderContract,
  type DocumentedAnswer,
  type MakeProvider,
} from "../../contract/provider-contract.ts";
import { newBacknpayPartner, send } from "../../support/backnpay-client.ts";
import { newNumber, useSimulator } from "../../support/sandbox.ts";

beforeEach(useSimulator);

const partner = await newBacknpayPartner({ balance: "5000.00" });
const quiet = await newBacknpayPartner({ balance: "302.15" });
const other = await newBacknpayPartner();

const make: MakeProvider = (fetch) => {
  const settings = { id: "own", protocol: "backnpay", mode: "sandbox", baseUrl: "http://gateway.test" };
  const instances = readProviderSettings({
    PROVIDERS: [{ ...settings, callLimitMs: 3_000 }],
    PROVIDER_SECRETS: { own: { userid: partner.userid, pass: partner.pass } },
  });
  const [client] = createProviders(instances, fetch).values();
  if (client === undefined) throw new Error("no provider was made");
  return client;
};

/** The gateway itself; `login` in place of the client's own. */
function gateway(login: { readonly userid: string; readonly pass: string } = partner): Fetch {
  return async (url, init) => {
    const { pathname, searchParams } = new URL(url);
    searchParams.set("userid", login.userid);
    searchParams.set("pass", login.pass);
    return send(`${pathname}?${searchParams.toString()}`, init);
  };
}

let counter = 0;

function submissionTo(suffix: string, more: Partial<Submission> = {}): Submission {
  counter += 1;
  return {
    reference: `CONTRACT${String(counter).padStart(6, "0")}`,
    product: "in.airtel.prepaid",
    code: "3",
    number: newNumber(suffix),
    amount: minor(1_200),
    fields: {},
    geocode: null,
    ...more,
  };
}

function act(suffix: string, more: Partial<Submission> = {}, fetch: Fetch = gateway()): Act {
  return { submission: submissionTo(suffix, more), fetch };
}

/** Another partner recharges the same number with the same amount first. */
function afterAnEqualOrder(): Act {
  const submission = submissionTo("00");
  const { number: mob, code: opt, reference: agentid } = submission;
  const fetch: Fetch = async (url, init) => {
    const params = new URLSearchParams({ mob, opt, amt: "12", agentid, userid: other.userid, pass: other.pass });
    await send(`/API/APIService.aspx?${params.toString()}`);
    return gateway()(url, init);
  };
  return { submission, fetch };
}

/** Only questions arrive: the submission is lost on the way. */
const questionsOnly: Fetch = async (url, init) =>
  new URL(url).searchParams.has("csagentid") ? gateway()(url, init) : new Response("lost", { status: 502 });

/** Questions come with a wrong password. */
const wrongQuestions: Fetch = async (url, init) =>
  gateway(new URL(url).searchParams.has("csagentid") ? { userid: partner.userid, pass: "wrong" } : partner)(url, init);

const documented = {
  loginFailed: { ...act("00", {}, gateway({ userid: partner.userid, pass: "wrong" })), expected: { kind: "declined" } },
  insufficientBalance: { ...act("00", { amount: minor(900_000) }), expected: { kind: "declined" } },
  incompleteParameter: { ...act("00", { code: "999" }), expected: { kind: "declined" } },
  repeatRequest: { ...afterAnEqualOrder(), expected: { kind: "in_doubt" } },
  invalidAmount: { ...act("00", { amount: minor(500) }), expected: { kind: "failed", cause: "amount" } },
  invalidAccountNumber: { ...act("00", { number: "1234567890" }), expected: { kind: "failed", cause: "number" } },
} as const satisfies Record<BacknpayText, Omit<DocumentedAnswer, "text">>;

const spoilt = act("00");

describeProviderContract("backnpay (against our own dialect)", make, {
  success: act("00"),
  successWithoutReference: act("03"),
  failure: act("10"),
  pending: act("35"),
  otherNumber: { skip: "our dialect answers with the number that it was sent" },
  documented: Object.entries(documented).map(([key, one]) => ({
    ...one,
    text: new Map<string, string>(Object.entries(backnpayTexts)).get(key) ?? "",
  })),
  doubtful: doubtfulAnswers(spoilt.fetch, spoilt.submission),
  lookups: {
    succeeded: act("00"),
    failed: act("10"),
    pending: act("35"),
    not_found: act("00", {}, questionsOnly),
    in_doubt: act("00", {}, wrongQuestions),
  },
  balance: { ...act("00", {}, gateway(quiet)), balance: 30_215 },
});
