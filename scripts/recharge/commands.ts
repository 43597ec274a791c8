// The commands of `recharge`, one line each: words, operation of `openapi.json`, how it is shown. A test demands a line per operation.

import { providerLines } from "./provider-commands.ts";
import type { Given } from "./options.ts";
import { readCopyFile } from "./read-copy.ts";

export interface Line {
  /** Words, then arguments: parameters of the path and properties of the body, by their names. */
  readonly words: string;
  /** `operationId` in `openapi.json`. Its query and its other properties become options by themselves. */
  readonly operation: string;
  /** Columns of the answer's list; left out: what fits. */
  readonly columns?: string;
  /** Properties of the body, or parameters of the query, that the words themselves say. */
  readonly says?: Readonly<Record<string, string | boolean>>;
  /** Asked before money moves; `{name}` is what was given. */
  readonly asks?: string;
  /** An operation that is asked first with the same body, so that its answer stands above the question. */
  readonly showsFirst?: string;
  /** Takes `--file <path>` (`-`: standard input), and makes parameters of what is in it. */
  readonly reads?: (text: string) => Given;
  /** Help, where the operation's summary does not say it. */
  readonly what?: string;
}

/** What the first words are about. A group without an entry works, without this help. */
export const groups: Readonly<Record<string, string>> = {
  partners: "Partners: create, suspend, close, limits, rewards.",
  keys: "Keys of a partner, on any surface.",
  wallets: "Money into a wallet and out of it.",
  plans: "Commission plans: preview, set, from a date.",
  recharges: "Recharges: list, follow, look inside.",
  bots: "Recharges by chat: bots, users of a partner, unlinking and blocking.",
  bulk: "Partners' files of recharges: what runs, stopping one.",
  cases: "What needs a person.",
  disputes: "What partners dispute.",
  rulings: "Rulings, each by two persons.",
  providers: "Providers: state, order, switch.",
  statements: "Statements of providers: read, plan, apply.",
  numbers: "What holds of numbers; blocked ones.",
  health: "How providers do.",
  segments: "What the balances of a provider prove.",
  reports: "Day book, commission, wallets, float; --format csv for a spreadsheet.",
  webhooks: "Webhook endpoints of a partner, and what was delivered.",
  floats: "Our money at the providers.",
  alerts: "What is wrong now; a test of the channels.",
  runs: "Runs of the reconciliation.",
  differences: "What differs between accounts and the ledger.",
  staff: "Staff tokens, and links that sign a person in.",
};

const rechargeColumns = "created_at id partner? product number amount state provider?";
const bulkColumns = "created_at id partner? name state rows.placed rows.waiting rows.bad";
const openColumns = "placed_at recharge_id partner? kind state product money_at_risk.amount";

export const lines: readonly Line[] = [
  { words: "partners list", operation: "listPartners", columns: "id name mode status wallets plan_version" },
  { words: "partners show <partner>", operation: "findPartner" },
  { words: "partners create <name>", operation: "createPartner" },
  { words: "partners figures <partner>", operation: "readFigures" },
  { words: "partners statement <partner>", operation: "readPartnerStatement" },
  { words: "partners suspend <partner>", operation: "suspendPartner" },
  { words: "partners close <partner>", operation: "closePartner" },
  { words: "partners resume <partner>", operation: "resumePartner" },
  { words: "partners limits <partner>", operation: "changeLimits" },
  { words: "partners rewards <partner>", operation: "changeRewards", asks: "Set the reward programme of {partner}?" },

  { words: "keys list <partner>", operation: "listKeys", columns: "key_id surface name scopes? expires_at revoked_at" },
  { words: "keys issue <partner> <name>", operation: "issueKey" },
  { words: "keys rotate <partner> <key> <name>", operation: "rotateKey" },
  { words: "keys addresses <partner> <key>", operation: "changeAddresses" },
  { words: "keys revoke <partner> <key>", operation: "revokeKey" },

  {
    words: "wallets credit <partner> <currency> <amount>",
    operation: "creditWallet",
    asks: "Put {amount} {currency} into the wallet of {partner} ({external_reference})?",
  },
  {
    words: "wallets debit <partner> <currency> <amount>",
    operation: "debitWallet",
    asks: "Take {amount} {currency} out of the wallet of {partner} ({external_reference})?",
  },

  { words: "plans list <partner>", operation: "listPlans", columns: "version from commission" },
  { words: "plans preview <partner>", operation: "previewPlan" },
  {
    words: "plans set <partner>",
    operation: "changePlan",
    showsFirst: "previewPlan",
    asks: "Set this commission plan for {partner}?",
  },
  { words: "plans cancel <partner> <version>", operation: "cancelPlan" },

  { words: "recharges list", operation: "listAllRecharges", columns: rechargeColumns },
  { words: "recharges find <text>", operation: "searchRecharges", columns: rechargeColumns, says: { format: "json" } },
  { words: "recharges book <id>", operation: "readRechargeBook" },
  { words: "recharges show <id>", operation: "readEvidence" },
  { words: "recharges evidence <id>", operation: "readCaseFile" },

  { words: "bulk running", operation: "listBulksAtWork", columns: bulkColumns },
  { words: "bulk list <partner>", operation: "listPartnerBulks", columns: bulkColumns },
  { words: "bulk show <partner> <id>", operation: "readPartnerBulk" },
  { words: "bulk problems <partner> <id>", operation: "readPartnerBulkProblems" },
  { words: "bulk result <partner> <id>", operation: "readPartnerBulkResult" },
  { words: "bulk pause <partner> <id> <reason>", operation: "pausePartnerBulk" },
  {
    words: "bulk resume <partner> <id> <reason>",
    operation: "resumePartnerBulk",
    showsFirst: "readPartnerBulk",
    asks: "Let {id} of {partner} go on? Its rows are placed with the partner's money.",
  },
  { words: "bulk cancel <partner> <id> <reason>", operation: "cancelPartnerBulk" },

  { words: "bots list", operation: "listBots", columns: "channel is_set_up name webhook_path" },
  {
    words: "bots users <partner>",
    operation: "listPartnerChatUsers",
    columns: "id name channel chat linked_at blocked",
  },
  { words: "bots unlink <partner> <user> <reason>", operation: "unlinkPartnerChatUser" },
  { words: "bots block <partner> <user> <reason>", operation: "blockPartnerChatUser" },
  { words: "bots unblock <partner> <user> <reason>", operation: "unblockPartnerChatUser" },

  { words: "cases list", operation: "listCases", columns: openColumns },
  { words: "disputes list", operation: "listDisputes", columns: openColumns.replace("kind", "disposition") },
  {
    words: "disputes of <partner>",
    operation: "listPartnerDisputes",
    columns: "opened_at recharge_id product disposition cost currency state reason",
  },
  {
    words: "rulings list",
    operation: "listProposals",
    columns: "proposal.proposed_at recharge_id partner product proposal.word proposal.proposed_by money_at_risk.amount",
  },
  { words: "rulings preview <id> <word>", operation: "previewRuling" },
  { words: "rulings propose <id> <word>", operation: "proposeRuling" },
  {
    words: "rulings confirm <id> <number>",
    operation: "confirmRuling",
    showsFirst: "readCaseFile",
    asks: "Confirm ruling {number} of {id}? Its money moves.",
  },

  ...providerLines,

  { words: "numbers rules", operation: "readNumberRules" },
  { words: "numbers velocity <velocity_per_day>", operation: "changeNumberRules" },
  { words: "numbers blocked", operation: "listBlockedNumbers", columns: "number reason blocked_at blocked_by" },
  {
    words: "numbers block <product> <number>",
    operation: "blockNumber",
    says: { is_blocked: true },
    what: "Send nothing to a number any more",
  },
  {
    words: "numbers free <product> <number>",
    operation: "blockNumber",
    says: { is_blocked: false },
    what: "Take a number again",
  },

  { words: "activity", operation: "readActivity" },
  { words: "reports days", operation: "readDayBook" },
  { words: "reports commission", operation: "readCommission" },
  { words: "reports wallets", operation: "readWalletBook" },
  { words: "reports float", operation: "readFloatMovement" },

  { words: "webhooks list <partner>", operation: "listPartnerWebhookEndpoints" },
  { words: "webhooks create <partner> <url>", operation: "createPartnerWebhookEndpoint" },
  { words: "webhooks show <partner> <endpoint>", operation: "readPartnerWebhookEndpoint" },
  { words: "webhooks change <partner> <endpoint> <url>", operation: "changePartnerWebhookEndpoint" },
  { words: "webhooks remove <partner> <endpoint>", operation: "removePartnerWebhookEndpoint" },
  { words: "webhooks rotate <partner> <endpoint>", operation: "rotatePartnerWebhookSecret" },
  { words: "webhooks test <partner> <endpoint>", operation: "testPartnerWebhookEndpoint" },
  { words: "webhooks deliveries <partner> <endpoint>", operation: "listPartnerWebhookDeliveries" },
  { words: "webhooks redeliver <partner> <endpoint> <delivery>", operation: "redeliverPartnerWebhook" },
  { words: "webhooks redeliver-since <partner> <endpoint> <since>", operation: "redeliverSincePartnerWebhooks" },

  { words: "floats list", operation: "listFloats" },
  { words: "floats floor <provider> <floor>", operation: "setFloor" },
  { words: "floats accept <provider> <checked_at> <reason>", operation: "acceptFloat" },

  { words: "staff link", operation: "issueSignInLink" },
  { words: "staff sign-out <person>", operation: "signOutEverywhere" },
  { words: "staff people", operation: "listPeople", columns: "person scopes passkeys" },
  { words: "staff roles <person> <scopes>", operation: "changeRoles" },
  { words: "staff lost <person>", operation: "removePasskeys", what: "Take every passkey of a person away" },
  { words: "staff list", operation: "listStaffTokens", columns: "token_id staff scopes expires_at revoked_at" },
  { words: "staff issue <staff>", operation: "issueStaffToken" },
  { words: "staff revoke <token>", operation: "revokeStaffToken" },
  { words: "audit", operation: "readAudit", columns: "id at staff verb subject" },
  { words: "counters", operation: "readCounters", columns: "day name partner count" },
  { words: "partners copy <partner>", operation: "copyAccount", what: "Copy the account; keep it with --json." },
  {
    words: "partners return <partner>",
    operation: "returnAccount",
    reads: readCopyFile,
    asks: "Put this copy (event {event}, {rows} rows, {recharges} recharges) into the lost account of {partner}?",
  },
  {
    words: "partners heal <partner>",
    operation: "healAccount",
    asks: "Book again in the account of {partner} what the ledger has and it lacks?",
  },
  { words: "alerts list", operation: "listAlerts", columns: "severity rule subject raised_at text" },
  { words: "alerts test", operation: "testAlerts" },
  { words: "reconcile", operation: "reconcileNow" },
  {
    words: "runs list",
    operation: "listRuns",
    columns: "started_at state asked_by partners differences floats faults",
  },
  {
    words: "differences list",
    operation: "listDifferences",
    columns: "found_at partner figure compared_with currency account ledger difference",
  },
  { words: "sandbox", operation: "seedSandbox" },
];
