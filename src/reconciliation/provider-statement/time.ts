// Times as a provider writes them, in its own zone: from text to the span of moments that it may mean.

/** Epoch ms, `until` not included: as long as the text is exact, and longer where a clock was set back over it. */
export interface TimeSpan {
  readonly from: number;
  readonly until: number;
}

/** The first moment of all, and the last: files have more rows than a call may have arguments. */
export function earliest(moments: readonly number[], otherwise: number): number {
  return moments.reduce((first, moment) => Math.min(first, moment), otherwise);
}
export function latest(moments: readonly number[], otherwise: number): number {
  return moments.reduce((last, moment) => Math.max(last, moment), otherwise);
}

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

const patterns = {
  yyyy: "\\d{4}",
  yy: "\\d{2}",
  MMM: months.join("|"),
  MM: "\\d{1,2}",
  dd: "\\d{1,2}",
  HH: "\\d{1,2}",
  hh: "\\d{1,2}",
  mm: "\\d{2}",
  ss: "\\d{2}",
  a: "[ap]\\.?m\\.?",
} as const;
type Token = keyof typeof patterns;

const tokenPattern = /yyyy|yy|MMM|MM|dd|HH|hh|mm|ss|a/g;

function tokensOf(format: string): readonly Token[] {
  return [...format.matchAll(tokenPattern)].map(([token]) => token as Token); // the pattern lists exactly the tokens
}

/** A form names day, month and year once each; minutes need hours, seconds need minutes, and `hh` goes with `a`. */
export function isTimeFormat(format: string): boolean {
  const tokens = tokensOf(format);
  const count = (...some: readonly Token[]): number => tokens.filter((token) => some.includes(token)).length;
  return (
    new Set(tokens).size === tokens.length &&
    count("yyyy", "yy") === 1 &&
    count("MMM", "MM") === 1 &&
    count("dd") === 1 &&
    count("HH", "hh") <= 1 &&
    count("hh") === count("a") &&
    count("mm") <= count("HH", "hh") &&
    count("ss") <= count("mm")
  );
}

/** An IANA name that the platform knows; offsets such as `+05:30` name no place and are refused. */
export function isZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).format(0) !== "";
  } catch {
    return false;
  }
}

/**
 * Reads times of this form in this zone; null for text of another form, for days and hours that do not exist, and for
 * times that the zone's clocks jumped over. Form and zone are ones that `isTimeFormat` and `isZone` let through.
 */
export function timeReader(format: string, zone: string): (text: string) => TimeSpan | null {
  const tokens = tokensOf(format);
  const literals = format.split(tokenPattern).map((literal) => literal.replaceAll(/[^\sA-Za-z0-9]/g, String.raw`\$&`));
  const source = literals.map((literal, index) => literal.replaceAll(/\s+/g, String.raw`\s+`) + group(tokens[index]));
  const pattern = new RegExp(`^${source.join("")}$`, "i");
  const stepMs = exactnessOf(tokens);
  const momentsOf = zoneClock(zone);
  return (text) => {
    const found = pattern.exec(text.trim());
    const local = found === null ? null : localOf(tokens, found.slice(1));
    if (local === null) return null;
    const moments = momentsOf(local);
    const [from, last = from] = moments;
    if (from === undefined || last === undefined) return null;
    const nextDay = stepMs === dayMs ? momentsOf(local + dayMs)[0] : undefined;
    return { from, until: nextDay ?? last + stepMs };
  };
}

function group(token: Token | undefined): string {
  return token === undefined ? "" : `(${patterns[token]})`;
}

function exactnessOf(tokens: readonly Token[]): number {
  if (tokens.includes("ss")) return secondMs;
  if (tokens.includes("mm")) return minuteMs;
  return tokens.includes("HH") || tokens.includes("hh") ? hourMs : dayMs;
}

/** The local time as if it were UTC, epoch ms; null where there is no such day or hour. */
function localOf(tokens: readonly Token[], values: readonly string[]): number | null {
  const valueOf = (token: Token): string | null => values[tokens.indexOf(token)] ?? null;
  const numberOf = (token: Token): number => Number(valueOf(token) ?? 0);
  const year = tokens.includes("yyyy") ? numberOf("yyyy") : 2_000 + numberOf("yy");
  const name = valueOf("MMM");
  const month = name === null ? numberOf("MM") : months.indexOf(name.toLowerCase()) + 1;
  const hour = tokens.includes("hh") ? halfDayHour(numberOf("hh"), valueOf("a") ?? "") : numberOf("HH");
  const [day, minute, second] = [numberOf("dd"), numberOf("mm"), numberOf("ss")];
  if (hour === null || hour > 23 || minute > 59 || second > 59) return null;
  const local = Date.UTC(year, month - 1, day, hour, minute, second);
  // A day that the month does not have runs into the next.
  return new Date(local).getUTCMonth() === month - 1 ? local : null;
}

/** 12 am is midnight, 12 pm is noon. */
function halfDayHour(hour: number, half: string): number | null {
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (half.toLowerCase().startsWith("p") ? 12 : 0);
}

/** All moments at which the zone's clocks show a local time, the first one first: none where they jumped, two where they were set back. */
function zoneClock(zone: string): (local: number) => readonly number[] {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const offsets = new Map<number, number>();
  const offsetAt = (moment: number): number => {
    // Offsets change on quarters of an hour; asking the platform for each row would be slow.
    const quarter = Math.floor(moment / (15 * minuteMs)) * 15 * minuteMs;
    const known = offsets.get(quarter);
    if (known !== undefined) return known;
    const parts = new Map(format.formatToParts(quarter).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
    const shown = [part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second")] as const;
    const offset = Date.UTC(...shown) - quarter;
    offsets.set(quarter, offset);
    return offset;
  };
  return (local) =>
    [...new Set([offsetAt(local - dayMs), offsetAt(local + dayMs)])]
      .filter((offset) => offsetAt(local - offset) === offset)
      .map((offset) => local - offset);
}
