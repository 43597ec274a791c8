// Reads JSON without losing a digit: every number stays the text that was sent.

type Reviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown;

/** JSON text → value in which each number is its source text (`302.10` → `"302.10"`). Undefined when it is no JSON. */
export function parseJsonKeepingDigits(text: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text);
    // What is printed just as we print it has each number as we print it; asking for every source takes three times as long.
    if (JSON.stringify(parsed) === text) return printNumbers(parsed);
    return parseWithSource(text, (_key, value, context) => (typeof value === "number" ? context.source : value));
  } catch {
    return undefined;
  }
}

/** Turns each number of a value that was just parsed into its text. */
function printNumbers(value: unknown): unknown {
  if (typeof value === "number") return String(value);
  if (typeof value !== "object" || value === null) return value;
  for (const [name, one] of Object.entries(value))
    if (typeof one !== "string") Reflect.set(value, name, printNumbers(one));
  return value;
}

/** What JSON calls an object: neither a list nor null. */
export function isJsonObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The type library does not know the third argument of a reviver yet; Node 24 and workerd pass it. */
function parseWithSource(text: string, reviver: Reviver): unknown {
  return JSON.parse(text, reviver as (key: string, value: unknown) => unknown);
}
