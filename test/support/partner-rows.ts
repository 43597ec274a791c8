// A partner with keys, straight in the tables, for tests of who is asking.
import type { LedgerDatabase } from "../../src/ledger/client.ts";
import { credentialHash, scopes } from "../../src/partners/credentials.ts";
import { type Credential, insertCredential, insertPartner } from "../../src/partners/rows.ts";
import type { Mode } from "../../src/recharges/recharge.ts";

export const hashSecret = "a-secret-for-tests-only-of-32-characters";

/** Account 1 is a sandbox partner, account 2 a live one. */
export async function addPartners(database: LedgerDatabase): Promise<void> {
  await database.batch([partnerOf("sandbox"), partnerOf("live")]);
}

function partnerOf(mode: Mode) {
  return insertPartner({
    mode,
    name: `a ${mode} partner`,
    status: "active",
    wallets: ["INR"],
    plan: { version: 1, rules: [] },
    limits: [],
    profileVersion: 1,
    createdAt: 0,
  });
}

/** Stores an API key with all scopes, unless `more` says otherwise. */
export async function addKey(database: LedgerDatabase, key: string, more: Partial<Credential> = {}): Promise<void> {
  await database.batch([
    insertCredential({
      keyId: `key_${key.toLowerCase()}`,
      account: 1,
      surface: "api",
      name: key,
      hash: credentialHash(hashSecret, { surface: "api", parts: [key] }),
      scopes,
      addresses: [],
      doubtAnswer: null,
      createdAt: 0,
      expiresAt: null,
      revokedAt: null,
      ...more,
    }),
  ]);
}
