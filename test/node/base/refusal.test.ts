// The closed list of refusals, spelt out as partners see it.
import { describe, expect, it } from "vitest";
import { refusal, refusals } from "../../../src/base/refusal.ts";

const closed = [
  [1, "credentials", 401, "never", "partner", "Credentials are missing, unknown or revoked"],
  [2, "address", 403, "never", "partner", "Not allowed from this address"],
  [2, "scope", 403, "never", "partner", "The credential lacks the scope"],
  [3, "rate", 429, "after", "gateway", "Too many requests"],
  [4, "content_type", 415, "never", "partner", "Content type not supported"],
  [4, "body_too_large", 413, "never", "partner", "Body too large"],
  [4, "body_malformed", 400, "never", "partner", "Body cannot be read"],
  [5, "parameter", 422, "never", "partner", "A parameter is missing, wrong or unknown"],
  [6, "agent_id_conflict", 422, "new_reference", "partner", "This agent id was used for another order"],
  [7, "suspended", 403, "never", "gateway", "The partner is suspended"],
  [8, "product_unknown", 422, "never", "partner", "Unknown product"],
  [8, "product_unavailable", 503, "after", "provider", "The product is not available now"],
  [9, "number", 422, "never", "subscriber", "Not a number of this product"],
  [9, "number_operator", 422, "never", "subscriber", "The number belongs to another operator"],
  [9, "field", 422, "never", "partner", "A field that this product needs is missing or wrong"],
  [10, "amount_range", 422, "never", "partner", "Amount outside the product's range"],
  [10, "amount_step", 422, "never", "partner", "Amount is not a multiple of the product's step"],
  [10, "currency", 422, "never", "partner", "The product is sold in another currency"],
  [10, "max_cost", 422, "never", "partner", "The cost is above max_cost"],
  [11, "limit_recharge", 422, "never", "partner", "Above the partner's limit per recharge"],
  [11, "limit_day", 422, "after", "partner", "Above the partner's limit per day"],
  [12, "balance", 402, "same_reference", "partner", "Insufficient balance"],
  [13, "repeat", 409, "after", "partner", "Same number and amount within the repeat window"],
  [13, "repeat_of", 409, "never", "partner", "repeat_of does not name the latest blocking recharge"],
  [13, "velocity", 409, "after", "partner", "Too many recharges of this number"],
  [14, "not_found", 404, "never", "partner", "Not found"],
  [15, "unavailable", 503, "after", "gateway", "It cannot be read now"],
];

describe("refusals", () => {
  it("are this list, in the order in which they are checked", () => {
    const list = Object.entries(refusals).map(([code, rule]) => [
      rule.order,
      code,
      rule.status,
      rule.retry,
      rule.source,
      rule.title,
    ]);
    expect(list).toEqual(closed);
  });

  it("carry what the code needs and nothing else", () => {
    expect(refusal("balance", "Too little.")).toEqual({ code: "balance", detail: "Too little." });
    expect(refusal("rate", "Slower.", { retryAfterSeconds: 3 })).toEqual({
      code: "rate",
      detail: "Slower.",
      retryAfterSeconds: 3,
    });
  });
});
