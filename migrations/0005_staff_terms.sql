-- STRICT, WITHOUT ROWID and the first versions of plans are added by hand.
CREATE TABLE `blocked_numbers` (
	`number` text PRIMARY KEY NOT NULL,
	`reason` text NOT NULL,
	`blocked_at` integer NOT NULL,
	`blocked_by` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `commission_plans` (
	`account` integer NOT NULL,
	`version` integer NOT NULL,
	`rules` text NOT NULL,
	`from_at` integer NOT NULL,
	PRIMARY KEY(`account`, `version`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
ALTER TABLE `partners` ADD `later_plans` text;--> statement-breakpoint
INSERT INTO `commission_plans` (`account`, `version`, `rules`, `from_at`)
	SELECT account, plan ->> '$.version', plan -> '$.rules', created_at FROM `partners`;
