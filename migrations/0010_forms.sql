CREATE TABLE `sent_forms` (
	`hash` text PRIMARY KEY NOT NULL,
	`sent_at` integer NOT NULL,
	`answer` text
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `sent_forms_by_time` ON `sent_forms` (`sent_at`);