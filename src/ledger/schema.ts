// The ledger's tables, for D1 and libSQL alike. Money is integer minor units, times are epoch ms.
// `migrations/` adds what Drizzle cannot say (STRICT, WITHOUT ROWID, triggers); a test compares the two.
// Rows written are the bill: composite integer keys without a rowid, and an index only where a list needs one.
import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** The accounts' events without a gap. `max(number)` of an account is its watermark: no other copy can disagree with it. */
export const events = sqliteTable(
  "events",
  {
    account: integer("account").notNull(),
    number: integer("number").notNull(),
    type: text("type").notNull(),
    /** The account's counter of the recharge; null for events about the wallet alone. */
    recharge: integer("recharge"),
    at: integer("at").notNull(),
    /** Wallet after the event, in its currency. */
    currency: text("currency").notNull(),
    balance: integer("balance").notNull(),
    held: integer("held").notNull(),
    debt: integer("debt").notNull(),
    /** The event as the account wrote it, JSON. */
    data: text("data").notNull(),
  },
  (table) => [primaryKey({ columns: [table.account, table.number] })],
);

/** Current state of each recharge; overwritten only by a higher event number. */
export const recharges = sqliteTable(
  "recharges",
  {
    account: integer("account").notNull(),
    counter: integer("counter").notNull(),
    lastEvent: integer("last_event").notNull(),
    agentId: text("agent_id").notNull(),
    mode: text("mode").notNull(),
    product: text("product").notNull(),
    number: text("number").notNull(),
    /** JSON object of the product's further fields. */
    fields: text("fields").notNull(),
    face: integer("face").notNull(),
    commission: integer("commission").notNull(),
    cost: integer("cost").notNull(),
    currency: text("currency").notNull(),
    planVersion: integer("plan_version").notNull(),
    state: text("state").notNull(),
    proof: text("proof"),
    operatorReference: text("operator_reference"),
    /** JSON of the failure, or null. */
    failure: text("failure"),
    repeatOf: text("repeat_of"),
    provider: text("provider").notNull(),
    reference: text("reference").notNull(),
    providerCommission: integer("provider_commission"),
    createdAt: integer("created_at").notNull(),
    updatedAt: integer("updated_at").notNull(),
    /** What the provider's reply said, and how long after the send it came, ms; null: none is known. */
    answer: text("answer"),
    answerMs: integer("answer_ms"),
    /** JSON list of the providers that declined before; null: none. */
    declinedBy: text("declined_by"),
  },
  (table) => [
    primaryKey({ columns: [table.account, table.counter] }),
    index("recharges_by_time").on(table.createdAt),
    index("recharges_by_number").on(table.number),
  ],
);

/** Append-only: one debit and one credit account of the chart each. */
export const transfers = sqliteTable(
  "transfers",
  {
    account: integer("account").notNull(),
    event: integer("event").notNull(),
    leg: integer("leg").notNull(),
    debit: text("debit").notNull(),
    credit: text("credit").notNull(),
    amount: integer("amount").notNull(),
    currency: text("currency").notNull(),
    recharge: integer("recharge"),
    at: integer("at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.account, table.event, table.leg] })],
);

/** Each wallet's figures after its last event that the ledger has. */
export const walletStates = sqliteTable(
  "wallet_states",
  {
    account: integer("account").notNull(),
    currency: text("currency").notNull(),
    event: integer("event").notNull(),
    at: integer("at").notNull(),
    balance: integer("balance").notNull(),
    held: integer("held").notNull(),
    debt: integer("debt").notNull(),
  },
  (table) => [primaryKey({ columns: [table.account, table.currency] })],
);

/** Recharges that need a person, or needed one. `opened_at` is that of the case which is open now, or was last. */
export const cases = sqliteTable(
  "cases",
  {
    account: integer("account").notNull(),
    recharge: integer("recharge").notNull(),
    lastEvent: integer("last_event").notNull(),
    kind: text("kind").notNull(),
    openedAt: integer("opened_at").notNull(),
    /** Null: it is open. */
    closedAt: integer("closed_at"),
  },
  (table) => [
    primaryKey({ columns: [table.account, table.recharge] }),
    index("cases_open").on(table.openedAt).where(sql`closed_at IS NULL`),
  ],
);

/** What partners disputed; `number` counts per recharge. */
export const disputes = sqliteTable(
  "disputes",
  {
    account: integer("account").notNull(),
    recharge: integer("recharge").notNull(),
    number: integer("number").notNull(),
    lastEvent: integer("last_event").notNull(),
    disposition: text("disposition").notNull(),
    comment: text("comment").notNull(),
    state: text("state", { enum: ["open", "won", "lost"] }).notNull(),
    reason: text("reason"),
    openedAt: integer("opened_at").notNull(),
    closedAt: integer("closed_at"),
  },
  (table) => [
    primaryKey({ columns: [table.account, table.recharge, table.number] }),
    index("disputes_open").on(table.openedAt).where(sql`closed_at IS NULL`),
  ],
);

/** What reconciliation found between an account and the ledger at one event number; reported once, never repaired. */
export const differences = sqliteTable(
  "differences",
  {
    account: integer("account").notNull(),
    event: integer("event").notNull(),
    currency: text("currency").notNull(),
    figure: text("figure").notNull(),
    /** What the account was compared with: `wallet_states`, `transfers` or `recharges`. */
    comparedWith: text("compared_with").notNull(),
    accountValue: integer("account_value").notNull(),
    ledgerValue: integer("ledger_value").notNull(),
    foundAt: integer("found_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.account, table.event, table.currency, table.figure, table.comparedWith] })],
);

/** `account` is the account number, given once and never again. */
export const partners = sqliteTable("partners", {
  account: integer("account").primaryKey({ autoIncrement: true }),
  mode: text("mode").notNull(),
  name: text("name").notNull(),
  status: text("status").notNull(),
  /** JSON list of currencies. */
  wallets: text("wallets").notNull(),
  /** JSON of the commission plan, its version included. */
  plan: text("plan").notNull(),
  /** JSON list of limits. */
  limits: text("limits").notNull(),
  /** Counts up with each change of the profile, revoked keys included. */
  profileVersion: integer("profile_version").notNull(),
  createdAt: integer("created_at").notNull(),
  /** JSON of the reward programme; null: it is off. */
  rewards: text("rewards"),
  /** JSON list of commission plans that apply from a later time. */
  laterPlans: text("later_plans"),
});

/** Keys of partners on all surfaces. Only keyed hashes are stored. */
export const credentials = sqliteTable(
  "credentials",
  {
    keyId: text("key_id").primaryKey(),
    account: integer("account").notNull(),
    surface: text("surface", { enum: ["api", "backnpay", "aopay", "nurr"] }).notNull(),
    name: text("name").notNull(),
    hash: text("hash").notNull().unique(),
    /** JSON list. */
    scopes: text("scopes").notNull(),
    /** JSON list of addresses that may use it; null: any. */
    addresses: text("addresses"),
    createdAt: integer("created_at").notNull(),
    expiresAt: integer("expires_at"),
    revokedAt: integer("revoked_at"),
    /** How the client takes a recharge whose answer is not there in time: `pending` or `hang_up`; null: `pending`. */
    doubtAnswer: text("doubt_answer", { enum: ["pending", "hang_up"] }),
  },
  (table) => [index("credentials_by_account").on(table.account)],
);

export const staffTokens = sqliteTable("staff_tokens", {
  tokenId: text("token_id").primaryKey(),
  hash: text("hash").notNull().unique(),
  staff: text("staff").notNull(),
  /** JSON list. */
  scopes: text("scopes").notNull(),
  createdAt: integer("created_at").notNull(),
  expiresAt: integer("expires_at"),
  revokedAt: integer("revoked_at"),
});

/** Append-only: every write of staff. */
export const audit = sqliteTable("audit", {
  id: integer("id").primaryKey({ autoIncrement: true }),
  at: integer("at").notNull(),
  staff: text("staff").notNull(),
  verb: text("verb").notNull(),
  subject: text("subject").notNull(),
  /** JSON, without secrets; null where there was nothing. */
  before: text("before"),
  after: text("after"),
  requestId: text("request_id").notNull(),
});

export * from "./schema-bulk.ts";
export * from "./schema-forms.ts";
export * from "./schema-sessions.ts";
export * from "./schema-passkeys.ts";
export * from "./schema-proposals.ts";
export * from "./schema-statements.ts";
export * from "./schema-terms.ts";
