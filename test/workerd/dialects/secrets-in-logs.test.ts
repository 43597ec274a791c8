// What reaches a log: no password, no key, no query string, no full number, whatever becomes of the request.
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { app } from "../../../src/app.ts";
import { ask, newBacknpayPartner, newRequest } from "../../support/backnpay-client.ts";
import { newDialectPartner, send } from "../../support/dialect-journey.ts";
import { newBangladeshNumber, useSimulator } from "../../support/sandbox.ts";

const lines: string[] = [];

beforeEach(() => {
  useSimulator();
  lines.length = 0;
  for (const method of ["log", "info", "warn", "error", "debug"] as const)
    vi.spyOn(console, method).mockImplementation((...said: unknown[]) => void lines.push(said.map(String).join(" ")));
});
afterEach(() => void vi.restoreAllMocks());

/** The lines of the log in which one of these stands. */
function linesWith(secrets: readonly string[]): readonly string[] {
  return lines.filter((line) => secrets.some((secret) => line.includes(secret)));
}

it("keeps the password, the query and the number of a backnpay request out", async () => {
  const partner = await newBacknpayPartner();
  const good = newRequest("00");
  await ask(partner, good);
  await ask(partner, { ...newRequest("41"), amt: "many" });
  await ask({ ...partner, pass: "a-wrong-password" }, newRequest("00"));
  expect(lines).not.toEqual([]);
  expect(linesWith([partner.pass, partner.userid, "a-wrong-password", "pass=", good.mob ?? ""])).toEqual([]);
});

it("keeps the keys and the number of a nurr request out", async () => {
  const { dialect } = await newDialectPartner("nurr");
  const phone = newBangladeshNumber("52");
  const form = new URLSearchParams({ ...dialect.secrets, phone, amount: "20", operator: "GP" });
  await send("/api/mobile-recharge.php", { method: "POST", body: form });
  form.set("api_secret", "a-wrong-secret");
  await send("/api/mobile-recharge.php", { method: "POST", body: form });
  expect(lines).not.toEqual([]);
  expect(linesWith([...Object.values(dialect.secrets), "a-wrong-secret", phone])).toEqual([]);
});

it("keeps the API key and the number of a /v1 request out", async () => {
  const key = "rk_test_0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const body = JSON.stringify({ agent_id: "x", product: "in.airtel.prepaid", number: "9812345678", amount: "20.00" });
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  await app.request("/v1/recharges?number=9812345678", { method: "POST", headers, body }, env);
  expect(lines).not.toEqual([]);
  expect(linesWith([key, "9812345678", "?number"])).toEqual([]);
});
