// An authenticator without a device: makes passkeys (ES256) and answers challenges with them.
import { z } from "zod";

const curve = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const bytesOf = (text: string) => new TextEncoder().encode(text);
const hashOf = async (bytes: Uint8Array) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", Uint8Array.from(bytes)));
const inBase64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");

const coordinate = (text: string) => [0x58, 32, ...Buffer.from(text, "base64url")];
const dataOf = async (origin: string, flags: number, counter: number, rest: readonly number[]) => {
  const host = await hashOf(bytesOf(new URL(origin).hostname));
  return Uint8Array.from([...host, flags, 0, 0, counter >> 8, counter & 255, ...rest]);
};
const clientData = (type: string, { challenge, origin }: Asked) =>
  bytesOf(JSON.stringify({ type, challenge, origin, crossOrigin: false }));

export interface Asked {
  readonly challenge: string;
  readonly origin: string;
}

/** What is said of the maker: nothing; only the new key's own signature; or a certificate beside a signature, of that format. */
export type Attestation = "none" | "self" | "packed" | "fido-u2f";

export interface Authenticator {
  readonly id: string;
  register(asked: Asked, attestation?: Attestation): Promise<unknown>;
  /** `counter` is what the device says of how often it was used. */
  answer(asked: Asked, counter: number): Promise<unknown>;
}

// oxlint-disable-next-line max-lines-per-function -- one device: its key, and the two things that it does
export async function newAuthenticator(): Promise<Authenticator> {
  const pair = await crypto.subtle.generateKey(curve, true, ["sign", "verify"]);
  if (!("privateKey" in pair)) throw new Error("no pair");
  const { x, y } = z
    .object({ x: z.string(), y: z.string() })
    .parse(await crypto.subtle.exportKey("jwk", pair.publicKey));
  const rawId = crypto.getRandomValues(new Uint8Array(16));
  const id = inBase64(rawId);
  const publicKey = [0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, ...coordinate(x), 0x22, ...coordinate(y)];
  const common = { id, rawId: id, type: "public-key", clientExtensionResults: {} };
  return {
    id,
    async register(asked, attestation = "none") {
      const rest = [...new Uint8Array(16), 0, rawId.length, ...rawId, ...publicKey];
      const data = await dataOf(asked.origin, 0x45, 0, rest);
      const client = clientData("webauthn.create", asked);
      const statement =
        attestation === "none" ? [0xa0] : statementOf(await signBoth(pair.privateKey, data, client), attestation);
      const format = text(attestation === "self" ? "packed" : attestation);
      const head = [0xa3, ...text("fmt"), ...format, ...text("attStmt"), ...statement, ...text("authData")];
      const attestationObject = inBase64(Uint8Array.from([...head, 0x58, data.length, ...data]));
      return { ...common, response: { clientDataJSON: inBase64(client), attestationObject } };
    },
    async answer(asked, counter) {
      const data = await dataOf(asked.origin, 0x05, counter, []);
      const client = clientData("webauthn.get", asked);
      const signature = await signBoth(pair.privateKey, data, client);
      return {
        ...common,
        response: {
          clientDataJSON: inBase64(client),
          authenticatorData: inBase64(data),
          signature: inBase64(signature),
        },
      };
    },
  };
}

async function signBoth(key: CryptoKey, data: Uint8Array, client: Uint8Array): Promise<Uint8Array> {
  const signed = Uint8Array.from([...data, ...(await hashOf(client))]);
  return inDer(new Uint8Array(await crypto.subtle.sign(curve, key, signed)));
}

const text = (words: string) => [0x60 + words.length, ...bytesOf(words)];

/** `alg`, `sig` and, of a maker's, a certificate of no meaning. */
function statementOf(signature: Uint8Array, attestation: Attestation): readonly number[] {
  const own = [...text("alg"), 0x26, ...text("sig"), 0x58, signature.length, ...signature];
  return attestation === "self" ? [0xa2, ...own] : [0xa3, ...own, ...text("x5c"), 0x81, 0x43, 0x30, 1, 0];
}

const integer = (bytes: Uint8Array): readonly number[] => {
  const short = [
    ...bytes.subarray(
      Math.max(
        bytes.findIndex((byte) => byte !== 0),
        0,
      ),
    ),
  ];
  const signed = (short[0] ?? 0) > 127 ? [0, ...short] : short;
  return [2, signed.length, ...signed];
};

/** WebCrypto signs as r and s of 32 bytes each; authenticators say them as ASN.1 integers. */
function inDer(raw: Uint8Array): Uint8Array {
  const both = [...integer(raw.subarray(0, 32)), ...integer(raw.subarray(32))];
  return Uint8Array.from([0x30, both.length, ...both]);
}
