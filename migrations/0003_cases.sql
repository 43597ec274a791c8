CREATE TABLE `cases` (
	`account` integer NOT NULL,
	`recharge` integer NOT NULL,
	`last_event` integer NOT NULL,
	`kind` text NOT NULL,
	`opened_at` integer NOT NULL,
	`closed_at` integer,
	PRIMARY KEY(`account`, `recharge`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `cases_open` ON `cases` (`opened_at`) WHERE closed_at IS NULL;--> statement-breakpoint
CREATE TABLE `disputes` (
	`account` integer NOT NULL,
	`recharge` integer NOT NULL,
	`number` integer NOT NULL,
	`last_event` integer NOT NULL,
	`disposition` text NOT NULL,
	`comment` text NOT NULL,
	`state` text NOT NULL,
	`reason` text,
	`opened_at` integer NOT NULL,
	`closed_at` integer,
	PRIMARY KEY(`account`, `recharge`, `number`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `disputes_open` ON `disputes` (`opened_at`) WHERE closed_at IS NULL;--> statement-breakpoint
INSERT INTO `cases` (`account`, `recharge`, `last_event`, `kind`, `opened_at`, `closed_at`)
	SELECT e.account, e.recharge, e.number, e.data ->> '$.case', e.at,
		iif(e.data ->> '$.case' = 'doubt' AND r.state <> 'pending', r.updated_at, NULL)
	FROM `events` AS e JOIN `recharges` AS r ON r.account = e.account AND r.counter = e.recharge
	WHERE e.type = 'recharge.case_opened'
	ON CONFLICT DO NOTHING;
