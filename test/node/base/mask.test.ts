// What a log or a piece of evidence may show.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maskNumber, redact } from "../../../src/base/mask.ts";

describe("a masked number", () => {
  it.each([
    ["9812345678", "•••••••678"],
    ["1234", "•234"],
    ["123", "123"],
    ["12", "12"],
    ["", ""],
  ])("of %j is %j", (number, masked) => {
    expect(maskNumber(number)).toBe(masked);
  });
});

describe("redacted words", () => {
  it.each([
    ["keep what is no secret", "SUCCESS", ["demo-pass"], 500, "SUCCESS"],
    ["strike every place out", "p=abc&q=abc", ["abc"], 500, "p=•••&q=•••"],
    ["strike every secret out", "user one pass two", ["one", "two"], 500, "user ••• pass •••"],
    ["strike out a secret that begins with another one", "demo-pass demo", ["demo", "demo-pass"], 500, "••• •••"],
    ["strike out a secret that ends another one", "x-demo demo", ["demo", "x-demo"], 500, "••• •••"],
    ["do not take nothing for a secret", "ab", ["", "b"], 500, "a•••"],
    ["take a secret literally", "a.c abc", ["a.c"], 500, "••• abc"],
    ["are cut", "abcdef", [], 3, "abc"],
    ["are cut after the secrets are gone", "secret-x", ["secret-x"], 5, "•••"],
  ])("%s", (_name, text, secrets, maxLength, kept) => {
    expect(redact(text, secrets, maxLength)).toBe(kept);
  });

  it("never hold a secret and are never too long", () => {
    const secret = fc.stringMatching(/^[a-z0-9-]{3,8}$/);
    fc.assert(
      fc.property(fc.array(secret, { maxLength: 3 }), fc.array(fc.string(), { minLength: 1 }), (secrets, parts) => {
        const kept = redact(secrets.map((one, index) => `${parts[index] ?? ""}${one}`).join("|"), secrets, 20);
        expect(secrets.filter((one) => kept.includes(one))).toEqual([]);
        expect(kept.length).toBeLessThanOrEqual(20);
      }),
    );
  });
});
