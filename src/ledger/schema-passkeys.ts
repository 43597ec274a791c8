// Tables of passkeys: people of staff with their roles, their keys, and the challenges that are asked of them.
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const staffPeople = sqliteTable("staff_people", {
  person: text("person").primaryKey(),
  /** JSON list of staff scopes; empty: may not come in. */
  scopes: text("scopes").notNull(),
  changedAt: integer("changed_at").notNull(),
});

export const passkeys = sqliteTable(
  "passkeys",
  {
    /** The credential's id, base64url. */
    id: text("id").primaryKey(),
    person: text("person").notNull(),
    /** COSE, base64url. */
    publicKey: text("public_key").notNull(),
    counter: integer("counter").notNull(),
    createdAt: integer("created_at").notNull(),
    usedAt: integer("used_at"),
  },
  (table) => [index("passkeys_by_person").on(table.person)],
);

export const passkeyChallenges = sqliteTable("passkey_challenges", {
  hash: text("hash").primaryKey(),
  /** Who registers; empty: somebody signs in. */
  person: text("person").notNull(),
  expiresAt: integer("expires_at").notNull(),
  usedAt: integer("used_at"),
});
