// What a desk keeps of its provider, and which changes the guard's shards are told.
import { describe, expect, it } from "vitest";
import { minor } from "../../../src/base/money.ts";
import { closedBreaker } from "../../../src/providers/breaker.ts";
import { deskAfter, deskAfterBalance, firstState, switchOf } from "../../../src/providers/desk.ts";

const told = { ...firstState, version: 4, takenVersion: 4 };
const floated = { ...told, floor: minor(500), balance: { amount: minor(1500), at: 10 }, pushedFloat: minor(1000) };
const balanceOf = (amount: number) => ({ balance: { amount: minor(amount), at: 11 } });

const changes = [
  ["switching off", told, { isOff: true }, 5, null],
  ["switching off what is off", { ...told, isOff: true }, { isOff: true }, 4, null],
  ["a breaker that opens", told, { breaker: { ...closedBreaker, inARow: 3, trippedUntil: 7 } }, 5, null],
  ["a breaker that counts", told, { breaker: { ...closedBreaker, inARow: 2 } }, 4, null],
  ["a balance without a floor", told, balanceOf(1500), 4, null],
  ["a floor without a balance", told, { floor: minor(500) }, 4, null],
  ["a floor where a balance is known", { ...floated, floor: null, pushedFloat: null }, { floor: minor(500) }, 5, 1000],
  ["no floor any more", floated, { floor: null }, 5, null],
  ["a float that sank by a tenth", floated, balanceOf(1400), 5, 900],
  ["a float that sank by less", floated, balanceOf(1401), 4, 1000],
  ["a float that rose by a tenth", floated, balanceOf(1600), 5, 1100],
  ["a float that rose by less", floated, balanceOf(1599), 4, 1000],
  ["a balance below the floor", floated, balanceOf(400), 5, 0],
  ["a float that stays empty", { ...floated, pushedFloat: minor(0) }, balanceOf(400), 4, 0],
  ["a float that is empty no more", { ...floated, pushedFloat: minor(0) }, balanceOf(501), 5, 1],
] as const;

describe("the desk", () => {
  it.each(changes)("after %s", (_name, state, change, version, pushedFloat) => {
    expect(deskAfter(state, change)).toEqual({ ...state, ...change, version, pushedFloat, takenVersion: 4 });
  });

  it("tells the float that it last thought worth telling whenever it tells anything", () => {
    expect(deskAfter(floated, { isOff: true, ...balanceOf(1499) })).toMatchObject({ version: 5, pushedFloat: 999 });
  });

  it("takes a balance only when it is newer", () => {
    expect(deskAfterBalance(told, minor(9), 1).balance).toEqual({ amount: 9, at: 1 });
    expect(deskAfterBalance(floated, minor(9), 10)).toBe(floated);
    expect(deskAfterBalance(floated, minor(9), 9)).toBe(floated);
    expect(deskAfterBalance(floated, minor(9), 11).balance).toEqual({ amount: 9, at: 11 });
  });

  it("says to the shards what they need", () => {
    const state = { ...floated, isOff: true, breaker: { ...closedBreaker, inARow: 5, trippedUntil: 77 } };
    expect(switchOf("first", state)).toEqual({
      provider: "first",
      isOff: true,
      trippedUntil: 77,
      float: 1000,
      version: 4,
    });
  });

  it("starts switched on, closed and without a word about the float", () => {
    expect(switchOf("first", firstState)).toEqual({
      provider: "first",
      isOff: false,
      trippedUntil: null,
      float: null,
      version: 0,
    });
  });
});
