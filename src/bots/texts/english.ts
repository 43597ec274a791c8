// What the bot says, in English: the table whose keys the other languages follow.
import type { RefusalCode } from "../../base/refusal.ts";
import type { FieldName, NumberForm, Service } from "../../catalog/product.ts";
import type { FailureCause, RechargeState } from "../../recharges/recharge.ts";

const say = {
  linked: "Welcome, {{name}}. This chat is linked.",
  help: "Write what you want, for example:\n{{example}}\n\nAlso: balance · last · status · repeat · today · cancel · language · unlink\nNothing is recharged before you confirm.",
  notUnderstood: "I did not understand that. Write for example:\n{{example}}\nor help.",
  unreadable: "I can read text only. Write for example:\n{{example}}",
  unclearIntent: "I am not sure what you want; nothing was done. Write for example:\n{{example}}",
  unclearNumber: "I could not read the number for certain.",
  unclearAmount: "I could not read the amount for certain.",
  unclearCurrency: "The currency does not belong to this number.",
  unclearProduct: "I could not tell the operator for certain.",
  askMobile: "Which mobile number?",
  askAccount: "Which {{label}} ({{product}})?",
  askAmount: "Which amount? {{min}} to {{max}}.",
  askAmountFirst: "Which amount?",
  askProduct: "Which operator for {{number}}?",
  askProductFirst: "Which operator?",
  askField: "{{label}}? For example {{example}}.",
  badNumber: "That is not a number of {{product}}.",
  badMobile: "That is not a mobile number that can be recharged here.",
  badField: "That does not look right.",
  badAmount: "That is not an amount.",
  quote: "Recharge {{amount}}\nNumber: {{number}}\n{{product}}",
  quoteMoney: "Cost: {{cost}}\nBalance after: {{balance}}",
  quoteSuggested: "Operator by the number; was it ported, choose another.",
  quoteRepeat: "This is a second one, beside {{id}}.",
  quoteCost: "The cost has changed. This is the new offer:",
  quoteEnds: "Confirm within two minutes.",
  quoteEnded: "The two minutes are over; nothing was recharged.",
  notOpen: "That is no longer open; nothing was recharged by it.",
  questionGone: "That question is no longer open. Nothing was done.",
  useButton: "Please press the button of the offer above.",
  isRunning: "That recharge is on its way. The result comes by itself.",
  wasPlaced: "You confirmed that already:",
  nothingOpen: "Nothing is waiting for an answer.",
  cancelled: "Cancelled; nothing was recharged.",
  cannotCancel: "What was confirmed cannot be cancelled. Its result comes by itself.",
  busy: "Several recharges are on their way. Please wait for their results.",
  askPin: "Enter your PIN to confirm {{amount}} to {{number}}.",
  wrongPin: "Wrong PIN.",
  pinEnded: "Wrong PIN too often; nothing was recharged.",
  lockedPin: "The PIN is locked; nothing was recharged. Please ask the person who gave you the code for this chat.",
  unsure: "The recharge is pending: its answer is not here yet. Do not send it again; the result comes by itself.",
  notPlaced: "The recharge was not started and nothing was taken: {{amount}}, {{number}}. You may send it again.",
  limitRecharge: "That is above your limit of {{max}} for one recharge.",
  limitDay: "That is above your limit of {{max}} a day; {{used}} is used today.",
  repeatPending:
    "The same recharge is still pending ({{id}}). Its result comes by itself; until then it cannot be repeated.",
  repeatAsk: "The same recharge was made a short time ago ({{id}}): {{state}}. Do you mean a second one?",
  tryAfter: "Try again in {{minutes}} min.",
  balance: "Balance: {{balance}}",
  held: "on hold: {{held}}",
  debt: "owed: {{debt}}",
  recent: "The last recharges:",
  recentNone: "There is no such recharge.",
  today: "Today ({{currency}})",
  todayLine: "{{state}}: {{count}} · {{face}} · cost {{cost}}",
  todayNone: "No recharges yet.",
  askLanguage: "Which language?",
  languageSet: "I will write in English.",
  askUnlink: "Unlink this chat? You need a new code to come back.",
  unlinked: "This chat is unlinked.",
  unavailable: "I cannot find that out now. Please try again in a minute.",
  outcome: "{{amount}} · {{number}}\n{{product}}",
  operatorReference: "Operator reference: {{reference}}",
  id: "Recharge: {{id}}",
} as const;

const button = {
  confirm: "Confirm",
  cancel: "Cancel",
  other: "Other operator",
  anew: "New offer",
  twice: "Yes, a second one",
  no: "No",
  more: "More …",
  choose: "Choose",
  again: "Recharge again",
  balance: "Balance",
  recent: "Last recharges",
  today: "Today",
  help: "Help",
  unlink: "Yes, unlink",
} as const;

const refusal = {
  credentials: "This chat may not recharge any more. Please ask for a new code.",
  address: "This chat may not do that.",
  scope: "This chat may not do that.",
  rate: "Too many messages at once.",
  content_type: "I can read text only.",
  body_too_large: "That message is too long.",
  body_malformed: "I could not read that message.",
  parameter: "Something in it is not right; nothing was done.",
  agent_id_conflict: "That offer was used for another recharge; nothing new was done. Please send it anew.",
  suspended: "New recharges are stopped for now. What is pending is settled.",
  product_unknown: "That is not sold here.",
  product_unavailable: "That cannot be recharged at the moment; nothing was done.",
  number: "That is not a number of this operator.",
  number_operator: "Numbers that begin like this belong to another operator here; ported ones cannot be recharged.",
  field: "Something that this biller needs is missing or wrong.",
  amount_range: "That amount is not sold.",
  amount_step: "That amount is not sold in such steps.",
  currency: "That is sold in another currency.",
  max_cost: "The cost has changed; nothing was done.",
  limit_recharge: "That is above the limit of one recharge.",
  limit_day: "That is above the limit of today.",
  balance: "The balance does not cover it; nothing was done.",
  repeat: "This number was recharged with this amount a short time ago; nothing was done.",
  repeat_of: "The earlier recharge cannot be repeated like this; nothing was done.",
  velocity: "This number was recharged too often; nothing was done.",
  not_found: "There is no such recharge.",
  unavailable: "That cannot be read at the moment; please ask again.",
} as const satisfies Record<RefusalCode, string>;

const state = {
  pending: "pending",
  succeeded: "succeeded",
  failed: "failed",
  reversed: "reversed",
} as const satisfies Record<RechargeState, string>;

const outcomeTitle = {
  pending: "⏳ Pending. The result comes by itself; do not send it again.",
  succeeded: "✅ Recharged",
  failed: "❌ Failed; the money was given back.",
  reversed: "↩️ Reversed afterwards; the money was given back.",
} as const satisfies Record<RechargeState, string>;

const cause = {
  amount: "The operator does not take this amount.",
  number: "The operator does not know this number.",
  operator: "The operator refused it.",
  provider_declined: "Nobody could carry it out.",
  not_executed: "It was never carried out.",
  ruled: "It was examined and found not carried out.",
} as const satisfies Record<FailureCause, string>;

const service = {
  prepaid: "prepaid",
  postpaid: "postpaid",
  dth: "DTH",
  datacard: "data card",
  landline: "landline",
  electricity: "electricity",
} as const satisfies Record<Service, string>;

const field = {
  std_code: "STD code",
  district: "District",
  circle_code: "Circle code",
  ero: "ERO",
  sub_division: "Sub division",
  month: "Month",
  division: "Division",
  billing_unit: "Billing unit",
  bill_no: "Bill No",
  book_no: "Book No",
  cycle_no: "Cycle No",
  city: "City",
} as const satisfies Record<FieldName, string>;

/** What the number is called; `null`: as the biller prints it. */
const number = {
  in_mobile: "mobile number",
  bd_mobile: "mobile number",
  in_datacard: "data card number",
  in_dth: "subscriber ID",
  in_landline: "landline number without STD code",
  consumer_digits: "{{label}}",
  consumer_account: "{{label}}",
} as const satisfies Record<NumberForm, string>;

export const english = { say, button, refusal, state, outcomeTitle, cause, service, field, number } as const;

type Table<Section> = { readonly [Key in keyof Section]: string };

/** The same keys in every language: a text that is missing stops the compile. */
export type Texts = { readonly [Section in keyof typeof english]: Table<(typeof english)[Section]> };
