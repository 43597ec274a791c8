-- Made by drizzle-kit; STRICT, WITHOUT ROWID, the check of amounts and the triggers are added by hand.
CREATE TABLE `audit` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`staff` text NOT NULL,
	`verb` text NOT NULL,
	`subject` text NOT NULL,
	`before` text,
	`after` text,
	`request_id` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `credentials` (
	`key_id` text PRIMARY KEY NOT NULL,
	`account` integer NOT NULL,
	`surface` text NOT NULL,
	`name` text NOT NULL,
	`hash` text NOT NULL,
	`scopes` text NOT NULL,
	`addresses` text,
	`created_at` integer NOT NULL,
	`expires_at` integer,
	`revoked_at` integer
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `credentials_hash_unique` ON `credentials` (`hash`);--> statement-breakpoint
CREATE INDEX `credentials_by_account` ON `credentials` (`account`);--> statement-breakpoint
CREATE TABLE `differences` (
	`account` integer NOT NULL,
	`event` integer NOT NULL,
	`currency` text NOT NULL,
	`figure` text NOT NULL,
	`compared_with` text NOT NULL,
	`account_value` integer NOT NULL,
	`ledger_value` integer NOT NULL,
	`found_at` integer NOT NULL,
	PRIMARY KEY(`account`, `event`, `currency`, `figure`, `compared_with`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `events` (
	`account` integer NOT NULL,
	`number` integer NOT NULL,
	`type` text NOT NULL,
	`recharge` integer,
	`at` integer NOT NULL,
	`currency` text NOT NULL,
	`balance` integer NOT NULL,
	`held` integer NOT NULL,
	`debt` integer NOT NULL,
	`data` text NOT NULL,
	PRIMARY KEY(`account`, `number`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `partners` (
	`account` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`mode` text NOT NULL,
	`name` text NOT NULL,
	`status` text NOT NULL,
	`wallets` text NOT NULL,
	`plan` text NOT NULL,
	`limits` text NOT NULL,
	`profile_version` integer NOT NULL,
	`created_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `recharges` (
	`account` integer NOT NULL,
	`counter` integer NOT NULL,
	`last_event` integer NOT NULL,
	`agent_id` text NOT NULL,
	`mode` text NOT NULL,
	`product` text NOT NULL,
	`number` text NOT NULL,
	`fields` text NOT NULL,
	`face` integer NOT NULL,
	`commission` integer NOT NULL,
	`cost` integer NOT NULL,
	`currency` text NOT NULL,
	`plan_version` integer NOT NULL,
	`state` text NOT NULL,
	`proof` text,
	`operator_reference` text,
	`failure` text,
	`repeat_of` text,
	`provider` text NOT NULL,
	`reference` text NOT NULL,
	`provider_commission` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`account`, `counter`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `recharges_by_time` ON `recharges` (`created_at`);--> statement-breakpoint
CREATE INDEX `recharges_by_number` ON `recharges` (`number`);--> statement-breakpoint
CREATE TABLE `staff_tokens` (
	`token_id` text PRIMARY KEY NOT NULL,
	`hash` text NOT NULL,
	`staff` text NOT NULL,
	`scopes` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer,
	`revoked_at` integer
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `staff_tokens_hash_unique` ON `staff_tokens` (`hash`);--> statement-breakpoint
CREATE TABLE `transfers` (
	`account` integer NOT NULL,
	`event` integer NOT NULL,
	`leg` integer NOT NULL,
	`debit` text NOT NULL,
	`credit` text NOT NULL,
	`amount` integer NOT NULL CHECK (`amount` > 0),
	`currency` text NOT NULL,
	`recharge` integer,
	`at` integer NOT NULL,
	PRIMARY KEY(`account`, `event`, `leg`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `wallet_states` (
	`account` integer NOT NULL,
	`currency` text NOT NULL,
	`event` integer NOT NULL,
	`at` integer NOT NULL,
	`balance` integer NOT NULL,
	`held` integer NOT NULL,
	`debt` integer NOT NULL,
	PRIMARY KEY(`account`, `currency`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TRIGGER `events_refuse_update` BEFORE UPDATE ON `events` BEGIN
	SELECT RAISE(ABORT, 'events is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `events_refuse_delete` BEFORE DELETE ON `events` BEGIN
	SELECT RAISE(ABORT, 'events is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `transfers_refuse_update` BEFORE UPDATE ON `transfers` BEGIN
	SELECT RAISE(ABORT, 'transfers is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `transfers_refuse_delete` BEFORE DELETE ON `transfers` BEGIN
	SELECT RAISE(ABORT, 'transfers is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `audit_refuse_update` BEFORE UPDATE ON `audit` BEGIN
	SELECT RAISE(ABORT, 'audit is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `audit_refuse_delete` BEFORE DELETE ON `audit` BEGIN
	SELECT RAISE(ABORT, 'audit is append-only');
END;
