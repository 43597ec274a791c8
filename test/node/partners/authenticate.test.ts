import { beforeEach, expect, test } from "vitest";
import { createAuthenticate, newCredentialCache, refuseWithoutScope } from "../../../src/partners/authenticate.ts";
import { credentialHash } from "../../../src/partners/credentials.ts";
import { type MemoryDatabase, openMemoryDatabase } from "../../support/memory-database.ts";
import { addKey, addPartners, hashSecret } from "../../support/partner-rows.ts";

let database: MemoryDatabase;
let now = 0;
const cacheMs = 30_000;

beforeEach(async () => {
  database = openMemoryDatabase();
  now = 1_000_000;
  await addPartners(database);
  await addKey(database, "rk_test_GOOD");
});

function authenticator(cache = newCredentialCache()) {
  const authenticate = createAuthenticate({ database, hashSecret, clock: { now: () => now }, cache, cacheMs });
  return (key: string, address: string | null = null) => authenticate({ surface: "api", parts: [key] }, address);
}

const codeOf = (result: Awaited<ReturnType<ReturnType<typeof authenticator>>>): string =>
  result.ok ? "ok" : result.problem.code;

test("lets a known key in, with its account, mode and scopes", async () => {
  await addKey(database, "rk_live_GOOD", { account: 2, keyId: "key_live", scopes: ["account:read"] });
  expect(await authenticator()("rk_test_GOOD")).toEqual({
    ok: true,
    value: {
      caller: { keyId: "key_rk_test_good", mode: "sandbox" },
      account: 1,
      scopes: ["recharges:write", "recharges:read", "account:read", "webhooks:write", "disputes:write", "chat:write"],
    },
  });
  expect(await authenticator()("rk_live_GOOD")).toMatchObject({
    value: { caller: { keyId: "key_live", mode: "live" }, account: 2, scopes: ["account:read"] },
  });
});

test.each(["", "rk_test_WRONG", "rk_live_GOOD", "GOOD", "rs_GOOD"])("does not let %j in", async (key) => {
  expect(codeOf(await authenticator()(key))).toBe("credentials");
});

test("does not let a key in whose prefix says another mode than its partner's", async () => {
  await addKey(database, "rk_live_MIXED", { account: 1 });
  await addKey(database, "rk_test_MIXED", { account: 2 });
  expect(codeOf(await authenticator()("rk_live_MIXED"))).toBe("credentials");
  expect(codeOf(await authenticator()("rk_test_MIXED"))).toBe("credentials");
});

test("lets no revoked key in, and no expired one from the moment on", async () => {
  await addKey(database, "rk_test_REVOKED", { revokedAt: 1 });
  await addKey(database, "rk_test_ENDS", { expiresAt: now + 1_000 });
  const ask = authenticator();
  expect(codeOf(await ask("rk_test_REVOKED"))).toBe("credentials");
  now += 999;
  expect(codeOf(await ask("rk_test_ENDS"))).toBe("ok");
  now += 1;
  expect(codeOf(await ask("rk_test_ENDS"))).toBe("credentials");
});

test("lets a key with an address list in from there only", async () => {
  await addKey(database, "rk_test_HOME", { addresses: ["192.0.2.0/24"] });
  const ask = authenticator();
  expect(codeOf(await ask("rk_test_HOME", "192.0.2.7"))).toBe("ok");
  expect(codeOf(await ask("rk_test_HOME", "192.0.3.7"))).toBe("address");
  expect(codeOf(await ask("rk_test_HOME", null))).toBe("address");
});

test("a credential of one surface is none on another", async () => {
  const ask = createAuthenticate({
    database,
    hashSecret,
    clock: { now: () => now },
    cache: newCredentialCache(),
    cacheMs,
  });
  expect((await ask({ surface: "nurr", parts: ["rk_test_GOOD"] }, null)).ok).toBe(false);
});

test("a known key is read again only after the cache time", async () => {
  const ask = authenticator();
  await ask("rk_test_GOOD");
  const asked = database.asked();
  now += cacheMs - 1;
  await ask("rk_test_GOOD");
  expect(database.asked()).toBe(asked);
  now += 1;
  await ask("rk_test_GOOD");
  expect(database.asked()).toBe(asked + 1);
});

test("a revocation in the database is seen after the cache time", async () => {
  const ask = authenticator();
  expect(codeOf(await ask("rk_test_GOOD"))).toBe("ok");
  await database.batch([{ sql: "update credentials set revoked_at = 1", args: [] }]);
  expect(codeOf(await ask("rk_test_GOOD"))).toBe("ok");
  now += cacheMs;
  expect(codeOf(await ask("rk_test_GOOD"))).toBe("credentials");
});

test("an unknown key is asked for again after five seconds", async () => {
  const ask = authenticator();
  await ask("rk_test_LATER");
  const asked = database.asked();
  now += 4_999;
  expect(codeOf(await ask("rk_test_LATER"))).toBe("credentials");
  expect(database.asked()).toBe(asked);
  await addKey(database, "rk_test_LATER");
  now += 1;
  expect(codeOf(await ask("rk_test_LATER"))).toBe("ok");
});

test("guesses push no known key out, and the memory of them is bounded", async () => {
  const cache = newCredentialCache();
  const ask = authenticator(cache);
  await ask("rk_test_GOOD");
  for (let guess = 0; guess < 5_010; guess++) await ask(`rk_test_GUESS${guess}`);
  expect(cache.unknown.size).toBe(5_000);
  const asked = database.asked();
  expect(codeOf(await ask("rk_test_GOOD"))).toBe("ok");
  expect(database.asked()).toBe(asked);
});

test("the hash of a key that was good is remembered, and of nothing that was refused or that a person chose", async () => {
  const cache = newCredentialCache();
  const presented = { surface: "backnpay", parts: ["shop", "1234"] } as const;
  await addKey(database, "shop", { surface: "backnpay", hash: credentialHash(hashSecret, presented) });
  await addKey(database, "rk_test_REVOKED", { revokedAt: 1 });
  const authenticate = createAuthenticate({ database, hashSecret, clock: { now: () => now }, cache, cacheMs });
  expect(codeOf(await authenticate(presented, null))).toBe("ok");
  const ask = authenticator(cache);
  for (const key of ["rk_test_GUESS", "rk_test_REVOKED", "rk_live_GOOD"]) expect(codeOf(await ask(key))).not.toBe("ok");
  for (let again = 0; again < 2; again += 1) expect(codeOf(await ask("rk_test_GOOD"))).toBe("ok");
  const hash = credentialHash(hashSecret, { surface: "api", parts: ["rk_test_GOOD"] });
  expect([...cache.hashes]).toEqual([["rk_test_GOOD", hash]]);
});

test("a key that was known is still let in while the database is down or stalls", async () => {
  const ask = authenticator();
  await ask("rk_test_GOOD");
  now += 10 * cacheMs;
  database.become("down");
  expect(codeOf(await ask("rk_test_GOOD"))).toBe("ok");
  now += 10 * cacheMs;
  database.become("stalled");
  expect(codeOf(await ask("rk_test_GOOD"))).toBe("ok");
});

test("a key that nobody knows yet is a fault while the database is down, not a refusal", async () => {
  database.become("down");
  await expect(authenticator()("rk_test_GOOD")).rejects.toThrow("the database is down");
});

test("a scope that is missing is named", () => {
  expect(refuseWithoutScope({ scopes: ["account:read"] }, "account:read")).toBeNull();
  expect(refuseWithoutScope({ scopes: ["account:read"] }, "recharges:write")).toMatchObject({
    code: "scope",
    detail: "The credential lacks the scope recharges:write.",
  });
});
