// What a refusal of the account does to a run.
import type { RefusalCode } from "../base/refusal.ts";

/** `row`: this row is refused; `later`: it is asked again; `stop`: every further row would meet the same, so the run stops. */
export const afterRefusal = {
  credentials: "stop",
  address: "stop",
  scope: "stop",
  rate: "later",
  content_type: "row",
  body_too_large: "row",
  body_malformed: "row",
  parameter: "row",
  agent_id_conflict: "row",
  suspended: "stop",
  product_unknown: "row",
  product_unavailable: "later",
  number: "row",
  number_operator: "row",
  field: "row",
  amount_range: "row",
  amount_step: "row",
  currency: "row",
  max_cost: "row",
  limit_recharge: "row",
  limit_day: "stop",
  balance: "stop",
  repeat: "row",
  repeat_of: "row",
  velocity: "row",
  not_found: "row",
  unavailable: "later",
} as const satisfies Record<RefusalCode, "row" | "later" | "stop">;
