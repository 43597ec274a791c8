// The eight documented errors of nurr with their HTTP codes, in the seed's order.
import { nurrOperators } from "../codes/nurr.ts";

export const nurrErrors = {
  credentials: { status: 401, text: "Invalid API credentials." },
  missing: { status: 422, text: "Missing required parameters." },
  accountType: { status: 422, text: "Invalid account type." },
  operator: { status: 422, text: "Invalid operator." },
  operatorNumber: { status: 422, text: "Invalid operator number for this recharge." },
  amount: { status: 422, text: "Invalid recharge amount." },
  balance: { status: 422, text: "Insufficient balance." },
  failed: { status: 500, text: "Transaction failed." },
} as const;

export type NurrError = keyof typeof nurrErrors;

/** An error's HTTP status and body; `Invalid operator.` lists the operators that are allowed. */
export function writeNurrError(error: NurrError): { readonly status: 401 | 422 | 500; readonly body: string } {
  const { status, text } = nurrErrors[error];
  const allowed = error === "operator" ? { allowed_operator: nurrOperators } : {};
  return { status, body: JSON.stringify({ error: text, ...allowed }) };
}

/** The documented error with exactly this text and HTTP status; null for any other. */
export function findNurrError(status: number, text: string): NurrError | null {
  for (const [key, known] of Object.entries(nurrErrors))
    if (known.status === status && known.text === text && isNurrError(key)) return key;
  return null;
}

function isNurrError(key: string): key is NurrError {
  return key in nurrErrors;
}
