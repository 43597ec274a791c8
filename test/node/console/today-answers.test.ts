// What Today makes of figures.
import { describe, expect, it } from "vitest";
import { besideText, hoursLeft, percentText, successRate } from "../../../src/console/today-answers.ts";

const figures = { week: "this", currency: "INR", recharges: 1, face: "20.00", succeeded: 1, failed: 0 } as const;
const rest = { reversed: 0, pending: 0, at_risk: "0.00" };
const line = { ...figures, ...rest, provider: "one", product: "in.airtel.prepaid", last_hour: 0, spent: "240.00" };
const hour = (ago: number) => ({ ...figures, ...rest, hours_ago: ago });
const none = { known_until: null, held: [], cases: [] };
const float = { provider: "one", currency: "INR", floor: "20.00", balance: "140.00" };

describe("success", () => {
  it("is of what is decided, and never rounded up to a hundred", () => {
    expect(successRate({ succeeded: 0, failed: 0, reversed: 0 })).toBeNull();
    expect(successRate({ succeeded: 2, failed: 1, reversed: 1 })).toBe(0.5);
    expect([percentText(null), percentText(0.99999), percentText(1)]).toEqual(["–", "99.9 %", "100 %"]);
  });

  it("stands beside last week in words", () => {
    const said = [besideText(0, 0), besideText(5, 0), besideText(110, 100), besideText(50, 100), besideText(100, 100)];
    expect(said).toEqual([
      "nothing last week either",
      "nothing at this hour last week",
      "+10 % to last week",
      "−50 % to last week",
      "as last week",
    ]);
  });
});

describe("a float", () => {
  it("lasts for what is above its floor, at the pace of the hours in which was sold", () => {
    const day = { ...none, lines: [line], hours: [hour(0), hour(23)] };
    expect(hoursLeft(float, day)).toBe(12);
    expect(hoursLeft(float, { ...day, hours: [hour(0), hour(1)] })).toBe(1);
    expect(hoursLeft({ ...float, balance: "10.00" }, day)).toBe(0);
  });

  it("of which nothing is known, or from which nothing was taken this day, lasts nobody knows how long", () => {
    const day = { ...none, lines: [{ ...line, week: "last" as const }], hours: [hour(0)] };
    expect(hoursLeft(float, day)).toBeNull();
    expect(hoursLeft({ ...float, balance: null }, { ...day, lines: [line] })).toBeNull();
    expect(hoursLeft({ ...float, provider: "two" }, { ...day, lines: [line] })).toBeNull();
  });
});
