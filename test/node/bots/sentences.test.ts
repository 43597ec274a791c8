// Five hundred sentences as people write them, each with what it says: `test/bots/sentences.csv`, written by hand.
import { readFileSync } from "node:fs";
import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { formatAmount } from "../../../src/base/money.ts";
import { parseSentence } from "../../../src/bots/parse-sentence.ts";
import type { Unclear } from "../../../src/bots/sentence.ts";

interface Row {
  readonly sentence: string;
  readonly wallets: string;
  readonly intent: string;
  readonly number: string;
  readonly amount: string;
  readonly products: string;
  /** Not empty: the sentence has several readings, and these parts of it must be asked about. */
  readonly unclear: string;
  readonly fields: string;
  readonly recharge: string;
  readonly language: string;
}

const csv = readFileSync(new URL("../../bots/sentences.csv", import.meta.url), "utf8");
const { data: rows, errors } = Papa.parse<Row>(csv, { header: true, skipEmptyLines: true });

function wordsOf(cell: string): string[] {
  return cell.split(" ").filter((word) => word !== "");
}

function readingOf({ sentence, wallets }: Row) {
  const currencies = wordsOf(wallets).map((wallet) => (wallet === "BDT" ? "BDT" : "INR"));
  const read = parseSentence(sentence, currencies);
  return {
    intent: read.intent ?? "",
    number: read.number ?? "",
    amount: read.amount === null ? "" : formatAmount(read.amount),
    products: read.products.toSorted(),
    unclear: read.unclear.toSorted(),
    fields: Object.entries(read.fields)
      .map(([name, value]) => `${name}=${value}`)
      .join(" "),
    recharge: read.rechargeId ?? "",
    language: read.language ?? "",
  };
}

function expectedOf({ intent, number, amount, products, unclear, fields, recharge, language }: Row) {
  const face = amount === "" || amount.includes(".") ? amount : `${amount}.00`;
  return {
    intent,
    number,
    amount: face,
    products: wordsOf(products).toSorted(),
    unclear: wordsOf(unclear).toSorted(),
    fields,
    recharge,
    language,
  };
}

describe("the five hundred sentences", () => {
  it("are at least five hundred, all different", () => {
    expect(errors).toEqual([]);
    expect(rows.length).toBeGreaterThanOrEqual(500);
    expect(new Set(rows.map(({ sentence, wallets }) => `${wallets} ${sentence}`)).size).toBe(rows.length);
  });

  it("are read rightly where they are unambiguous", () => {
    const wrong = rows.filter((row) => row.unclear === "").flatMap(differenceOf);
    expect(wrong).toEqual([]);
  });

  it("are asked about where they are ambiguous, and never guessed", () => {
    const ambiguous = rows.filter((row) => row.unclear !== "");
    expect(ambiguous.length).toBeGreaterThan(80);
    expect(ambiguous.flatMap(differenceOf)).toEqual([]);
    expect(ambiguous.filter(isGuessed).map(({ sentence }) => sentence)).toEqual([]);
  });
});

/** Whether a part that has several readings came out as one of them all the same. */
function isGuessed(row: Row): boolean {
  const { number, amount, products, unclear } = readingOf(row);
  const guesses = {
    amount: amount !== "",
    currency: amount !== "",
    number: number !== "",
    product: products.length === 1,
    // The dialogue starts nothing by itself there, whatever else was read.
    intent: false,
  } as const satisfies Record<Unclear, boolean>;
  return unclear.some((part) => guesses[part]);
}

function differenceOf(row: Row) {
  const read = readingOf(row);
  const expected = expectedOf(row);
  return JSON.stringify(read) === JSON.stringify(expected) ? [] : [{ sentence: row.sentence, read, expected }];
}
