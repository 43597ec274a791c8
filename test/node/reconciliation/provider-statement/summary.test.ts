// Whether a statement accounts for all that moved the wallet, and of which moments it then has every row.
import { describe, expect, test } from "vitest";
import { minor } from "../../../../src/base/money.ts";
import {
  footingOf,
  footingTexts,
  readSummary,
  type StatementSummary,
} from "../../../../src/reconciliation/provider-statement/summary.ts";
import { fullMapping, mappingOf, minuteMs, row, shown, t0 } from "./statement-fixture.ts";

const summary: StatementSummary = {
  from: t0 - minuteMs,
  to: t0 + 60 * minuteMs,
  opening: minor(100_000),
  closing: minor(96_040),
  made: null,
};
const spanAt = (from: number) => ({ time: { from, until: from + 1_000 } });
const first = row({ balanceAfter: minor(98_020) });
const second = row({ ...spanAt(t0 + minuteMs), balanceAfter: minor(96_040) });
const rows = [first, second];

test("a statement foots, and covers its period up to its last row", () => {
  expect(footingOf(rows, summary)).toEqual({ kind: "foots", covers: { from: t0 - minuteMs, to: t0 + minuteMs } });
});

test("one that says when it was made covers its period up to that", () => {
  const madeAt = (made: number) => {
    const footing = footingOf(rows, { ...summary, made });
    return footing.kind === "foots" ? footing.covers.to : null;
  };
  expect(madeAt(t0 + 90 * minuteMs)).toBe(summary.to);
  expect(madeAt(t0 + 30 * minuteMs)).toBe(t0 + 30 * minuteMs);
});

test("one without rows covers nothing, unless it says when it was made", () => {
  const empty = { ...summary, closing: summary.opening };
  expect(footingOf([], empty)).toEqual({ kind: "foots", covers: { from: empty.from, to: empty.from } });
  const made = { ...empty, made: t0 + 30 * minuteMs };
  expect(footingOf([], made)).toEqual({ kind: "foots", covers: { from: empty.from, to: t0 + 30 * minuteMs } });
});

describe("a statement does not foot", () => {
  test.each([
    ["no_summary", rows, null],
    ["no_movements", [first, row({ movement: null })], summary],
    ["outside_period", [first, row(spanAt(summary.to))], summary],
    ["outside_period", [first, row(spanAt(summary.from - 1_000))], summary],
    ["sum", [first], summary],
    ["sum", rows, { ...summary, closing: minor(96_041) }],
    ["sum", rows, { ...summary, opening: minor(99_999) }],
    ["balances", [{ ...first, balanceAfter: minor(98_021) }, second], summary],
    ["balances", [first, { ...second, balanceAfter: minor(96_039) }], summary],
  ] as const)("%s", (reason, some, stated) => {
    expect(footingOf(some, stated)).toEqual({ kind: "does_not_foot", reason });
    expect(footingTexts[reason]).toMatch(/^[A-Z].*\.$/);
  });
});

test("rows at the edges of the period are in it", () => {
  const edges = [row(spanAt(summary.to - 1)), row(spanAt(summary.from - 999))];
  expect(footingOf(edges, summary).kind).toBe("foots");
});

test("rows that state no balance are passed over, and the latest may stand first", () => {
  expect(footingOf([row(), second], summary).kind).toBe("foots");
  expect(footingOf([row(), row()], summary).kind).toBe("foots");
  expect(footingOf([second, first], summary).kind).toBe("foots");
});

describe("the summary is read from the lines outside the table", () => {
  const mapping = mappingOf();
  const lines = [
    { line: 1, cells: [" from :", "", shown(t0)] },
    { line: 2, cells: ["To", shown(t0 + minuteMs)] },
    { line: 3, cells: ["Opening", "1,000.00"] },
    { line: 4, cells: ["Closing", "0"] },
  ];
  const whole = { from: t0, to: t0 + minuteMs + 1_000, opening: 100_000, closing: 0, made: null };

  test("with and without the time at which it was made", () => {
    expect(readSummary(lines, mapping)).toEqual({ value: whole, problems: [] });
    const made = { line: 5, cells: ["Made", shown(t0 + 2 * minuteMs)] };
    expect(readSummary([...lines, made], mapping).value).toEqual({ ...whole, made: t0 + 2 * minuteMs });
    const { made: _made, ...labels } = fullMapping.summary;
    expect(readSummary([...lines, made], mappingOf({ summary: labels })).value).toEqual(whole);
  });

  test("in a form of time of its own; the last day is counted to its end", () => {
    const dated = mappingOf({ summary: { ...fullMapping.summary, date: "dd/MM/yyyy" } });
    const [, , ...amounts] = lines;
    const days = [
      { line: 1, cells: ["From", "02/11/2026"] },
      { line: 2, cells: ["To", "02/11/2026"] },
    ];
    const { value } = readSummary([...days, ...amounts], dated);
    expect(value).toMatchObject({ from: Date.UTC(2026, 10, 2), to: Date.UTC(2026, 10, 3) });
  });

  test.each([0, 1, 2, 3])("there is none without line %d of it", (index) => {
    expect(readSummary(lines.toSpliced(index, 1), mapping)).toEqual({ value: null, problems: [] });
    const emptied = lines.with(index, { line: 9, cells: [lines[index]?.cells[0] ?? "", " "] });
    expect(readSummary(emptied, mapping)).toEqual({ value: null, problems: [] });
  });

  test("what cannot be read is a problem", () => {
    const wrong = lines
      .with(2, { line: 3, cells: ["Opening", "x".repeat(80)] })
      .with(0, { line: 1, cells: ["From", "then"] });
    expect(readSummary(wrong, mapping)).toEqual({
      value: null,
      problems: [
        { pointer: "/line/3", reason: `"${"x".repeat(60)}" is not an amount` },
        { pointer: "/line/1", reason: '"then" is not a time of the form of the mapping' },
      ],
    });
  });

  test("a mapping without labels reads none", () => {
    expect(readSummary(lines, mappingOf({ summary: undefined }))).toEqual({ value: null, problems: [] });
  });
});
