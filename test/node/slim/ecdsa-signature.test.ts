// Signatures of passkeys: what OpenSSL writes as DER is read as the r and s that verify, and nothing else is read.
import { generateKeyPairSync, randomBytes, sign, verify } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AsnParser } from "../../../functions/slim/ecdsa-signature.ts";

const { parse } = AsnParser;
const curves = [
  { namedCurve: "P-256", size: 32 },
  { namedCurve: "P-384", size: 48 },
  { namedCurve: "P-521", size: 66 },
];
const plain = (part: Uint8Array, size: number) =>
  Buffer.from(part)
    .subarray(-size)
    .toString("hex")
    .padStart(2 * size, "0");
const part = (bytes: Uint8Array) => [2, ...(bytes.length > 127 ? [0x81] : []), bytes.length, ...bytes];
const whole = (inner: readonly number[]) => [0x30, ...(inner.length > 127 ? [0x81] : []), inner.length, ...inner];

describe("the signature of a passkey", () => {
  it.each(curves)("is read as r and s on $namedCurve", ({ namedCurve, size }) => {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve });
    for (let times = 0; times < 100; times += 1) {
      const said = randomBytes(40);
      const { r, s } = parse(Uint8Array.from(sign("sha256", said, privateKey)));
      const raw = Buffer.from(plain(r, size) + plain(s, size), "hex");
      expect(verify("sha256", said, { key: publicKey, dsaEncoding: "ieee-p1363" }, raw)).toBe(true);
    }
  });

  it("is any two integers, byte for byte, and no prefix of them, nor anything after them", () => {
    const integer = fc.uint8Array({ minLength: 1, maxLength: 120 });
    fc.assert(
      fc.property(integer, integer, fc.nat(), (r, s, cut) => {
        const bytes = Uint8Array.from(whole([...part(r), ...part(s)]));
        expect(parse(bytes)).toEqual({ r, s });
        expect(() => parse(bytes.slice(0, cut % bytes.length))).toThrow("not a signature");
        expect(() => parse(Uint8Array.from([...bytes, 0]))).toThrow("not a signature: more than r and s");
      }),
    );
  });

  it.each([
    ["another structure", [0x31, 6, 2, 1, 1, 2, 1, 1]],
    ["text in place of an integer", [0x30, 6, 2, 1, 1, 4, 1, 1]],
    ["an empty integer", [0x30, 5, 2, 0, 2, 1, 1]],
    ["a third integer", [0x30, 9, 2, 1, 1, 2, 1, 1, 2, 1, 1]],
    ["a short length in the long form", [0x30, 0x81, 6, 2, 1, 1, 2, 1, 1]],
    ["a length without an end", [0x30, 0x80, 2, 1, 1, 2, 1, 1]],
    ["an integer beyond the whole", [0x30, 6, 2, 1, 1, 2, 9, 1]],
    ["nothing", []],
  ])("is not %s", (_what, bytes) => {
    expect(() => parse(Uint8Array.from(bytes))).toThrow("not a signature");
  });
});
