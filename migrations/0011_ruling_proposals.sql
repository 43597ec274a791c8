-- STRICT and WITHOUT ROWID are added by hand.
CREATE TABLE `ruling_proposals` (
	`account` integer NOT NULL,
	`recharge` integer NOT NULL,
	`number` integer NOT NULL,
	`word` text NOT NULL,
	`proposed_by` text NOT NULL,
	`proposed_at` integer NOT NULL,
	PRIMARY KEY(`account`, `recharge`)
) STRICT, WITHOUT ROWID;
