// Staff verbs on real accounts and D1 while the database fails: told to the account first, repeated by the sweep.
import { env } from "cloudflare:workers";
import { beforeEach, expect, test } from "vitest";
import { systemClock } from "../../src/base/clock.ts";
import { minor } from "../../src/base/money.ts";
import { ok } from "../../src/base/result.ts";
import { openD1 } from "../../src/ledger/client.ts";
import { revokeKey } from "../../src/partners/keys.ts";
import { applyToPartner, changeLimits, createPartner, type ManageParts, suspend } from "../../src/partners/manage.ts";
import { findPartner, repeatPending } from "../../src/partners/profile-change.ts";
import { hasDemoCredentials, seedSandbox } from "../../src/partners/sandbox.ts";
import { ask, askStaff, newPartner, orderBody } from "../support/api-journey.ts";
import { accountOf, newNumber, useSimulator } from "../support/sandbox.ts";

beforeEach(useSimulator);

const database = openD1(env.DB);
const elsewhere = (number: number) => accountOf(number + 40_000_000);
const by = { staff: "asha", requestId: "req_test" };

/** The staff verbs on a database whose writes fail while `isDown`. */
function failingParts(): ManageParts & { isDown: boolean } {
  const parts: ManageParts & { isDown: boolean } = {
    isDown: false,
    database: {
      all: (sql, args) => database.all(sql, args),
      batch: (statements) =>
        parts.isDown ? Promise.reject(new Error("the database is down")) : database.batch(statements),
    },
    hashSecret: env.HASH_SECRET,
    clock: systemClock,
    installation: "local",
    account: accountOf,
    switchProvider: async () => ok({ wasOff: false }),
  };
  return parts;
}

const repeatAll = (account: number, find: ManageParts["account"] = accountOf) =>
  repeatPending({ database, account: find, now: 1 }, { after: account - 1, limit: 1 });

test("a revocation that the database did not hear holds in the account, and the sweep repeats it", async () => {
  const { account, key, keyId } = await newPartner();
  const parts = failingParts();
  parts.isDown = true;
  await expect(revokeKey(parts, account, keyId, by)).rejects.toThrow("the database is down");
  expect((await ask(key, "/v1/balance")).status).toBe(401);
  expect(await repeatAll(account)).toEqual({ repeated: [account], nextAfter: account });
  expect(await repeatAll(account)).toEqual({ repeated: [], nextAfter: account });
  expect(await database.all("select revoked_at from credentials where key_id = ?1", [keyId])).toEqual([
    { revoked_at: 1 },
  ]);
});

test("a second verb after one that got half through loses neither", async () => {
  const { account, keyId } = await newPartner();
  const parts = failingParts();
  parts.isDown = true;
  await expect(revokeKey(parts, account, keyId, by)).rejects.toThrow("the database is down");
  parts.isDown = false;
  await applyToPartner(parts, account, suspend, by);
  expect(await accountOf(account).readProfile()).toMatchObject({
    status: "suspended",
    revokedKeys: [keyId],
    version: 3,
  });
  expect(await findPartner(database, account)).toMatchObject({ status: "suspended", profileVersion: 3 });
});

test("changes at the same time are all there in the end", async () => {
  const { account } = await newPartner();
  const parts = failingParts();
  const limits = changeLimits([{ currency: "INR", perRecharge: minor(1), perDay: null }]);
  const revoke = (key: string) =>
    applyToPartner(
      parts,
      account,
      { verb: "revoke_key", change: (p) => ({ ...p, revokedKeys: [...new Set([...p.revokedKeys, key])] }) },
      by,
    );
  await Promise.all([
    applyToPartner(parts, account, suspend, by),
    applyToPartner(parts, account, limits, by),
    revoke("key_a"),
    revoke("key_b"),
  ]);
  const profile = await accountOf(account).readProfile();
  expect(profile).toMatchObject({ status: "suspended", limits: [{ perRecharge: 1 }] });
  expect(profile?.revokedKeys.toSorted()).toEqual(["key_a", "key_b"]);
});

test("an account that lost its profile gets it back from the database", async () => {
  const parts = failingParts();
  const created = await createPartner(
    parts,
    { name: `lost ${newNumber("00")}`, mode: "sandbox", wallets: ["INR"], rules: [], limits: [] },
    by,
  );
  if (!created.ok) throw new Error(created.problem.detail);
  const { account } = created.value.partner;
  expect(await repeatAll(account, elsewhere)).toMatchObject({ repeated: [account] });
  expect(await accountOf(account + 40_000_000).readProfile()).toMatchObject({ account, wallets: ["INR"], version: 1 });
});

test("the sandbox is seeded once, with the fixed credentials, and never in a live installation", async () => {
  const parts = failingParts();
  expect(await seedSandbox({ ...parts, installation: "live" }, by)).toMatchObject({ ok: false });
  expect(await hasDemoCredentials(database, env.HASH_SECRET)).toBe(false);
  for (const _ of [1, 2]) expect((await askStaff("/sandbox", undefined, "POST")).status).toBe(200);
  expect(await hasDemoCredentials(database, env.HASH_SECRET)).toBe(true);
  expect((await ask("rk_test_demo", "/v1/balance")).body).toMatchObject({
    wallets: [
      { currency: "INR", balance: "100000.00" },
      { currency: "BDT", balance: "100000.00" },
    ],
  });
  expect((await ask("rk_test_demo", "/v1/recharges", { body: orderBody() })).body).toMatchObject({
    commission: "0.20",
  });
  const surfaces = await database.all(
    "select surface, addresses from credentials where key_id like 'key_demo_%' order by surface",
    [],
  );
  expect(surfaces).toEqual([
    { surface: "aopay", addresses: '["127.0.0.1"]' },
    { surface: "api", addresses: null },
    { surface: "backnpay", addresses: null },
    { surface: "backnpay", addresses: null }, // its twin, which may only read
    { surface: "nurr", addresses: null },
  ]);
});
