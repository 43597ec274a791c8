// Tables of what staff set: versions of commission plans, and numbers to which nothing is sent.
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Each version of a partner's plan that was ever set. A recharge names the version that it was priced by. */
export const commissionPlans = sqliteTable(
  "commission_plans",
  {
    account: integer("account").notNull(),
    version: integer("version").notNull(),
    /** JSON list of rules. */
    rules: text("rules").notNull(),
    /** Epoch ms from which it applies. */
    from: integer("from_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.account, table.version] })],
);

export const blockedNumbers = sqliteTable("blocked_numbers", {
  /** Canonical; for billers with the fields that tell accounts apart. */
  number: text("number").primaryKey(),
  reason: text("reason").notNull(),
  blockedAt: integer("blocked_at").notNull(),
  blockedBy: text("blocked_by").notNull(),
});
