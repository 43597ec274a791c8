import fc from "fast-check";
import { expect, test } from "vitest";
import { nextTickAt, paceAt } from "../../../src/bulk/pace.ts";

test("sixty a minute is one a second, the first at once", () => {
  expect(paceAt({ perMinute: 60, pacedAt: 0, tickMs: 1_000 }, 1_000)).toEqual({ rows: 1, pacedAt: 1_000 });
  expect(paceAt({ perMinute: 60, pacedAt: 1_000, tickMs: 1_000 }, 1_900)).toEqual({ rows: 0, pacedAt: 1_000 });
});

test("an hour that was slept through is not made good", () => {
  expect(paceAt({ perMinute: 600, pacedAt: 0, tickMs: 1_000 }, 3_600_000).rows).toBe(20);
});

test("a clock that went back places nothing more", () => {
  expect(paceAt({ perMinute: 600, pacedAt: 5_000, tickMs: 1_000 }, 1_000).rows).toBe(0);
});

test("a slow run waits for its row, a quick one for the tick", () => {
  expect(nextTickAt({ perMinute: 1, pacedAt: 1_000, tickMs: 1_000 }, 2_000)).toBe(61_000);
  expect(nextTickAt({ perMinute: 600, pacedAt: 2_000, tickMs: 1_000 }, 2_000)).toBe(3_000);
});

test("whenever it is asked, no minute has more rows than its pace and two ticks, and a steady run reaches its pace", () => {
  const gaps = fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 5, maxLength: 60 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6_000 }), gaps, (perMinute, waits) => {
      const tickMs = 1_000;
      let [now, pacedAt, placed] = [0, 0, 0];
      for (const wait of waits) {
        now += wait;
        const paced = paceAt({ perMinute, pacedAt, tickMs }, now);
        placed += paced.rows;
        pacedAt = paced.pacedAt;
        expect(pacedAt).toBeLessThanOrEqual(now);
      }
      expect(placed).toBeLessThanOrEqual((now * perMinute) / 60_000 + 1e-6);
      const isSteady = waits.every((wait) => wait <= 2 * tickMs);
      const least = isSteady ? Math.floor((now * perMinute) / 60_000 - 1e-6) - 1 : 0;
      expect(placed).toBeGreaterThanOrEqual(least);
    }),
  );
});
