// In place of what packages bring to browsers, and workerd has: HMAC with SHA-256 (`fast-sha256`) and base64 (`@stablelib/base64`,
// `js-base64`).
import { Buffer } from "node:buffer";
import { createHmac } from "node:crypto";

export function hmac(key: Uint8Array, data: Uint8Array): Uint8Array {
  return createHmac("sha256", key).update(data).digest();
}

export function encode(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}

/** Throws where the text is no base64. */
export function decode(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

export const Base64 = { fromUint8Array: encode, toUint8Array: decode };
