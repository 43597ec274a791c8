// What stands in the bundle for packages' own HMAC and base64 answers as they do.
import { webcrypto } from "node:crypto";
import fc from "fast-check";
import { expect, it } from "vitest";
import { Base64, decode, encode, hmac } from "../../../functions/slim/digests.ts";

const bytes = fc.uint8Array({ minLength: 1, maxLength: 200 });

it("signs as Web Crypto does, with a key of any length", async () => {
  await fc.assert(
    fc.asyncProperty(bytes, bytes, async (key, data) => {
      const algorithm = { name: "HMAC", hash: "SHA-256" };
      const imported = await webcrypto.subtle.importKey("raw", Uint8Array.from(key), algorithm, false, ["sign"]);
      const signed = await webcrypto.subtle.sign("HMAC", imported, Uint8Array.from(data));
      expect(Uint8Array.from(hmac(key, data))).toEqual(new Uint8Array(signed));
    }),
  );
});

it("writes bytes as base64 with its padding, and reads them back, and refuses what is none", () => {
  expect([encode(Uint8Array.from([255, 254])), Base64.fromUint8Array(Uint8Array.from([]))]).toEqual(["//4=", ""]);
  fc.assert(
    fc.property(bytes, (one) => {
      expect(Base64.toUint8Array(encode(one))).toEqual(one);
    }),
  );
  expect(() => decode("no base64!")).toThrow(DOMException);
});
