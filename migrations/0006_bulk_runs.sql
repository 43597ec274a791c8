-- STRICT and WITHOUT ROWID are added by hand.
CREATE TABLE `bulk_runs` (
	`account` integer PRIMARY KEY NOT NULL,
	`started_at` integer NOT NULL
) STRICT, WITHOUT ROWID;
