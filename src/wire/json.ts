// Reads JSON without losing a digit: every number stays the text that was sent.

type Reviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown;

/** JSON text → value in which each number is its source text (`302.10` → `"302.10"`). Undefined when it is no JSON. */
export function parseJsonKeepingDigits(text: string): unknown {
  try {
    return parseWithSource(text, (_key, value, context) => (typeof value === "number" ? context.source : value));
  } catch {
    return undefined;
  }
}

/** The type library does not know the third argument of a reviver yet; Node 24 and workerd pass it. */
function parseWithSource(text: string, reviver: Reviver): unknown {
  return JSON.parse(text, reviver as (key: string, value: unknown) => unknown);
}
