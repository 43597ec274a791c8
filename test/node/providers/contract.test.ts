// The contract, with the wire's own other ends behind `fetch`: a client must understand what our other end writes.
import { aopayEnd } from "../../contract/aopay-end.ts";
import { backnpayEnd } from "../../contract/backnpay-end.ts";
import { nurrEnd } from "../../contract/nurr-end.ts";
import { describeProviderContract, type MakeProvider } from "../../contract/provider-contract.ts";
import { createProviders } from "../../../src/providers/registry.ts";
import { readProviderSettings } from "../../../src/providers/settings.ts";

/** A client with these settings whose calls may run for 50 ms. */
function makerOf(settings: object, secrets: object): MakeProvider {
  const provider = { id: "p", mode: "sandbox", baseUrl: "http://upstream.test", callLimitMs: 50, ...settings };
  const instances = readProviderSettings({ PROVIDERS: [provider], PROVIDER_SECRETS: { p: secrets } });
  return (fetch) => {
    const [client] = createProviders(instances, fetch).values();
    if (client === undefined) throw new Error("no provider was made");
    return client;
  };
}

const login = { userid: "u", pass: "p" };
const byPost = makerOf({ protocol: "backnpay", submitBy: "post" }, login);
const signed = { registrationId: "AOP-1", signingSecret: "s" };

describeProviderContract("backnpay (GET, JSON)", makerOf({ protocol: "backnpay" }, login), backnpayEnd("json"));
describeProviderContract("backnpay (POST, answered in XML)", byPost, backnpayEnd("xml"));
describeProviderContract("aopay", makerOf({ protocol: "aopay", geocode: "23.6,76.8" }, signed), aopayEnd);
describeProviderContract("nurr", makerOf({ protocol: "nurr" }, { api_key: "k", api_secret: "s" }), nurrEnd);
