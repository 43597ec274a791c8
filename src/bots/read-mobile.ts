// A mobile number and an amount in a sentence. Where two readings are possible: neither.
import type { Country } from "../catalog/product.ts";
import { mobileOf } from "./narrow-products.ts";
import { type ReadFigures, readAmount } from "./read-amount.ts";
import type { Token } from "./tokens.ts";

/** A mobile number and an amount. A number may be written in groups: `98123 45678`, `+880 1712-345678`. */
export function readMobileFigures(tokens: readonly Token[], countries: readonly Country[]): ReadFigures {
  const segments = mobileSegments(tokens, countries);
  const numbers = new Set(segments.map((segment) => segment.number));
  const [first] = segments;
  if (first === undefined || numbers.size > 1) {
    // Groups that make several numbers may as well be amounts; a number written in one piece is none.
    const whole = new Set(segments.filter((segment) => segment.from === segment.to).flatMap(placesOf));
    const { amount, currency, unclear } = readAmount(tokens, whole, false);
    if (numbers.size > 1) unclear.add("number");
    return { number: null, country: null, amount, currency, stdCode: null, unclear: [...unclear] };
  }
  const read = readAmount(tokens, new Set(segments.flatMap(placesOf)), true);
  // `91 9876543210` alone: a country code, or 91 rupees.
  if (read.amount === null && segments.some((segment) => mayHideAmount(tokens, segment))) read.unclear.add("amount");
  const { amount, currency, unclear } = read;
  // A second figure that can only be a number makes both doubtful.
  const { number, country } = unclear.has("number") ? { number: null, country: null } : first;
  return { number, country, amount, currency, stdCode: null, unclear: [...unclear] };
}

interface Segment {
  readonly from: number;
  readonly to: number;
  readonly number: string;
  readonly country: Country;
}

const longestSegment = 7;
/** Ten digits, and with `+880` or `00880` before them at most sixteen characters. */
const shortestNumber = 10;
const longestNumber = 16;

function mobileSegments(tokens: readonly Token[], countries: readonly Country[]): readonly Segment[] {
  const found: Segment[] = [];
  for (let from = 0; from < tokens.length; from += 1) {
    let digits = "";
    for (let to = from; to < tokens.length && to < from + longestSegment * 2; to += 1) {
      const token = tokens[to];
      if (token?.is === "mark" && to > from && ["-", "(", ")", "."].includes(token.text)) continue;
      if (token?.is !== "figure" || !token.isWhole || (token.hasPlus && to > from)) break;
      digits += token.hasPlus ? `+${token.text}` : token.text;
      if (digits.length > longestNumber) break;
      const mobile = digits.length < shortestNumber ? null : mobileOf(digits, countries);
      if (mobile !== null) found.push({ from, to, ...mobile });
    }
  }
  const whole = found.filter((segment) => segment.from === segment.to);
  const sure = whole.length === 0 ? found : found.filter((one) => whole.some((other) => extendsOf(one, other)));
  return sure.filter((one) => !sure.some((other) => other !== one && extendsOf(other, one)));
}

/** Whether `longer` is the same number with its country code. */
function extendsOf(longer: Segment, shorter: Segment): boolean {
  return longer.from <= shorter.from && longer.to >= shorter.to && longer.number === shorter.number;
}

function placesOf({ from, to }: Segment): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

function mayHideAmount(tokens: readonly Token[], { from, to }: Segment): boolean {
  const first = tokens[from];
  const isJoined = tokens[from + 1]?.is === "mark";
  return from < to && first?.is === "figure" && !first.hasPlus && /^(?:91|880)$/.test(first.text) && !isJoined;
}
