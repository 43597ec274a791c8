// Tables of signing in to the console and the portal: one-time links, and the sessions that they opened.
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const signInLinks = sqliteTable("sign_in_links", {
  hash: text("hash").primaryKey(),
  /** A person of staff, or whoever a partner sends. */
  person: text("person").notNull(),
  /** JSON list of staff scopes; empty for a partner's link. */
  scopes: text("scopes").notNull(),
  /** The partner whose portal it opens; null: the console. */
  account: integer("account"),
  createdAt: integer("created_at").notNull(),
  createdBy: text("created_by").notNull(),
  expiresAt: integer("expires_at").notNull(),
  usedAt: integer("used_at"),
});

export const sessions = sqliteTable(
  "sessions",
  {
    hash: text("hash").primaryKey(),
    person: text("person").notNull(),
    scopes: text("scopes").notNull(),
    account: integer("account"),
    openedBy: text("opened_by", { enum: ["link", "passkey", "access"] }).notNull(),
    openedAt: integer("opened_at").notNull(),
    expiresAt: integer("expires_at").notNull(),
    endedAt: integer("ended_at"),
  },
  (table) => [index("sessions_by_person").on(table.person)],
);
