// The table of forms that console and portal have taken: each is done once, however often a browser sends it.
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const sentForms = sqliteTable(
  "sent_forms",
  {
    /** Keyed hash of the person and the form's id. */
    hash: text("hash").primaryKey(),
    sentAt: integer("sent_at").notNull(),
    /** What it came to, sealed: it can hold a secret that is shown once. Null: nobody knows yet. */
    answer: text("answer"),
  },
  (table) => [index("sent_forms_by_time").on(table.sentAt)],
);
