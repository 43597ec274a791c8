// From a folded sentence to its words, figures and marks.
import { foldText } from "./fold-text.ts";

export interface Figure {
  readonly is: "figure";
  /** Digits without commas; a decimal point only where it can be money. */
  readonly text: string;
  readonly hasPlus: boolean;
  /** Digits and nothing else, so that it may be a part of a phone number. */
  readonly isWhole: boolean;
  /** Which run without blanks it stands in. */
  readonly run: number;
}

export interface Word {
  readonly is: "word";
  readonly text: string;
  readonly run: number;
  /** A part of an operator's name. */
  readonly isName: boolean;
}

export interface Mark {
  readonly is: "mark";
  readonly text: string;
  readonly run: number;
}

export type Token = Figure | Word | Mark;

/** Longer messages are stories: nothing is read of them, least of all their beginning. */
const longestSentence = 240;
const mostTokens = 40;

/** Two words that mean one. */
const phrases = new Set(
  [
    "post paid",
    "pre paid",
    "data card",
    "land line",
    "top up",
    "phir se",
    "fir se",
    "फिर से",
    "log out",
    "sign out",
    "talk time",
    "do not",
    "thik ache",
    "ঠিক আছে",
    "ফ্লেক্সি লোড",
    "পোস্ট পেইড",
    "প্রি পেইড",
    "पोस्ट पेड",
    "प्री पेड",
    "लैंड लाइन",
  ].map(foldText),
);

const pattern = /(?<figure>\+?\d+(?:,\d+)*(?:\.\d+)?)|(?<word>[\p{L}\p{M}]+)|(?<blank>\s+)|(?<mark>\/-|[^\s])/gu;

/** Tokens of a sentence, in order; blanks are gone. None of a message that is longer than any order is. */
export function tokensOf(sentence: string): readonly Token[] {
  const folded = sentence.length > longestSentence ? "" : foldText(sentence);
  const tokens = joinPhrases(partsOf(folded));
  return tokens.length > mostTokens ? [] : tokens;
}

function partsOf(folded: string): readonly Token[] {
  const tokens: Token[] = [];
  let run = 0;
  for (const { groups } of folded.matchAll(pattern)) {
    if (groups?.["blank"] !== undefined) run += 1;
    else if (groups?.["figure"] !== undefined) tokens.push(...figuresOf(groups["figure"], run));
    else if (groups?.["word"] !== undefined) tokens.push({ is: "word", text: groups["word"], run, isName: false });
    else if (groups?.["mark"] !== undefined) tokens.push({ is: "mark", text: groups["mark"], run });
  }
  return tokens;
}

/** One figure, or several where commas or a point part them: `01712345678,20` is two, `1,29,900.50` one. */
function figuresOf(raw: string, run: number): Token[] {
  const hasPlus = raw.startsWith("+");
  const typed = hasPlus ? raw.slice(1) : raw;
  const isGrouped = /^\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d{1,2})?$/.test(typed);
  const isDecimal = /^\d{1,6}\.\d{1,2}$/.test(typed);
  if (isGrouped || isDecimal || /^\d+$/.test(typed)) {
    const text = typed.replaceAll(",", "");
    return [{ is: "figure", text, hasPlus, isWhole: /^\d+$/.test(typed), run }];
  }
  return typed.split(/([,.])/).map((part, index): Token => {
    if (part === "," || part === ".") return { is: "mark", text: part, run };
    return { is: "figure", text: part, hasPlus: hasPlus && index === 0, isWhole: true, run };
  });
}

function joinPhrases(tokens: readonly Token[]): readonly Token[] {
  const joined: Token[] = [];
  for (const token of tokens) {
    const isHyphened = joined.at(-1)?.text === "-" && joined.at(-2)?.is === "word";
    const before = joined.at(isHyphened ? -2 : -1);
    if (token.is === "word" && before?.is === "word" && phrases.has(`${before.text} ${token.text}`)) {
      joined.splice(isHyphened ? -2 : -1, 2, { ...before, text: before.text + token.text });
    } else joined.push(token);
  }
  return joined;
}
