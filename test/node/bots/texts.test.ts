// The three tables of texts: complete, with the same places to fill in, and within what the platforms take.
import { describe, expect, it } from "vitest";
import { minor } from "../../../src/base/money.ts";
import { refusal, type RefusalCode, refusals } from "../../../src/base/refusal.ts";
import { languages } from "../../../src/bots/dialogue-types.ts";
import {
  languagesMessage,
  menuMessage,
  productsMessage,
  quoteMessage,
  recentMessage,
} from "../../../src/bots/messages.ts";
import { outcomeMessage, statusMessage } from "../../../src/bots/outcome-message.ts";
import { refusalText } from "../../../src/bots/refusal-text.ts";
import { clip, speechOf } from "../../../src/bots/speak.ts";
import { bengali } from "../../../src/bots/texts/bengali.ts";
import { english } from "../../../src/bots/texts/english.ts";
import { hindi } from "../../../src/bots/texts/hindi.ts";
import { products } from "../../../src/catalog/products.ts";
import { rechargeStates } from "../../../src/recharges/recharge.ts";
import { quoteOf, rechargeOf } from "../../support/chat-by-hand.ts";
import { faultsOf } from "../../support/chat-limits.ts";

const tables = { en: english, bn: bengali, hi: hindi };
const longestToken = "z".repeat(20);
const draft = {
  token: longestToken,
  startedAt: 0,
  products: [],
  isSuggested: true,
  number: "1234567890123456",
  amount: null,
  fields: {},
  repeatOf: null,
};

function placesIn(text: string): string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = ""]) => name).toSorted();
}

function entriesOf(table: object): [string, string][] {
  return Object.entries(table).flatMap(([section, texts]) =>
    Object.entries(texts as Record<string, string>).map(([key, text]): [string, string] => [`${section}.${key}`, text]),
  );
}

describe("the tables", () => {
  it("fill in the same things in every language, and none is empty", () => {
    const expected = entriesOf(english).map(([key, text]) => [key, placesIn(text)]);
    for (const language of languages) {
      const table = entriesOf(tables[language]);
      expect(table.map(([key, text]) => [key, placesIn(text)])).toEqual(expected);
      expect(table.filter(([, text]) => text.trim() === "")).toEqual([]);
    }
  });

  it("have a sentence of their own for every refusal and every state", () => {
    const codes = Object.keys(refusals) as RefusalCode[];
    for (const language of languages) {
      const speech = speechOf(language);
      for (const code of codes) {
        const sentence = refusalText(speech, refusal(code, "for the engineer"));
        expect(sentence).toBe(tables[language].refusal[code]);
        expect(sentence).not.toContain("engineer");
      }
      expect(new Set(rechargeStates.map((state) => speech.text(`state.${state}`))).size).toBe(rechargeStates.length);
    }
  });

  it("have buttons that fit as they are, without being cut", () => {
    for (const language of languages) {
      const tooLong = Object.values(tables[language].button).filter((title) => Array.from(title).length > 20);
      expect(tooLong).toEqual([]);
    }
  });
});

describe("every message that carries buttons or rows", () => {
  it("is within the limits for all products, in all languages", () => {
    for (const language of languages) {
      const speech = speechOf(language);
      for (const product of products) {
        const fields = Object.fromEntries(product.fields.map(({ name }) => [name, "M".repeat(40)]));
        const order = {
          product: product.id,
          number: "W".repeat(24),
          amount: minor(9_999_999_999),
          currency: product.currency,
          fields,
          repeatOf: "rch_00001000000a",
        };
        const shown = { token: longestToken, order, quote: quoteOf(order), isSuggested: true };
        const failure = { source: "provider", cause: "ruled", text: "" } as const;
        const recharge = rechargeOf(order, "a", { state: "failed", failure, operatorReference: "R".repeat(64) });
        const messages = [
          quoteMessage(speech, shown, speech.text("say.quoteCost")),
          recentMessage(
            speech,
            Array.from({ length: 20 }, () => recharge),
          ),
          outcomeMessage(recharge, language),
          statusMessage(recharge, language),
        ];
        expect(messages.flatMap(faultsOf)).toEqual([]);
      }
    }
  });

  it("is within the limits on every page of every choice", () => {
    for (const language of languages) {
      const speech = speechOf(language);
      const lines = [speech.text("say.unclearProduct"), speech.text("say.askProduct", { number: "1".repeat(24) })];
      const pages = Array.from({ length: 20 }, (_, page) => productsMessage(speech, draft, { products, page, lines }));
      const pairs = products.map((_, index) =>
        productsMessage(speech, draft, { products: products.slice(index, index + 2), page: 0, lines }),
      );
      const menu = menuMessage(speech, [speech.text("say.help", { example: "x".repeat(60) })]);
      expect([...pages, ...pairs, menu, languagesMessage(speech)].flatMap(faultsOf)).toEqual([]);
      const offered = pages.flatMap(({ choices }) =>
        choices?.kind === "list" ? choices.rows.map(({ id }) => id) : [],
      );
      expect(products.filter(({ id }) => !offered.includes(`p:${longestToken}:${id}`))).toEqual([]);
    }
  });
});

describe("money and numbers", () => {
  it("are written as the language writes them", () => {
    const amount = minor(123_456_750);
    const written = languages.map((language) => speechOf(language).money(amount, language === "bn" ? "BDT" : "INR"));
    expect(written).toEqual(["₹12,34,567.50", "১২,৩৪,৫৬৭.৫০৳", "₹12,34,567.50"]);
    expect(speechOf("en").money(minor(-5), "BDT")).toBe("-৳0.05");
    expect(speechOf("en").money(minor(9_007_199_254_740_991), "INR")).toBe("₹9,00,71,99,25,47,409.91");
    expect(speechOf("bn").digits("rch_0123456789ab")).toBe("rch_০১২৩৪৫৬৭৮৯ab");
  });

  it("never take a text that somebody chose for a place to fill in", () => {
    const speech = speechOf("en");
    expect(speech.text("say.linked", { name: "{{example}} $t(say.help) <b>" })).toBe(
      "Welcome, {{example}} $t(say.help) <b>. This chat is linked.",
    );
  });

  it("are cut by code points, with a sign that they were", () => {
    expect(clip("abc", 3)).toBe("abc");
    expect(clip("👍👍👍👍", 3)).toBe("👍👍…");
  });
});
