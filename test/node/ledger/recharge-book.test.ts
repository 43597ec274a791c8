// The events and transfers of one recharge, found among those of its account.
import { describe, expect, it } from "vitest";
import { readRechargeBook } from "../../../src/ledger/recharge-book.ts";
import { openMemoryDatabase } from "../../support/memory-database.ts";
import { fullHistory, written } from "../../support/sample-histories.ts";

const history = () =>
  written({ database: openMemoryDatabase(), nextAccount: () => 7, failNext: async () => {}, runs: 1 }, fullHistory);

describe("the book of a recharge", () => {
  it("has each of its events and their transfers, and nobody else's", async () => {
    const { database, account, events } = await history();
    for (const counter of [1, 2, 3]) {
      const { asOfEvent, ...book } = await readRechargeBook(database, { account, counter });
      const own = await database.all("select number from events where account = ?1 and recharge = ?2 order by number", [
        account,
        counter,
      ]);
      expect(asOfEvent).toBe(events.length);
      expect(book.events.map(({ number }) => ({ number }))).toEqual(own);
      const all = await database.all("select event, leg from transfers where account = ?1 and recharge = ?2", [
        account,
        counter,
      ]);
      expect(book.transfers.map(({ event, leg }) => ({ event, leg }))).toEqual(all);
      expect(book.events.length).toBeGreaterThan(0);
    }
  });

  it("is empty for a recharge that the ledger does not know", async () => {
    const { database, account } = await history();
    expect(await readRechargeBook(database, { account, counter: 99 })).toMatchObject({ events: [], transfers: [] });
    expect(await readRechargeBook(database, { account: 8, counter: 1 })).toMatchObject({ asOfEvent: 0, events: [] });
  });
});
