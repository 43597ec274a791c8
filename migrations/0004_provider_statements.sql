-- STRICT, WITHOUT ROWID and the trigger are added by hand.
CREATE TABLE `provider_statements` (
	`id` text PRIMARY KEY NOT NULL,
	`provider` text NOT NULL,
	`file_hash` text NOT NULL,
	`mapping_version` integer NOT NULL,
	`state` text NOT NULL,
	`summary` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`applied_at` integer,
	`applied_by` text,
	`taken` integer,
	`outdated` integer
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `statement_mappings` (
	`provider` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`mapping` text NOT NULL,
	`changed_at` integer NOT NULL,
	`changed_by` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `statement_rows` (
	`provider` text NOT NULL,
	`identity` text NOT NULL,
	`account` integer NOT NULL,
	`attempt` integer NOT NULL,
	`statement` text NOT NULL,
	`bound_at` integer NOT NULL,
	PRIMARY KEY(`provider`, `identity`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `statement_words` (
	`statement` text NOT NULL,
	`ordinal` integer NOT NULL,
	`account` integer NOT NULL,
	`attempt` integer NOT NULL,
	`identity` text,
	`data` text NOT NULL,
	PRIMARY KEY(`statement`, `ordinal`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TRIGGER `statement_rows_settle_once` BEFORE UPDATE ON `statement_rows` WHEN OLD.`account` <> NEW.`account` OR OLD.`attempt` <> NEW.`attempt` BEGIN
	SELECT RAISE(ABORT, 'a row settles one attempt, ever');
END;
