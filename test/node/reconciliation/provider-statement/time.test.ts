// Times as providers write them: forms, zones, and clocks that jump.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  earliest,
  isTimeFormat,
  isZone,
  latest,
  timeReader,
} from "../../../../src/reconciliation/provider-statement/time.ts";

const noon = Date.UTC(2026, 10, 2, 6, 30, 15);
const second = 1_000;
const minute = 60_000;
const hour = 3_600_000;
const day = 24 * hour;

describe("reads a time as the zone's clocks show it", () => {
  test.each([
    ["yyyy-MM-dd HH:mm:ss", "2026-11-02 12:00:15", noon, second],
    ["dd/MM/yyyy HH:mm", "2/11/2026 12:00", noon - 15 * second, minute],
    ["dd-MMM-yy hh:mm:ss a", "02-Nov-26 12:00:15 PM", noon, second],
    ["dd-MMM-yy hh:mm:ss a", "02-nov-26 12:00:15 p.m.", noon, second],
    ["dd-MMM-yy hh:mm:ss a", "02-Nov-26 12:00:15 am", noon - 12 * hour, second],
    ["dd-MMM-yy hh:mm:ss a", "02-Nov-26 1:00:15 PM", noon + hour, second],
    ["dd.MM.yyyy HH", "02.11.2026 12", noon - 15 * second, hour],
    ["dd.MM.yyyy hh a", "02.11.2026 12 pm", noon - 15 * second, hour],
    ["yyyy/MM/dd", " 2026/11/02 ", noon - 15 * second - 12 * hour, day],
    ["MMM dd, yyyy", "nov 2, 2026", noon - 15 * second - 12 * hour, day],
    ["dd MMM yyyy", "02   Nov 2026", noon - 15 * second - 12 * hour, day],
    ["[dd](MM)+yyyy", "[02](11)+2026", noon - 15 * second - 12 * hour, day],
  ])("%s: %s", (format, text, from, length) => {
    expect(timeReader(format, "Asia/Kolkata")(text)).toEqual({ from, until: from + length });
  });

  test.each(
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"].map(
      (name, index) => [name, index] as const,
    ),
  )("%s is a month", (name, index) => {
    const from = Date.UTC(2026, index, 3);
    expect(timeReader("ddMMMyyyy", "UTC")(`03${name}2026`)).toEqual({ from, until: from + day });
  });

  test("any moment, to the second, in both countries and where clocks change", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2001, 0, 1) / second, max: Date.UTC(2090, 0, 1) / second }),
        fc.constantFrom("Asia/Kolkata", "Asia/Dhaka", "Europe/London", "America/New_York", "Australia/Lord_Howe"),
        (seconds, zone) => {
          const moment = seconds * second;
          const shown = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
          const read = timeReader("yyyy-MM-dd HH:mm:ss", zone)(shown.format(moment));
          expect(read?.from).toBeLessThanOrEqual(moment);
          expect(read?.until).toBeGreaterThan(moment);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("refuses what no clock shows", () => {
  const iso = "yyyy-MM-dd HH:mm:ss";
  test.each([
    [iso, "02/11/2026 12:00:15"],
    [iso, "2026-11-02 12:00"],
    [iso, "2026-11-02 12:00:15 x"],
    [iso, "x 2026-11-02 12:00:15"],
    [iso, ""],
    [iso, "2026-11-31 12:00:00"],
    [iso, "2026-02-29 12:00:00"],
    [iso, "2026-13-01 12:00:00"],
    [iso, "2026-00-01 12:00:00"],
    [iso, "2026-11-00 12:00:00"],
    [iso, "2026-11-02 24:00:00"],
    [iso, "2026-11-02 12:60:00"],
    [iso, "2026-11-02 12:59:60"],
    [iso, "2026-11-02 23:60:00"],
    [iso, "2026-11-02 23:59:60"],
    ["dd/MM/yyyy hh a", "02/11/2026 13 pm"],
    ["dd/MM/yyyy hh a", "02/11/2026 0 am"],
    ["dd-MMM-yyyy", "02-Nox-2026"],
  ])("%s: %s", (format, text) => {
    expect(timeReader(format, "Asia/Kolkata")(text)).toBeNull();
  });

  test.each(["2028-02-29 00:00:00", "2026-11-02 23:59:59", "2026-12-31 00:00:00"])("but not %s", (text) => {
    expect(timeReader(iso, "UTC")(text)?.from).toBe(Date.parse(`${text.replace(" ", "T")}Z`));
  });
});

describe("where clocks change", () => {
  const read = timeReader("yyyy-MM-dd HH:mm:ss", "Europe/London");
  test("an hour that was jumped over is no time", () => {
    expect(read("2026-03-29 01:30:00")).toBeNull();
    expect(read("2026-03-29 00:59:59")?.from).toBe(Date.UTC(2026, 2, 29, 0, 59, 59));
    expect(read("2026-03-29 02:00:00")?.from).toBe(Date.UTC(2026, 2, 29, 1));
  });
  test("an hour that was shown twice spans both", () => {
    expect(read("2026-10-25 01:30:00")).toEqual({
      from: Date.UTC(2026, 9, 25, 0, 30),
      until: Date.UTC(2026, 9, 25, 1, 30) + second,
    });
  });
  test("a day is as long as it was", () => {
    const days = timeReader("yyyy-MM-dd", "Europe/London");
    expect(days("2026-03-29")).toEqual({ from: Date.UTC(2026, 2, 29), until: Date.UTC(2026, 2, 29, 23) });
    expect(days("2026-10-25")).toEqual({ from: Date.UTC(2026, 9, 24, 23), until: Date.UTC(2026, 9, 26) });
  });
  test("a day that ends where the next midnight was jumped over ends after 24 hours", () => {
    const days = timeReader("yyyy-MM-dd", "Africa/Cairo");
    // Cairo's clocks jump from 00:00 to 01:00 on the last Friday of April.
    expect(days("2026-04-23")).toEqual({ from: Date.UTC(2026, 3, 22, 22), until: Date.UTC(2026, 3, 23, 22) });
    expect(days("2026-04-24")).toBeNull();
  });
});

test.each([
  ["dd/MM/yyyy", true],
  ["dd/MM/yy HH:mm:ss", true],
  ["yyyyMMdd", true],
  ["dd MMM yyyy hh:mm:ss a", true],
  ["dd MMM yyyy hh a", true],
  ["dd/MM/yyyy HH", true],
  ["", false],
  ["dd/MM", false],
  ["MM/yyyy", false],
  ["dd/yyyy", false],
  ["dd/MM/yyyy yy", false],
  ["dd/MM/MMM/yyyy", false],
  ["dd/dd/MM/yyyy", false],
  ["dd/MM/yyyy HH hh a", false],
  ["dd/MM/yyyy hh:mm", false],
  ["dd/MM/yyyy HH:mm a", false],
  ["dd/MM/yyyy mm", false],
  ["dd/MM/yyyy HH ss", false],
])("%s as a form of a time: %s", (format, isOne) => {
  expect(isTimeFormat(format)).toBe(isOne);
});

test.each([
  ["Asia/Kolkata", true],
  ["Asia/Dhaka", true],
  ["UTC", true],
  ["Asia/Nowhere", false],
  ["+05:30", false],
  ["-asia", false],
  ["", false],
])("%s as a zone: %s", (zone, isOne) => {
  expect(isZone(zone)).toBe(isOne);
});

test("the first and the last of more moments than a call takes", () => {
  const many = Array.from({ length: 300_000 }, (_, index) => index + 5);
  expect([earliest(many, 9), earliest(many, 4), earliest([], 9)]).toEqual([5, 4, 9]);
  expect([latest(many, 9), latest(many, 400_000), latest([], 9)]).toEqual([300_004, 400_000, 9]);
});
