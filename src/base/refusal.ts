// The closed list of what we refuse, in the order in which it is checked (`lists.md`, "Refusals").

export type Retry = "never" | "same_reference" | "new_reference" | "after";
export type Source = "partner" | "subscriber" | "operator" | "provider" | "gateway";

interface RefusalRule {
  readonly order: number;
  readonly status: 400 | 401 | 402 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | 503;
  readonly retry: Retry;
  readonly source: Source;
  readonly title: string;
}

export const refusals = {
  credentials: {
    order: 1,
    status: 401,
    retry: "never",
    source: "partner",
    title: "Credentials are missing, unknown or revoked",
  },
  address: { order: 2, status: 403, retry: "never", source: "partner", title: "Not allowed from this address" },
  scope: { order: 2, status: 403, retry: "never", source: "partner", title: "The credential lacks the scope" },
  rate: { order: 3, status: 429, retry: "after", source: "gateway", title: "Too many requests" },
  content_type: { order: 4, status: 415, retry: "never", source: "partner", title: "Content type not supported" },
  body_too_large: { order: 4, status: 413, retry: "never", source: "partner", title: "Body too large" },
  body_malformed: { order: 4, status: 400, retry: "never", source: "partner", title: "Body cannot be read" },
  parameter: {
    order: 5,
    status: 422,
    retry: "never",
    source: "partner",
    title: "A parameter is missing, wrong or unknown",
  },
  agent_id_conflict: {
    order: 6,
    status: 422,
    retry: "new_reference",
    source: "partner",
    title: "This agent id was used for another order",
  },
  suspended: { order: 7, status: 403, retry: "never", source: "gateway", title: "The partner is suspended" },
  product_unknown: { order: 8, status: 422, retry: "never", source: "partner", title: "Unknown product" },
  product_unavailable: {
    order: 8,
    status: 503,
    retry: "after",
    source: "provider",
    title: "The product is not available now",
  },
  number: { order: 9, status: 422, retry: "never", source: "subscriber", title: "Not a number of this product" },
  number_operator: {
    order: 9,
    status: 422,
    retry: "never",
    source: "subscriber",
    title: "The number belongs to another operator",
  },
  field: {
    order: 9,
    status: 422,
    retry: "never",
    source: "partner",
    title: "A field that this product needs is missing or wrong",
  },
  amount_range: {
    order: 10,
    status: 422,
    retry: "never",
    source: "partner",
    title: "Amount outside the product's range",
  },
  amount_step: {
    order: 10,
    status: 422,
    retry: "never",
    source: "partner",
    title: "Amount is not a multiple of the product's step",
  },
  currency: {
    order: 10,
    status: 422,
    retry: "never",
    source: "partner",
    title: "The product is sold in another currency",
  },
  max_cost: { order: 10, status: 422, retry: "never", source: "partner", title: "The cost is above max_cost" },
  limit_recharge: {
    order: 11,
    status: 422,
    retry: "never",
    source: "partner",
    title: "Above the partner's limit per recharge",
  },
  limit_day: { order: 11, status: 422, retry: "after", source: "partner", title: "Above the partner's limit per day" },
  balance: { order: 12, status: 402, retry: "same_reference", source: "partner", title: "Insufficient balance" },
  repeat: {
    order: 13,
    status: 409,
    retry: "after",
    source: "partner",
    title: "Same number and amount within the repeat window",
  },
  repeat_of: {
    order: 13,
    status: 409,
    retry: "never",
    source: "partner",
    title: "repeat_of does not name the latest blocking recharge",
  },
  velocity: { order: 13, status: 409, retry: "after", source: "partner", title: "Too many recharges of this number" },
  not_found: { order: 14, status: 404, retry: "never", source: "partner", title: "Not found" },
  unavailable: { order: 15, status: 503, retry: "after", source: "gateway", title: "It cannot be read now" },
} as const satisfies Record<string, RefusalRule>;

export type RefusalCode = keyof typeof refusals;

/** One parameter that is wrong: a JSON pointer into the request and a reason for a person. */
export interface ParameterProblem {
  readonly pointer: string;
  readonly reason: string;
}

/** The earlier recharge that a `repeat` names; only ever shown to its own partner. */
export interface EarlierRecharge {
  readonly id: string;
  readonly agentId: string;
  readonly state: "pending" | "succeeded" | "failed" | "reversed";
}

export interface Refusal {
  readonly code: RefusalCode;
  /** One sentence for the partner's engineer: what is wrong and what to do. Never a secret, never a full number. */
  readonly detail: string;
  readonly problems?: readonly ParameterProblem[];
  /** Seconds; given where `retry` is `after`. */
  readonly retryAfterSeconds?: number;
  readonly earlier?: EarlierRecharge;
  /** Overrides the table where one code has two readings (an unknown agent id is 404 with `same_reference`). */
  readonly retry?: Retry;
}

/** Makes a refusal; `more` adds what the code needs. */
export function refusal(code: RefusalCode, detail: string, more: Omit<Refusal, "code" | "detail"> = {}): Refusal {
  return { code, detail, ...more };
}
