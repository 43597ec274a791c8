// One spelling for what people type: case, digits of three scripts, invisible characters, composed letters.
import { foldDigits } from "../catalog/digits.ts";

/** Joiners, direction marks and emoji selectors: they change how a word looks and not what it says. */
const invisible = /\p{Cf}|\uFE0E|\uFE0F/gu;

/** Lower case, NFKC, ASCII digits, plain dashes, no invisible characters, no apostrophes, single blanks. */
export function foldText(text: string): string {
  return foldDigits(text.normalize("NFKC"))
    .toLowerCase()
    .replaceAll(invisible, "")
    .replaceAll(/['’‘`´]/gu, "")
    .replaceAll(/[‐‑‒–—−]/gu, "-")
    .replaceAll(/\bd2h\b/gu, "dth")
    .replaceAll(/\s+/gu, " ")
    .trim();
}
