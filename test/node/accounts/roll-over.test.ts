// Old events leave an account for the ledger and the archive; whoever asks for them notices nothing.
import { beforeEach, describe, expect, test } from "vitest";
import { BookStore } from "../../../src/accounts/book-store.ts";
import { minor } from "../../../src/base/money.ts";
import { ship } from "../../support/account-in-node.ts";
import { openMemoryDatabase } from "../../support/memory-database.ts";
import { type Aging, eventIn, openAging } from "../../support/old-events.ts";

let aging: Aging;
beforeEach(async () => {
  aging = await openAging();
});

describe("events that are old", () => {
  test("leave in whole pages, and every page of the list reads as before, across the seam and after a reset", async () => {
    const { account, partners, number, readAll, keptIn, makeHistory, sweep } = aging;
    await makeHistory(16);
    const sizes = [1, 3, 7, 10, 100];
    const before = await Promise.all(sizes.map(readAll));
    await sweep();
    const kept = keptIn();
    expect(
      kept.filter((event) => event <= 30),
      "what booked movements stays",
    ).toEqual([1, 2]);
    expect(kept.slice(2)).toEqual([31, 32, 33, 34]);
    expect(await Promise.all(sizes.map(readAll))).toEqual(before);
    partners.reopen(number);
    expect(await Promise.all(sizes.map(readAll))).toEqual(before);
    expect([...partners.archive.texts.values()].join("").trimEnd().split("\n")).toEqual(
      before[0]?.slice(0, 30).map((page) => JSON.stringify(eventIn(page))),
    );
    expect(partners.lines.filter(({ event }) => event === "rollover.done")).toMatchObject([
      { facts: { account: number, events: 30, upTo: 30 } },
    ]);
    expect((await account().sweep(null)).standing).toMatchObject({ rolled: 30 });
  });

  test("go on being numbered, shipped and rolled after that", async () => {
    const { readAll, keptIn, makeHistory, sweep } = aging;
    await makeHistory(8);
    await sweep();
    const first = keptIn().length;
    await makeHistory(8);
    await sweep();
    await sweep();
    expect(keptIn().length).toBeLessThanOrEqual(first + 10);
    const all = (await readAll(1)).map(eventIn).map((event) => event.number);
    expect(all).toEqual(all.map((_, index) => index + 1));
  });

  test("are refused with a word to ask again while the ledger is down, and the later ones are not", async () => {
    const { partners, pageOf, makeHistory, sweep } = aging;
    await makeHistory(8);
    const [before, after] = [await pageOf(10, 100), await pageOf(0, 3)];
    await sweep();
    partners.database.become("down");
    expect(await pageOf(10, 100)).toEqual(before);
    expect(await pageOf(0, 3)).toMatchObject({ code: "unavailable", retryAfterSeconds: 30 });
    partners.database.become("up");
    expect(await pageOf(0, 3)).toEqual(after);
  });
});

test("an event that is remembered is to the letter the one that is read", async () => {
  const { sql } = aging.account().state.storage;
  const [writer, reader] = [new BookStore(sql), new BookStore(sql)];
  const wallet = { currency: "INR", balance: minor(100), held: minor(0), debt: minor(0) } as const;
  writer.appendEvent({ wallet, at: 1, type: "account.low_balance" });
  const after = writer.lastEventNumber() - 1;
  const remembered = JSON.stringify(writer.readEvents(after, 1));
  expect(remembered).toContain('"account.low_balance"');
  expect(remembered).toBe(JSON.stringify(reader.readEvents(after, 1)));
});

/** What keeps events in an account, however old they are. */
const cases: readonly (readonly [string, (aging: Aging) => unknown])[] = [
  ["while they are young", ({ partners }) => (partners.time.now -= 2)],
  ["while the ledger is down", ({ partners }) => partners.database.become("down")],
  ["while the archive is down", ({ partners }) => partners.archive.become("down")],
  ["where the archive says that it has what it has not", ({ partners }) => partners.archive.become("forgetful")],
  ["where the account is behind its ledger", ({ account }) => account().sweep(1_000)],
  [
    "where the ledger holds one of them otherwise",
    async ({ partners }) => {
      await partners.database.all("drop trigger events_refuse_update", []);
      await partners.database.all("update events set data = replace(data, 'pending', 'Pending') where number = 7", []);
    },
  ],
];

describe("events stay in the account", () => {
  test.each(cases)("%s", async (_why, hinder) => {
    const { keptIn, makeHistory, sweep } = aging;
    await makeHistory(8);
    const all = keptIn();
    await hinder(aging);
    await sweep();
    expect(keptIn()).toEqual(all);
  });

  test("until the webhook desk was told of them", async () => {
    const { account, partners, number, keptIn, makeHistory, sweep } = aging;
    await account().startTelling();
    partners.webhooks.areWanted = true;
    await makeHistory(2);
    const told = account().state.storage.sql;
    await makeHistory(8);
    told.exec("update telling set told = 5");
    partners.reopen(number);
    await sweep();
    expect(keptIn()).toContain(3);
    await ship(partners, number);
    await sweep();
    expect(keptIn()).not.toContain(3);
  });

  test("after a crash at any step, and leave once with the next run", async () => {
    const { account, partners, number, readAll, keptIn, makeHistory, sweep } = aging;
    await makeHistory(8);
    const before = await readAll(3);
    partners.archive.become("down");
    await sweep();
    partners.archive.become("up");
    const { storage } = account().state;
    const exec = storage.sql.exec.bind(storage.sql);
    storage.sql.exec = (query: string, ...bindings: never[]) => {
      if (query.startsWith("insert into rolled")) throw new Error("reset");
      return exec(query, ...bindings);
    };
    await sweep();
    storage.sql.exec = exec;
    expect(keptIn()).toContain(3);
    partners.reopen(number);
    expect(await readAll(3)).toEqual(before);
    await sweep();
    expect(keptIn()).not.toContain(3);
    expect(await readAll(3)).toEqual(before);
  });
});

describe("a ledger that lost events which left the account", () => {
  test("is fed from the archive, in order and without a gap, and agrees again", async () => {
    const { pageOf, account, partners, number, readAll, makeHistory, sweep } = aging;
    await makeHistory(16);
    const before = await readAll(100);
    await sweep();
    partners.replaceDatabase(openMemoryDatabase());
    expect(await pageOf(0, 3), "what it lacks is not left out").toMatchObject({ code: "unavailable" });
    await account().sweep(0);
    await ship(partners, number);
    expect(await readAll(100)).toEqual(before);
  });

  test("is fed nothing where the archive lacks a page: a gap would be for ever", async () => {
    const { account, partners, number, makeHistory, sweep } = aging;
    await makeHistory(16);
    await sweep();
    const [name] = partners.archive.texts.keys();
    partners.archive.texts.delete(name ?? "");
    partners.replaceDatabase(openMemoryDatabase());
    await account().sweep(0);
    await ship(partners, number);
    expect(await partners.database.all("select number from events", [])).toEqual([]);
    expect(partners.lines.find(({ event }) => event === "alarm.outbox")).toBeDefined();
  });
});
