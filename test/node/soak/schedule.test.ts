// The schedule of a soak run is its seed's alone, and nothing is missing from it.
import { describe, expect, test } from "vitest";
import { incidentKinds, manners, partnerCount, scheduleOf } from "../../../scripts/soak/schedule.ts";
import { findScriptName, scriptNames } from "../../../src/simulator/script.ts";

describe("the schedule of a soak run", () => {
  const { orders, incidents } = scheduleOf("1", 10_000);

  test("is the same for the same seed, and another for another", () => {
    expect(scheduleOf("1", 10_000)).toEqual({ orders, incidents });
    const other = scheduleOf("2", 10_000);
    expect(other.orders).not.toEqual(orders);
    expect(other.incidents).not.toEqual(incidents);
  });

  test("gives a recharge the same fault in a longer run", () => {
    expect(scheduleOf("1", 300).orders).toEqual(orders.slice(0, 300));
  });

  test("orders each number and agent id once, and the number's digits choose its fault", () => {
    expect(new Set(orders.map(({ number }) => number)).size).toBe(orders.length);
    expect(new Set(orders.map(({ agentId }) => agentId)).size).toBe(orders.length);
    for (const { number, script } of orders) expect(findScriptName(number)).toBe(script);
  });

  test("has every fault, every kind of client, every partner and both currencies", () => {
    expect(new Set(orders.map(({ script }) => script))).toEqual(new Set(scriptNames));
    expect(new Set(orders.map(({ manner }) => manner))).toEqual(new Set(manners));
    expect(new Set(orders.map(({ partner }) => partner)).size).toBe(partnerCount);
    expect(new Set(orders.map(({ currency }) => currency))).toEqual(new Set(["INR", "BDT"]));
    const faulty = orders.filter(({ script }) => script !== "success").length / orders.length;
    expect(faulty).toBeGreaterThan(0.5);
    expect(faulty).toBeLessThan(0.6);
  });

  test("kills the gateway at least ten times in ten thousand recharges", () => {
    expect(incidents.filter(({ kind }) => kind === "gateway_killed").length).toBeGreaterThanOrEqual(10);
  });

  test("brings each incident about at least once, in order, within the run", () => {
    for (const recharges of [1, 300, 10_000]) {
      const planned = scheduleOf("1", recharges).incidents;
      expect(new Set(planned.map(({ kind }) => kind))).toEqual(new Set(incidentKinds));
      const moments = planned.map(({ after }) => after);
      expect(moments).toEqual(moments.toSorted((left, right) => left - right));
      expect(Math.min(...moments)).toBeGreaterThanOrEqual(1);
      expect(Math.max(...moments)).toBeLessThanOrEqual(recharges);
    }
  });

  test.each([0, 1_000_000])("refuses %d recharges", (recharges) => {
    expect(() => scheduleOf("1", recharges)).toThrow("1 to 999999");
  });
});
