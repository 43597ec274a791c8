// The tables of a chat's object.

/** Each step brings the tables from version n to n + 1. Steps are never edited once released; new ones are added. */
export const chatSchemaSteps: readonly (readonly string[])[] = [
  [
    `create table chat (id integer primary key check (id = 1), channel text not null, address text not null,
       heard_at integer not null, account integer, user text, state text, guesses integer not null,
       guessed_at integer not null, hinted_at integer not null)`,
    `create table inbox (number integer primary key, message text not null unique, ticket text not null,
       content text not null, erasable_by text, sent_at integer not null, done_at integer)`,
    "create index inbox_waiting on inbox (number) where done_at is null",
    `create table outbox (number integer primary key, content text not null, tries integer not null,
       due_at integer not null, written_at integer not null)`,
    "create table sent (message text primary key, content text not null, sent_at integer not null) without rowid",
    "create table told (recharge text primary key, state text not null, told_at integer not null) without rowid",
  ],
];
