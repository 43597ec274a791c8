// Tables for people: within the width, ids whole, nothing that could move a terminal's cursor.
import fc from "fast-check";
import { expect, it } from "vitest";
import { present, presentTable } from "../../../../scripts/recharge/table.ts";

const rows = [
  { id: "rch_000010000001", product: "in.airtel.prepaid", amount: "20.00", note: "a long word about it" },
  { id: "rch_000010000002", product: "in.jio.prepaid", amount: "1000.00", note: "" },
];

it("aligns amounts to the right, and leaves columns out that the width does not take", () => {
  expect(presentTable(rows, ["id", "note?", "amount"], 30)).toBe(
    ["ID                 AMOUNT", "rch_000010000001    20.00", "rch_000010000002  1000.00"].join("\n"),
  );
});

it("cuts other columns before it cuts an id", () => {
  const table = presentTable(rows, ["id", "product", "note"], 50);
  expect(table).toContain("rch_000010000001");
  expect(table).toContain("…");
});

it("never is wider than the terminal", () => {
  const word = fc.string({ unit: "grapheme", maxLength: 40 });
  fc.assert(
    fc.property(
      fc.array(fc.record({ a: word, b: word, c: word }), { minLength: 1 }),
      fc.integer({ min: 40, max: 200 }),
      (some, width) => {
        const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
        for (const line of presentTable(some, undefined, width).split("\n"))
          expect([...graphemes.segment(line)].length).toBeLessThanOrEqual(width);
      },
    ),
  );
});

it("shows lists, lists inside of them, and the rest as lines", () => {
  const answer = {
    id: "x",
    limits: [],
    attempts: [{ reference: "LC1", state: "succeeded", evidence: [{ kind: "reply", word: "success" }] }],
    next_cursor: null,
  };
  expect(present(answer, 80, undefined)).toBe(
    [
      "id      x",
      "limits  -",
      "",
      "attempts",
      "REFERENCE  STATE",
      "LC1        succeeded",
      "",
      "evidence of LC1",
      "KIND   WORD",
      "reply  success",
    ].join("\n"),
  );
  expect(present({ cases: [], as_of: [], next_cursor: null }, 80, undefined)).toBe("No cases.");
  expect(present(null, 80, undefined)).toBe("Done.");
});

it("takes the power out of control characters", () => {
  expect(present({ name: "a\u001b[2Jb\u202e" }, 80, undefined)).toBe("name  a\uFFFD[2Jb\uFFFD");
});
