// References and ids: what they look like, and that nothing else is taken for one.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  partnerIdOf,
  readPartnerId,
  readRechargeId,
  readReference,
  rechargeIdOf,
  referenceOf,
} from "../../../src/base/id.ts";

const account = fc.integer({ min: 0, max: 36 ** 5 - 1 });
const counter = fc.integer({ min: 0, max: 36 ** 7 - 1 });
const notInPlace = "invariant broken: the number fits its place";

describe("our reference upstream", () => {
  it.each([
    ["L1", 0, 0, "L1000000000000"],
    ["L1", 1, 1, "L1000010000001"],
    ["00", 35, 36, "000000Z0000010"],
    ["ZZ", 36 ** 5 - 1, 36 ** 7 - 1, "ZZZZZZZZZZZZZZ"],
  ])("of installation %s, account %d, attempt %d is %s", (installation, accountNumber, attempt, reference) => {
    expect(referenceOf(installation, accountNumber, attempt)).toBe(reference);
    expect(readReference(installation, reference)).toEqual({ accountNumber, counter: attempt });
  });

  it("is read back to the account and the attempt, and fits the reference of backnpay", () => {
    fc.assert(
      fc.property(account, counter, (accountNumber, attempt) => {
        const reference = referenceOf("L1", accountNumber, attempt);
        expect(reference).toMatch(/^[0-9A-Z]{8,20}$/);
        expect(readReference("L1", reference)).toEqual({ accountNumber, counter: attempt });
      }),
    );
  });

  it.each([
    "",
    "L100001000001",
    "L10000100000011",
    "L1000010000001 ",
    " L1000010000001",
    "L1000010000001\n",
    "xL1000010000001",
    "l1000010000001",
    "L100001000000a",
    "L1-00010000001",
    "L2000010000001",
    "1L000010000001",
  ])("is not %j", (reference) => {
    expect(readReference("L1", reference)).toBeNull();
  });

  it.each(["", "L", "L12", "l1", "L-", " L1", "L1\n"])("has no installation code %j", (code) => {
    expect(() => referenceOf(code, 1, 1)).toThrow("invariant broken: an installation code has two characters");
  });

  it.each([
    [36 ** 5, 1],
    [-1, 1],
    [0.5, 1],
    [1, 36 ** 7],
    [1, -1],
    [1, Number.NaN],
  ])("is not made of account %d and attempt %d", (accountNumber, attempt) => {
    expect(() => referenceOf("L1", accountNumber, attempt)).toThrow(notInPlace);
  });
});

describe("the id of a recharge", () => {
  it.each([
    [0, 0, "rch_000000000000"],
    [1, 10, "rch_00001000000a"],
    [36 ** 5 - 1, 36 ** 7 - 1, "rch_zzzzzzzzzzzz"],
  ])("of account %d, recharge %d is %s", (accountNumber, recharge, id) => {
    expect(rechargeIdOf(accountNumber, recharge)).toBe(id);
  });

  it("is read back", () => {
    fc.assert(
      fc.property(account, counter, (accountNumber, recharge) => {
        expect(readRechargeId(rechargeIdOf(accountNumber, recharge))).toEqual({ accountNumber, counter: recharge });
      }),
    );
  });

  it.each([
    "",
    "rch_",
    "rch_00000000000",
    "rch_0000000000000",
    "rch_00000000000A",
    "RCH_000000000000",
    "xrch_000000000000",
    "rch_000000000000\n",
    "rch-000000000000",
    "ptn_000000000000",
    "000000000000",
  ])("is not %j", (id) => {
    expect(readRechargeId(id)).toBeNull();
  });

  it("has no room for a number that is too large", () => {
    expect(() => rechargeIdOf(36 ** 5, 1)).toThrow(notInPlace);
    expect(() => rechargeIdOf(1, 36 ** 7)).toThrow(notInPlace);
  });
});

describe("the id of a partner", () => {
  it.each([
    [0, "ptn_00000"],
    [36, "ptn_00010"],
    [36 ** 5 - 1, "ptn_zzzzz"],
  ])("of account %d is %s", (accountNumber, id) => {
    expect(partnerIdOf(accountNumber)).toBe(id);
    expect(readPartnerId(id)).toBe(accountNumber);
  });

  it("is read back", () => {
    fc.assert(
      fc.property(account, (number) => {
        expect(readPartnerId(partnerIdOf(number))).toBe(number);
      }),
    );
  });

  it.each(["", "ptn_", "ptn_0000", "ptn_000000", "ptn_0000A", "xptn_00000", "ptn_00000\n", "rch_00000", "00000"])(
    "is not %j",
    (id) => {
      expect(readPartnerId(id)).toBeNull();
    },
  );

  it("has no room for a number that is too large", () => {
    expect(() => partnerIdOf(36 ** 5)).toThrow(notInPlace);
  });
});
