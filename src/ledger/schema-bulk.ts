// Whose files of recharges may be running: the scheduled run wakes their objects, in case an alarm was lost.
import { integer, sqliteTable } from "drizzle-orm/sqlite-core";

export const bulkRuns = sqliteTable("bulk_runs", {
  account: integer("account").primaryKey(),
  startedAt: integer("started_at").notNull(),
});
