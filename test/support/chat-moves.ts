// Anything that can come from a chat or a channel, in any order and as often as it likes.
import fc from "fast-check";

export const pin = "90817263";
const orders = ["01712345678 20 gp", "01812345678 150 robi", "9812345678 199 jio"];
const sentences = [
  "01712345678 20 gp",
  "01712345678 20",
  "01812345678 150",
  "9812345678 199 jio",
  "9812345678 199",
  "pvvnl 800 rs",
  "AB1234",
  "Agra",
  "1520",
  "20",
  "yes",
  "হ্যাঁ",
  "no",
  "cancel",
  "repeat",
  "again 01712345678",
  "last",
  "status",
  "balance",
  "today",
  "help",
  "বাংলা",
  "english",
  "unlink",
  "airel 9812345678 49",
  "dont recharge 01712345678 20 gp",
  pin,
];

export type Move =
  | { readonly kind: "type"; readonly text: string; readonly lateMs: number }
  | { readonly kind: "press"; readonly back: number }
  | { readonly kind: "payload"; readonly payload: string }
  | { readonly kind: "answer"; readonly back: number; readonly how: number }
  | { readonly kind: "wait"; readonly ms: number };

/** How far back: mostly the latest button or question, at times any older one. */
const back = fc.oneof(
  { weight: 4, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.nat(3) },
  { weight: 1, arbitrary: fc.nat(200) },
);

export const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("type" as const),
      text: fc.oneof(fc.constantFrom(...orders), fc.constantFrom(...sentences)),
      lateMs: fc.constantFrom(0, 500, 5_000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("type" as const),
      text: fc.string({ unit: "grapheme", maxLength: 500 }),
      lateMs: fc.constant(0),
    }),
  },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("press" as const), back }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("payload" as const),
      payload: fc.oneof(
        fc.string(),
        fc.constantFrom("c:1", "c:zz", "u", "x:2", "p:1:bd.robi.prepaid", "g:1:9", "m:1", "r:rch_00001000000a"),
      ),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant("answer" as const),
      back,
      how: fc.oneof({ weight: 3, arbitrary: fc.nat(3) }, { weight: 1, arbitrary: fc.nat(9) }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("wait" as const),
      ms: fc.constantFrom(100, 5_000, 60_000, 119_000, 120_000),
    }),
  },
);
