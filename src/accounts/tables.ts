// The account's own tables, with a schema version; an object migrates itself when it wakes.
import { runSchemaSteps } from "../base/schema-steps.ts";

/** Each step brings the tables from version n to n + 1. Steps are never edited once released; new ones are added. */
export const accountSchemaSteps: readonly (readonly string[])[] = [
  [
    "create table profile (id integer primary key check (id = 1), version integer not null, data text not null)",
    `create table wallets (currency text primary key, balance integer not null check (balance >= 0),
       held integer not null check (held >= 0), debt integer not null check (debt >= 0), day integer not null,
       day_used integer not null) without rowid`,
    `create table recharges (counter integer primary key, agent_id text not null unique, product text not null,
       number text not null, fields text not null, geocode text, face integer not null, commission integer not null,
       cost integer not null, currency text not null, plan_version integer not null, repeat_of integer,
       state text not null, proof text, operator_reference text, failure text, attempts text not null,
       day integer not null, event integer not null, created_at integer not null, updated_at integer not null)`,
    "create unique index recharges_repeat_of on recharges (repeat_of) where repeat_of is not null",
    `create table attempts (counter integer primary key, recharge integer not null, provider text not null,
       state text not null, started_at integer not null, start_by integer not null, their_reference text,
       provider_commission integer, lookups integer not null)`,
    `create table evidence (attempt integer not null, key text not null, kind text not null, word text not null,
       speaks_at integer not null, received_at integer not null, operator_reference text, their_reference text,
       cause text, said text not null, primary key (attempt, key)) without rowid`,
    "create table open_attempts (attempt integer primary key, recharge integer not null, due_at integer)",
    "create table events (number integer primary key, type text not null, at integer not null, data text not null)",
    `create table cases (recharge integer not null, opened_at integer not null, kind text not null, closed_at integer,
       primary key (recharge, opened_at)) without rowid`,
    "create table movements (external_reference text primary key, event integer not null) without rowid",
    "create table outbox (id integer primary key check (id = 1), shipped integer not null)",
    "insert into outbox (id, shipped) values (1, 0)",
  ],
  [
    "create table reward_points (id integer primary key check (id = 1), total integer not null check (total >= 0))",
    "create table reward_offers (offer text primary key, given integer not null check (given >= 0)) without rowid",
    `create table rewards (recharge integer primary key, points integer not null, level_id integer, level_key text,
       offer text, cashback integer, currency text not null)`,
  ],
  [
    // Protocols without a reference: the latest recharge of each order, and the signatures that were used.
    "create table unreferenced (order_key text primary key, recharge integer not null) without rowid",
    "create table signatures (signature text primary key, recharge integer, expires_at integer not null) without rowid",
  ],
  [
    // What people decide: keys of the evidence that a ruling answers, rulings that wait for a second person, disputes.
    "alter table evidence add column answers text",
    `create table rulings (recharge integer not null, number integer not null, word text not null, reason text not null,
       succeeded text not null, seen integer not null, proposed_by text not null, proposed_at integer not null,
       confirmed_by text, confirmed_at integer, primary key (recharge, number)) without rowid`,
    `create table disputes (recharge integer not null, number integer not null, disposition text not null,
       comment text not null, opened_at integer not null, evidence_number integer not null, state text not null,
       reason text, closed_at integer, primary key (recharge, number)) without rowid`,
  ],
  [
    // What a reply said of our balance at the provider: the anchors of balance segments.
    "alter table evidence add column balance_before integer",
    "alter table evidence add column balance_after integer",
  ],
  [
    // What is open is said by the attempt itself: one row to write for an attempt, not two.
    "alter table attempts add column open integer",
    "alter table attempts add column due_at integer",
    `update attempts set open = 1, due_at = (select due_at from open_attempts where attempt = attempts.counter)
       where counter in (select attempt from open_attempts)`,
    "create index attempts_open on attempts (open) where open = 1",
    "drop table open_attempts",
  ],
  [
    // Webhooks: the last event that the desk was told, where there ever was an endpoint; wallets that were said to be low.
    "create table telling (id integer primary key check (id = 1), told integer not null)",
    "create table low_balances (currency text primary key) without rowid",
  ],
  [
    // Recharges by chat: users, the codes that link them, messages that were claimed, who ordered what, and what was told.
    `create table chat_users (counter integer primary key, name text not null, language text not null,
       limits text not null, pin_salt text, pin_hash text, pin_failures integer not null, pin_at integer, chat text,
       channel text, linked_at integer, removed_at integer, created_at integer not null)`,
    `create table chat_codes (hash text primary key, user integer not null, expires_at integer not null,
       used_by text) without rowid`,
    `create table chat_messages (serial integer primary key, chat text not null, message text not null,
       ticket text not null, unique (chat, message))`,
    `create table chat_recharges (recharge integer primary key, user integer not null, chat text not null,
       day integer not null)`,
    "create index chat_recharges_user on chat_recharges (user, day)",
    "create table chat_news (id integer primary key check (id = 1), told integer not null)",
  ],
  [
    // A copy was put back: counters go on above the floor. `ledger_event`: the ledger was found ahead of the account.
    `create table restored (id integer primary key check (id = 1), counter_floor integer not null,
       restored_at integer not null, ledger_event integer)`,
  ],
  [
    // Events up to this one left the account for the ledger and the archive; what booked a movement stays.
    `create table rolled (id integer primary key check (id = 1), up_to integer not null, up_to_at integer not null,
       rolled_at integer not null)`,
  ],
  [
    // Chat users: the end of the number or id of their chat, and why staff let none be linked.
    "alter table chat_users add column shown_as text",
    "alter table chat_users add column blocked_for text",
    "alter table chat_users add column blocked_at integer",
  ],
];

/** Brings the tables to the newest version in one write. Throws when they are newer than this code: never write then. */
export function migrateAccount(storage: DurableObjectStorage, steps = accountSchemaSteps): void {
  runSchemaSteps(storage, steps, "account");
}
