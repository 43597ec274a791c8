// How a shard of the guard knows an account that was set back.
import { expect, test } from "vitest";
import { Counted } from "../../../src/numbers/counted.ts";

test("an account was set back where another life of its object had counted further, and in no other case", () => {
  const counted = new Counted();
  const count = (life: string, next: number, account = 1) => counted.isSetBack(account, { life, next });
  expect(count("first", 9)).toBe(false);
  expect(count("first", 7), "claims of one life overtake each other").toBe(false);
  expect(count("second", 9), "it was reset, and nothing was written since").toBe(false);
  expect(count("third", 8)).toBe(true);
  expect(count("third", 8), "and again").toBe(true);
  expect(count("first", 8), "a late claim of a life before").toBe(true);
  expect(count("third", 1_000_009), "it was healed").toBe(false);
  expect(count("fourth", 1_000_008)).toBe(true);
  expect(count("x", 1, 2), "another account").toBe(false);
});
