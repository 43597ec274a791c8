// Rulings that were proposed and wait for a second person: the latest of each recharge. The account has the last word on them.
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const rulingProposals = sqliteTable(
  "ruling_proposals",
  {
    account: integer("account").notNull(),
    recharge: integer("recharge").notNull(),
    /** The ruling's own, 1, 2 … per recharge. */
    number: integer("number").notNull(),
    word: text("word", { enum: ["success", "failure"] }).notNull(),
    proposedBy: text("proposed_by").notNull(),
    proposedAt: integer("proposed_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.account, table.recharge] })],
);
