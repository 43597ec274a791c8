// Money as a person of its country writes it: `₹12,34,567.50`, `১২,৩৪,৫৬৭.৫০৳`.

const bengaliDigits = "০১২৩৪৫৬৭৮৯";

/** `amount` is a decimal text of the API, such as `"1234567.50"` or `"-20.00"`; another currency is written after it. */
export function moneyText(amount: string, currency: string): string {
  const [, sign = "", whole = "0", fraction = "00"] = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(amount) ?? [];
  const text = `${groupByLakh(whole)}.${fraction.padEnd(2, "0")}`;
  const minus = sign === "" ? "" : "−";
  if (currency === "INR") return `${minus}₹${text}`;
  if (currency === "BDT") return `${minus}${inBengali(text)}৳`;
  return `${minus}${text} ${currency}`;
}

/** `later` less `earlier`, decimal texts of the API: `"19.80"`, `"-19.80"`, `"0.00"`. */
export function changeOf(earlier: string, later: string): string {
  const change = minorOf(later) - minorOf(earlier);
  const digits = String(change < 0n ? -change : change).padStart(3, "0");
  return `${change < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function minorOf(amount: string): bigint {
  const [, sign = "", whole = "0", fraction = ""] = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(amount) ?? [];
  const digits = BigInt(whole + fraction.padEnd(2, "0"));
  return sign === "" ? digits : -digits;
}

/** The last three digits, then pairs: lakh and crore. */
function groupByLakh(whole: string): string {
  const head = whole.slice(0, -3);
  if (head === "") return whole;
  return `${head.replace(/\B(?=(\d{2})+$)/g, ",")},${whole.slice(-3)}`;
}

function inBengali(text: string): string {
  return text.replace(/\d/g, (digit) => bengaliDigits.charAt(Number(digit)));
}
