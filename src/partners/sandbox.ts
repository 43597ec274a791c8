// The sandbox partner of a local installation, with fixed credentials (`design.md`, "Local default").
import { minor } from "../base/money.ts";
import { refusal } from "../base/refusal.ts";
import type { Refusal } from "../base/refusal.ts";
import { ok, refuse } from "../base/result.ts";
import type { Result } from "../base/result.ts";
import type { LedgerDatabase } from "../ledger/client.ts";
import { credentialHash, keyOfTwin, readingTwinOf, scopes } from "./credentials.ts";
import type { Presented } from "./credentials.ts";
import { createPartner, moveMoney } from "./manage.ts";
import type { ManageParts } from "./manage.ts";
import type { Partner, StaffAct } from "./partner.ts";
import { insertCredential } from "./rows.ts";

/** The fixed credentials. Everybody knows them: a live installation refuses to run with them. */
export const demoCredentials = [
  { keyId: "key_demo_api", surface: "api", parts: ["rk_test_demo"], addresses: [] },
  { keyId: "key_demo_backnpay", surface: "backnpay", parts: ["demo", "demo-pass"], addresses: [] },
  { keyId: readingTwinOf("key_demo_backnpay"), surface: "backnpay", parts: ["demo"], addresses: [] },
  { keyId: "key_demo_aopay", surface: "aopay", parts: ["AOP-554"], addresses: ["127.0.0.1"] },
  { keyId: "key_demo_nurr", surface: "nurr", parts: ["demo-key", "demo-secret"], addresses: [] },
] as const satisfies readonly (Presented & { keyId: string; addresses: readonly string[] })[];

const openingBalance = minor(10_000_000);

/** Makes the sandbox partner, its credentials and its opening balances, once. Refuses anywhere but in a local installation. */
export async function seedSandbox(parts: ManageParts, by: StaffAct): Promise<Result<Partner, Refusal>> {
  if (parts.installation !== "local")
    return refuse(refusal("not_found", "Only a local installation has a sandbox partner with fixed credentials."));
  const wallets = ["INR", "BDT"] as const;
  const created = await createPartner(
    parts,
    {
      name: "Sandbox partner",
      mode: "sandbox",
      wallets,
      rules: [{ product: "*", kind: "basis_points", basisPoints: 100 }],
      limits: [],
    },
    by,
  );
  if (!created.ok) return created;
  const { partner } = created.value;
  await parts.database.batch(
    demoCredentials.map((demo) =>
      insertCredential({
        keyId: demo.keyId,
        account: partner.account,
        surface: demo.surface,
        name: `demo ${demo.surface}`,
        hash: credentialHash(parts.hashSecret, demo),
        scopes: keyOfTwin(demo.keyId) === demo.keyId ? scopes : ["recharges:read", "account:read"],
        addresses: demo.addresses,
        doubtAnswer: null,
        createdAt: parts.clock.now(),
        expiresAt: null,
        revokedAt: null,
      }),
    ),
  );
  for (const currency of wallets) {
    const movement = {
      currency,
      amount: openingBalance,
      reason: "sandbox opening balance",
      externalReference: `sandbox-${currency}`,
    };
    const moved = await moveMoney(parts, partner.account, "credit", movement, by);
    if (!moved.ok) return moved;
  }
  return ok(partner);
}

/** True when one of the fixed credentials is in the database: then a live installation must not run. */
export async function hasDemoCredentials(database: LedgerDatabase, hashSecret: string): Promise<boolean> {
  const hashes = demoCredentials.map((demo) => credentialHash(hashSecret, demo));
  const rows = await database.all(
    "select key_id from credentials where hash in (select value from json_each(?1)) limit 1",
    [JSON.stringify(hashes)],
  );
  return rows.length > 0;
}
