import { expect, test } from "vitest";
import {
  bearerOf,
  credentialHash,
  modeOfApiKey,
  newApiKey,
  newCredentialId,
  newStaffToken,
  staffTokenHash,
} from "../../../src/partners/credentials.ts";

const secret = "a-secret-for-tests-only-of-32-characters";

test("a key says its mode and holds 160 random bits", () => {
  expect(newApiKey("sandbox")).toMatch(/^rk_test_[0-9A-HJKMNP-TV-Z]{32}$/);
  expect(newApiKey("live")).toMatch(/^rk_live_[0-9A-HJKMNP-TV-Z]{32}$/);
  expect(newStaffToken()).toMatch(/^rs_[0-9A-HJKMNP-TV-Z]{32}$/);
  expect(newCredentialId("key")).toMatch(/^key_[0-9a-hjkmnp-tv-z]{16}$/);
  expect(newCredentialId("tok")).toMatch(/^tok_[0-9a-hjkmnp-tv-z]{16}$/);
  expect(new Set(Array.from({ length: 100 }, () => newApiKey("live"))).size).toBe(100);
});

test.each([
  ["rk_test_demo", "sandbox"],
  ["rk_live_ABC", "live"],
  [`rk_live_${"A".repeat(64)}`, "live"],
  [`rk_live_${"A".repeat(65)}`, null],
  ["rk_live_", null],
  ["rk_prod_ABC", null],
  ["xrk_live_ABC", null],
  ["rk_live_A B", null],
  ["", null],
] as const)("the mode of %j is %s", (key, mode) => {
  expect(modeOfApiKey(key)).toBe(mode);
});

test("the hash depends on the secret, the surface and where one part ends", () => {
  const hashes = [
    credentialHash(secret, { surface: "api", parts: ["ab", "c"] }),
    credentialHash(secret, { surface: "api", parts: ["a", "bc"] }),
    credentialHash(secret, { surface: "nurr", parts: ["ab", "c"] }),
    credentialHash(`${secret}!`, { surface: "api", parts: ["ab", "c"] }),
    staffTokenHash(secret, "ab"),
  ];
  expect(new Set(hashes).size).toBe(5);
  for (const hash of hashes) expect(hash).toMatch(/^[0-9a-f]{64}$/);
});

test.each([
  ["Bearer abc", "abc"],
  ["bearer  abc ", "abc"],
  ["Basic abc", null],
  ["Bearer", null],
  ["Bearer a b", null],
  [`Bearer ${"a".repeat(200)}`, "a".repeat(200)],
  [`Bearer ${"a".repeat(201)}`, null],
  ["", null],
  [undefined, null],
] as const)("the token of %j is %s", (header, token) => {
  expect(bearerOf(header)).toBe(token);
});
