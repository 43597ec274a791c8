// Digits as people in India and Bangladesh type them.

const bengaliZero = 0x09e6;
const devanagariZero = 0x0966;

/** Bengali and Devanagari digits become ASCII digits; everything else stays as it is. */
export function foldDigits(text: string): string {
  return text
    .replaceAll(/[০-৯]/g, (digit) => String(digit.charCodeAt(0) - bengaliZero))
    .replaceAll(/[०-९]/g, (digit) => String(digit.charCodeAt(0) - devanagariZero));
}
