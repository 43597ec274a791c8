// Tables of provider statements: how each provider's files are read, what was imported, and which row was used for what.
import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const statementMappings = sqliteTable("statement_mappings", {
  provider: text("provider").primaryKey(),
  /** Counts up with each change. */
  version: integer("version").notNull(),
  /** JSON of the mapping. */
  mapping: text("mapping").notNull(),
  changedAt: integer("changed_at").notNull(),
  changedBy: text("changed_by").notNull(),
});

/** Imports, each from its dry run on. */
export const providerStatements = sqliteTable("provider_statements", {
  id: text("id").primaryKey(),
  provider: text("provider").notNull(),
  fileHash: text("file_hash").notNull(),
  mappingVersion: integer("mapping_version").notNull(),
  /** `applying`: its rows are bound and some accounts may have its words; applying goes on where it was. */
  state: text("state", { enum: ["planned", "applying", "applied"] }).notNull(),
  /** JSON of the counts that the dry run showed. */
  summary: text("summary").notNull(),
  createdAt: integer("created_at").notNull(),
  createdBy: text("created_by").notNull(),
  appliedAt: integer("applied_at"),
  appliedBy: text("applied_by"),
  /** Words that accounts took, and words that came too late for theirs. */
  taken: integer("taken"),
  outdated: integer("outdated"),
});

/** The words of a plan, for the accounts. */
export const statementWords = sqliteTable(
  "statement_words",
  {
    statement: text("statement").notNull(),
    ordinal: integer("ordinal").notNull(),
    account: integer("account").notNull(),
    attempt: integer("attempt").notNull(),
    /** The row's; null where a row is missing. */
    identity: text("identity"),
    /** JSON of the word. */
    data: text("data").notNull(),
  },
  (table) => [primaryKey({ columns: [table.statement, table.ordinal] })],
);

/** A row of a provider settles one attempt, ever. */
export const statementRows = sqliteTable(
  "statement_rows",
  {
    provider: text("provider").notNull(),
    identity: text("identity").notNull(),
    account: integer("account").notNull(),
    attempt: integer("attempt").notNull(),
    statement: text("statement").notNull(),
    boundAt: integer("bound_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.provider, table.identity] })],
);
