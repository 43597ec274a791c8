// The tables of a bulk object, with a schema version; it migrates itself when it wakes.
import { runSchemaSteps } from "../base/schema-steps.ts";

/** Each step brings the tables from version n to n + 1. Steps are never edited once released; new ones are added. */
const bulkSchemaSteps: readonly (readonly string[])[] = [
  [
    `create table bulks (number integer primary key autoincrement, id text not null unique, state text not null,
       data text not null)`,
    // `due_at`: a row that is asked about again has its own time; null for all others.
    `create table rows (bulk integer not null, line integer not null, state text not null, agent_id text not null,
       product text not null, number text not null, amount text not null, "order" text, problems text not null,
       recharge integer, cost integer, currency text, due_at integer, tries integer not null default 0,
       primary key (bulk, line)) without rowid`,
    "create index rows_due on rows (bulk, due_at) where due_at is not null",
  ],
];

export function migrateBulk(storage: Parameters<typeof runSchemaSteps>[0]): void {
  runSchemaSteps(storage, bulkSchemaSteps, "bulk");
}
