ALTER TABLE `recharges` ADD `answer` text;--> statement-breakpoint
ALTER TABLE `recharges` ADD `answer_ms` integer;--> statement-breakpoint
ALTER TABLE `recharges` ADD `declined_by` text;