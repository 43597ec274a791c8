// Keyed hashes, comparison and fresh secrets.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { equalInConstantTime, keyedHash, newSecret } from "../../../src/base/signature.ts";

describe("a keyed hash", () => {
  it.each([
    // RFC 4231, section 4.3.
    ["Jefe", "what do ya want for nothing?", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"],
    ["", "", "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"],
  ])("of secret %j is HMAC-SHA256", (secret, text, hash) => {
    expect(keyedHash(secret, text)).toBe(hash);
  });

  it("takes the text as UTF-8", () => {
    expect(keyedHash("k", "ক")).toBe(keyedHash("k", String.fromCodePoint(0x995)));
    expect(keyedHash("k", "ক")).not.toBe(keyedHash("k", "খ"));
  });
});

describe("comparison in constant time", () => {
  it.each([
    ["", "", true],
    ["abc", "abc", true],
    ["abc", "abd", false],
    ["abc", "ab", false],
    ["", "a", false],
    ["é", "e", false],
    ["é", "ab", false],
  ])("of %j and %j is %s", (left, right, isEqual) => {
    expect(equalInConstantTime(left, right)).toBe(isEqual);
  });

  it("says what === says", () => {
    const text = fc.string({ unit: "grapheme", maxLength: 3 });
    fc.assert(
      fc.property(text, text, (left, right) => {
        expect(equalInConstantTime(left, right)).toBe(left === right);
      }),
    );
  });
});

describe("a fresh secret", () => {
  it("has one symbol for each of 32 bytes, of which five bits count", () => {
    const counted = newSecret((bytes) => bytes.map((_byte, index) => index));
    expect(counted).toBe("0123456789ABCDEFGHJKMNPQRSTVWXYZ");
    expect(newSecret((bytes) => bytes.map((_byte, index) => index + 224))).toBe(counted);
  });

  it("is drawn from the platform unless told otherwise", () => {
    const drawn = new Set(Array.from({ length: 20 }, () => newSecret()));
    expect(drawn.size).toBe(20);
    expect([...drawn].filter((secret) => !/^[0-9A-HJKMNP-TV-Z]{32}$/.test(secret))).toEqual([]);
  });
});
