// Keyed hashes and constant-time comparison, for credentials, shards and signatures.
import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from "node:crypto";

/** HMAC-SHA256 of a text under a secret, as 64 lower-case hex digits. */
export function keyedHash(secret: string, text: string): string {
  return createHmac("sha256", keyOf(secret)).update(text, "utf8").digest("hex");
}

/** The key of the secret that was used last: nearly always the installation's, and making one costs more than hashing. */
let latest: { readonly secret: string; readonly key: KeyObject } | null = null;

function keyOf(secret: string): KeyObject {
  if (latest?.secret !== secret) latest = { secret, key: createSecretKey(secret, "utf8") };
  return latest.key;
}

/** Equality of two texts whose time does not depend on where they differ (their lengths may show). */
export function equalInConstantTime(left: string, right: string): boolean {
  const a = new TextEncoder().encode(left);
  const b = new TextEncoder().encode(right);
  return a.byteLength === b.byteLength && timingSafeEqual(a, b);
}

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A fresh secret of 32 symbols with five bits each (160 bits) from the platform's random source. */
export function newSecret(
  random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array = (b) => crypto.getRandomValues(b),
): string {
  return Array.from(random(new Uint8Array(32)), (byte) => alphabet.charAt(byte & 31)).join("");
}
