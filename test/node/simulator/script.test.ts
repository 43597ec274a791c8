// The table of scripts and the draw of faults.
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawFault } from "../../../src/simulator/faults.ts";
import { findScriptName, readScriptTable, scriptFor, scriptNames, scripts } from "../../../src/simulator/script.ts";

describe("the table of scripts", () => {
  test("is the one that docs/simulator.md prints", () => {
    const rows = readFileSync("docs/simulator.md", "utf8")
      .split("\n")
      .filter((line) => /^\| \d\d \|/.test(line));
    expect(rows).toEqual(readScriptTable().map((row) => `| ${row.join(" | ")} |`));
  });

  test("gives each suffix once, all below 80", () => {
    const suffixes = scriptNames.map((name) => scripts[name].suffix);
    expect(new Set(suffixes).size).toBe(suffixes.length);
    for (const suffix of suffixes) expect(suffix).toMatch(/^[0-7]\d$/);
  });

  test("is chosen by the last two digits and leaves the rest unlisted", () => {
    expect(findScriptName("9826386400")).toBe("success");
    expect(findScriptName("01712345641")).toBe("lost_before_execution");
    expect(findScriptName("9826386480")).toBeNull();
    expect(findScriptName("RR-12AB")).toBeNull();
  });

  test("succeeds where a protocol does not follow the script", () => {
    expect(scriptFor("declined_by_backnpay", "backnpay").effect).toBe("refused");
    expect(scriptFor("declined_by_backnpay", "aopay")).toBe(scripts.success);
  });
});

const schedule = (seed: string, attempt: number) =>
  Array.from({ length: 2_000 }, (_, i) =>
    drawFault({ seed, rate: 0.25, kinds: ["failed", "html_after_execution"] }, { key: `REF${i}`, attempt }),
  );

describe("a drawn fault", () => {
  const faults = fc.record({
    seed: fc.string({ minLength: 1 }),
    rate: fc.double({ min: 0, max: 1, noNaN: true }),
    kinds: fc.uniqueArray(fc.constantFrom(...scriptNames), { minLength: 1 }),
  });
  const draws = fc.uniqueArray(fc.record({ key: fc.string(), attempt: fc.nat(5) }), {
    selector: (d) => JSON.stringify(d),
  });

  test("is the same whatever the order of arrival", () => {
    fc.assert(
      fc.property(faults, draws, fc.func(fc.integer()), (set, asked, weigh) => {
        const drawn = new Map(asked.map((draw) => [draw, drawFault(set, draw)]));
        const shuffled = asked.toSorted((a, b) => weigh(a) - weigh(b));
        for (const draw of shuffled) expect(drawFault(set, draw)).toBe(drawn.get(draw));
      }),
    );
  });

  test("is one of the kinds, never at rate 0 and always at rate 1", () => {
    fc.assert(
      fc.property(faults, fc.string(), (set, key) => {
        const draw = { key, attempt: 0 };
        expect(drawFault({ ...set, rate: 0 }, draw)).toBeNull();
        expect(set.kinds).toContain(drawFault({ ...set, rate: 1 }, draw));
      }),
    );
  });

  test("comes about as often as the rate says and differs by seed and by attempt", () => {
    const drawn = schedule("a", 0).filter((name) => name !== null);
    expect(drawn.length).toBeGreaterThan(420);
    expect(drawn.length).toBeLessThan(580);
    const failed = drawn.filter((name) => name === "failed").length;
    expect(failed).toBeGreaterThan(180);
    expect(failed).toBeLessThan(320);
    expect(schedule("b", 0)).not.toEqual(schedule("a", 0));
    expect(schedule("a", 1)).not.toEqual(schedule("a", 0));
  });
});
