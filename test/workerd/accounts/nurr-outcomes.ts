// How a recharge through nurr ends, by the simulator's script: it cannot be asked, and no other sells its products.
import { doubt, failed, type Outcome, type OutcomeTable, succeeded } from "./outcome-table.ts";

const first = "nurr-sandbox";
const clear = succeeded([first, "succeeded"]);
const declined = failed("provider", "provider_declined", [first, "declined"]);
const silent = (executions: number): Outcome => doubt(executions, [first, "in_doubt"]);
const accepted = (executions: number): Outcome => doubt(executions, [first, "accepted"]);

export const nurrOutcomes: OutcomeTable = {
  "00 success": clear,
  "03 success_unproven": { ...clear, proof: "claimed" },
  "05 success_stale_balance": clear,
  "06 success_rubbish_first": clear,
  "07 success_no_reward": clear,
  "10 failed": failed("operator", "operator", [first, "failed"]),
  "12 failed_amount": failed("operator", "amount", [first, "failed"]),
  "13 failed_number": failed("subscriber", "number", [first, "failed"]),
  "16 failed_number_operator": failed("subscriber", "number", [first, "failed"]),
  "20 declined_balance": declined,
  "21 declined_credentials": declined,
  "22 declined_parameter": declined,
  "23 declined_operator_code": declined,
  "24 declined_account_type": declined,
  "25 declined_by_backnpay": clear,
  "27 declined_by_nurr": declined,
  "30 pending_then_success": accepted(1),
  "31 pending_then_failure": accepted(0),
  "40 lost_after_execution": silent(1),
  "41 lost_before_execution": silent(0),
  "43 delivered_twice": silent(1),
  "46 cut_off_after_execution": silent(1),
  "51 html_before_execution": silent(0),
  "52 error_after_execution": silent(1),
  "53 error_before_execution": silent(0),
  "58 wrong_content_type": silent(1),
  "70 other_number": silent(1),
  "71 other_amount": silent(1),
  "72 other_reference": clear,
  "73 contradicting_fields": silent(1),
};
