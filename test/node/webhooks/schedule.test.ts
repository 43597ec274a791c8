// When a webhook is tried again, and when its endpoint is given up.
import fc from "fast-check";
import { expect, it, test } from "vitest";
import { readSettings } from "../../../src/config.ts";
import { isGivenUp, nextTryAt, outAtMost } from "../../../src/webhooks/schedule.ts";

const { TIMES: times } = readSettings({
  INSTALLATION: "local",
  INSTALLATION_CODE: "LC",
  HASH_SECRET: "a-secret-for-tests-only-of-32-characters",
});
const hourMs = 3_600_000;

it("tries nine times over more than a day and less than a day and a half, whatever the jitter", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), { minLength: 9, maxLength: 9 }),
      (dice) => {
        let at = 1_000_000;
        let tries = 0;
        for (const random of dice) {
          tries += 1;
          const next = nextTryAt(times, { tries, now: at, random });
          if (next === null) break;
          expect(next).toBeGreaterThan(at);
          at = next;
        }
        expect(tries).toBe(9);
        expect(at - 1_000_000).toBeGreaterThan(24 * hourMs);
        expect(at - 1_000_000).toBeLessThan(36 * hourMs);
      },
    ),
  );
});

it("spreads what failed together", () => {
  const at = [0, 0.5].map((random) => nextTryAt(times, { tries: 5, now: 0, random }));
  expect(at).toEqual([2 * hourMs, 7_920_000]);
});

test.each([
  [0, null, false],
  [9, 0, false],
  [10, 0, true],
  [10, 1, false],
  [100, 0, true],
])("after %i failures since %j an endpoint is given up: %j", (failures, failingSince, isIt) => {
  expect(isGivenUp(times, { failures, failingSince }, 48 * hourMs)).toBe(isIt);
});

it("asks an endpoint that fails by one message at a time", () => {
  expect([outAtMost({ failures: 4 }), outAtMost({ failures: 5 })]).toEqual([300, 6]);
});
