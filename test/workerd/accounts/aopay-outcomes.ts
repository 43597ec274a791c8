// How a recharge through aopay ends, by the simulator's script: it cannot be asked, and backnpay comes after it.
import { doubt, failed, type Outcome, type OutcomeTable, succeeded } from "./outcome-table.ts";

const first = "aopay-sandbox";
const second = "backnpay-sandbox";
const clear = succeeded([first, "succeeded"]);
const failure = failed("operator", "operator", [first, "failed"]);
const silent = (executions: number): Outcome => doubt(executions, [first, "in_doubt"]);
const accepted = (executions: number): Outcome => doubt(executions, [first, "accepted"]);

export const aopayOutcomes: OutcomeTable = {
  "00 success": clear,
  "03 success_unproven": { ...clear, proof: "claimed" },
  "10 failed": failure,
  "11 failed_operator": failure,
  "12 failed_amount": failure,
  "13 failed_number": failure,
  "20 declined_balance": failure,
  "21 declined_credentials": failed("provider", "provider_declined", [first, "declined"], [second, "declined"]),
  "22 declined_parameter": failure,
  "25 declined_by_backnpay": clear,
  "26 declined_by_aopay": succeeded([first, "declined"], [second, "succeeded"]),
  "30 pending_then_success": accepted(1),
  "31 pending_then_failure": accepted(0),
  "32 submitted_then_success": accepted(1),
  "35 pending_for_ever": accepted(0),
  "40 lost_after_execution": silent(1),
  "41 lost_before_execution": silent(0),
  "42 executed_late": silent(1),
  "43 delivered_twice": silent(1),
  "44 debited_then_refunded": silent(0),
  "45 success_then_reversal": clear,
  "46 cut_off_after_execution": silent(1),
  "47 failed_never_answered": silent(0),
  "50 html_after_execution": silent(1),
  "51 html_before_execution": silent(0),
  "52 error_after_execution": silent(1),
  "53 error_before_execution": silent(0),
  "55 unavailable": silent(0),
  "57 redirect": silent(0),
  "58 wrong_content_type": silent(1),
  "59 broken_body": silent(1),
  "60 empty_body": silent(1),
  "70 other_number": clear,
  "73 contradicting_fields": silent(1),
};
