// Where webhooks may go, notation by notation.
import { describe, expect, it, test } from "vitest";
import { type AddressRules, refuseAddress, refuseUrl } from "../../../src/webhooks/address.ts";

const rules: AddressRules = {
  closedHosts: ["gateway.our-company.com", "www.provider-one.in", "127.0.0.1:8787", "127.0.0.1:8788"],
  mayBeLoopback: false,
};
const local: AddressRules = { ...rules, mayBeLoopback: true };

const scheme = "must be https";
const address = "must be a public address";
const name = "must have a public host name";
const port = "must use port 443, or one from 1024 on";
const closed = "must not be a host of the gateway or of a provider";

test.each([
  ["https://hooks.partner-one.com/in?key=1", null],
  ["https://hooks.partner-one.com:8443/", null],
  ["https://HOOKS.Partner-One.COM./", null],
  ["https://xn--bcher-kva.partner.com/", null],
  ["https://bücher.partner.com/", null],
  ["https://8.8.8.8/", null],
  ["https://134744072/", null],
  ["https://[2606:4700:4700::1111]/", null],
  ["https://[::ffff:8.8.8.8]/", null],
  ["http://hooks.partner-one.com/", scheme],
  ["ftp://hooks.partner-one.com/", scheme],
  ["javascript:alert(1)", scheme],
  ["hooks.partner-one.com/in", "must be a URL"],
  ["https://", "must be a URL"],
  ["https://999.1.1.1/", "must be a URL"],
  ["https://user:pass@hooks.partner-one.com/", "must not carry a user or a password"],
  ["https://user@hooks.partner-one.com/", "must not carry a user or a password"],
  ["https://hooks.partner-one.com/#here", "must not have a fragment"],
  [`https://hooks.partner-one.com/${"x".repeat(500)}`, "must have at most 500 characters"],
  ["https://hooks.partner-one.com:22/", port],
  ["https://hooks.partner-one.com:25/", port],
  ["https://hooks.partner-one.com:80/", port],
  ["https://gateway.our-company.com/", closed],
  ["https://GATEWAY.our-company.com./hooks/x", closed],
  ["https://gateway.our-company.com:8443/", closed],
  ["https://console.gateway.our-company.com/", closed],
  ["https://www.provider-one.in/API/APIService.aspx", closed],
  ["https://127.0.0.1/", closed],
  ["https://127.0.0.2/", address],
  ["https://127.1/", closed],
  ["https://0x7f000002/", address],
  ["https://0x7f.2/", address],
  ["https://2130706434/", address],
  ["https://0177.0.0.2/", address],
  ["https://127.0.0.2./", address],
  ["https://０x7f.2/", address],
  ["https://①②⑦.0.0.2/", address],
  ["https://0.0.0.0/", address],
  ["https://0/", address],
  ["https://10.1.2.3/", address],
  ["https://100.64.0.1/", address],
  ["https://169.254.169.254/latest/meta-data", address],
  ["https://172.16.0.1/", address],
  ["https://172.31.255.255/", address],
  ["https://172.32.0.1/", null],
  ["https://192.168.1.1/", address],
  ["https://192.0.2.1/", address],
  ["https://198.18.0.1/", address],
  ["https://224.0.0.1/", address],
  ["https://255.255.255.255/", address],
  ["https://[::1]/", address],
  ["https://[::]/", address],
  ["https://[::ffff:127.0.0.2]/", address],
  ["https://[::ffff:7f00:2]/", address],
  ["https://[::ffff:0:10.0.0.1]/", address],
  ["https://[::10.0.0.1]/", address],
  ["https://[64:ff9b::10.0.0.1]/", address],
  ["https://[2002:0a00:0001::]/", address],
  ["https://[2001:0:53aa:64c::1]/", address],
  ["https://[2001:db8::1]/", address],
  ["https://[fc00::1]/", address],
  ["https://[fd12:3456::1]/", address],
  ["https://[fe80::1]/", address],
  ["https://[fec0::1]/", address],
  ["https://[ff02::1]/", address],
  ["https://localhost/", name],
  ["https://localhost./", name],
  ["https://hooks.localhost/", name],
  ["https://intranet/", name],
  ["https://printer.local/", name],
  ["https://metadata.google.internal/", name],
  ["https://router.home.arpa/", name],
  ["https://a.test/", name],
  ["https://a.example/", name],
  ["https://abc.onion/", name],
  ["https://a..partner.com/", name],
])("%s: %s", (url, refused) => {
  expect(refuseUrl(url, rules)).toBe(refused);
});

describe("on this machine, in the sandbox", () => {
  test.each([
    ["http://127.0.0.1:9000/in", null],
    ["http://localhost:9000/in", null],
    ["http://[::1]:9000/in", null],
    ["https://127.0.0.1:9000/in", null],
    ["http://127.0.0.1:8787/API/APIService.aspx", closed],
    ["http://localhost:8788/", closed],
    ["http://[::1]:8787/", closed],
    ["http://0x7f.1:8787/", closed],
    ["ftp://127.0.0.1:9000/", "must be http or https"],
    ["http://10.0.0.1:9000/", scheme],
    ["http://hooks.partner-one.com/", scheme],
  ])("%s: %s", (url, refused) => {
    expect(refuseUrl(url, local)).toBe(refused);
  });
});

const unanswered = () => Promise.reject(new Error("no resolver"));

describe("before each send", () => {
  const url = "https://hooks.partner-one.com/";
  const inside = "must not resolve to an address that is not public";

  test.each([
    ["public addresses", ["8.8.8.8", "2606:4700:4700::1111"], null],
    ["one address inside a network among others", ["8.8.8.8", "10.0.0.1"], inside],
    ["an IPv4 address inside IPv6", ["::ffff:169.254.169.254"], inside],
    ["something that is no address", ["partner.internal"], inside],
    ["nothing", [], "does not resolve"],
    ["what this platform cannot tell", null, null],
  ] as const)("a name that resolves to %s", async (_what, addresses, refused) => {
    expect(await refuseAddress(url, rules, async () => addresses)).toBe(refused);
  });

  it("waits where the name cannot be resolved now", async () => {
    expect(await refuseAddress(url, rules, unanswered)).toBe("cannot be resolved now");
  });

  it("asks nobody about an address", async () => {
    expect(await refuseAddress("https://8.8.8.8/", rules, unanswered)).toBe(null);
    expect(await refuseAddress("http://localhost:9000/", local, unanswered)).toBe(null);
    expect(await refuseAddress("https://10.0.0.1/", rules, unanswered)).toBe(address);
  });
});
