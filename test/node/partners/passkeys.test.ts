// A passkey that could not be looked up is a fault: nobody has found out that it is not known.
import { expect, test } from "vitest";
import { addPasskey, findByPasskey } from "../../../src/partners/passkeys.ts";
import { openMemoryDatabase } from "../../support/memory-database.ts";
import { hashSecret } from "../../support/partner-rows.ts";

const place = { origin: "https://gateway.example", host: "gateway.example" };
const asha = { kind: "staff", person: "Asha", scopes: ["admin"] } as const;
const id = "AAAA";

/** The ledger answers, but not for challenges where `isLost`. */
async function openParts({ isLost }: { readonly isLost: boolean }) {
  const memory = openMemoryDatabase();
  const added = {
    sql: "insert into passkeys (id, person, public_key, counter, created_at) values (?1, 'Asha', '', 0, 0)",
  };
  await memory.batch([{ ...added, args: [id] }]);
  const all: typeof memory.all = async (sql, args) => {
    if (isLost && sql.includes("passkey_challenges")) throw new Error("the database is down");
    return memory.all(sql, args);
  };
  return { database: { ...memory, all }, hashSecret, clock: { now: () => Date.UTC(2026, 10, 2) } };
}

function answerTo(type: "webauthn.create" | "webauthn.get") {
  const client = JSON.stringify({ type, challenge: "AAAA", origin: place.origin });
  const said = { clientDataJSON: Buffer.from(client).toString("base64url") };
  return { id, rawId: id, type: "public-key", clientExtensionResults: {}, said } as const;
}

const wishes = {
  "that is added": (parts: Awaited<ReturnType<typeof openParts>>) => {
    const { said, ...rest } = answerTo("webauthn.create");
    return addPasskey(parts, asha, { ...rest, response: { ...said, attestationObject: "oA" } }, place);
  },
  "that signs in": (parts: Awaited<ReturnType<typeof openParts>>) => {
    const { said, ...rest } = answerTo("webauthn.get");
    return findByPasskey(parts, { ...rest, response: { ...said, authenticatorData: "AA", signature: "AA" } }, place);
  },
};

test.each(Object.entries(wishes))(
  "one %s is a fault where its challenge is lost, and refused where it is none",
  async (_what, wish) => {
    await expect(wish(await openParts({ isLost: true }))).rejects.toThrow("challenge");
    expect(await wish(await openParts({ isLost: false }))).toMatchObject({
      ok: false,
      problem: { code: "credentials" },
    });
  },
);
