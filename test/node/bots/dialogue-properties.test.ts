// The dialogue under anything that can come from a chat or a channel, in any order and as often as it likes.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { languages } from "../../../src/bots/dialogue-types.ts";
import { parseSentence } from "../../../src/bots/parse-sentence.ts";
import { move } from "../../support/chat-moves.ts";
import { ObservedChat } from "../../support/observed-chat.ts";

describe("whatever comes, in any order", () => {
  it("places nothing but a confirmed quote, in time, once; bounded, within the platforms' limits, and without the PIN", () => {
    let placed = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...languages),
        fc.array(move, { minLength: 5, maxLength: 60, size: "max" }),
        (language, moves) => {
          const chat = new ObservedChat(language);
          for (const one of moves) chat.make(one);
          placed += chat.placed.size;
          expect(chat.faults).toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
    expect(placed).toBeGreaterThan(30);
  });

  it("reads any text without a fault", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 240 }), (text) => {
        expect(parseSentence(text, ["BDT", "INR"]).intent).not.toBe(undefined);
      }),
      { numRuns: 100 },
    );
  });

  it("reads nothing of a story, least of all its beginning", () => {
    const read = parseSentence(`01712345678 gp 20${"0".repeat(230)}`, ["BDT"]);
    expect(read).toMatchObject({ intent: null, number: null, amount: null, products: [] });
    const talk = parseSentence(`01712345678 20 gp ${"a ".repeat(60)}`, ["BDT"]);
    expect(talk).toMatchObject({ intent: null, number: null, amount: null, products: [] });
  });
});
