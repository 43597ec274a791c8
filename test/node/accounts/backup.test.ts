// An account that is lost comes back from its copy, with the money as it was; one that comes back behind the ledger is held.
import { beforeEach, describe, expect, test } from "vitest";
import { createLedgerWriter } from "../../../src/ledger/writer.ts";
import { readKnownProfile } from "../../../src/partners/profile-change.ts";
import { compareFigures } from "../../../src/reconciliation/compare-wallets.ts";
import { readWalletStates, sumTransfers } from "../../../src/ledger/book.ts";
import { addPartner, openPartners, type Partners, placeInNode, ship } from "../../support/account-in-node.ts";

let partners: Partners;
let number: number;
beforeEach(async () => {
  partners = openPartners();
  number = await addPartner(partners);
});

const caller = { keyId: "key_test", mode: "sandbox" } as const;

async function copyOf(account: number): Promise<string> {
  const copied = await partners.account(account).copyAccount();
  if (copied.kind !== "copied") throw new Error(copied.kind);
  return copied.text;
}

async function restore(text: string) {
  const profile = await readKnownProfile(partners.database, number);
  if (profile === null) throw new Error("no partner");
  return partners.account(number).returnAccount({ profile, text });
}

async function eventsOf() {
  const read = await partners.account(number).readEvents(caller, { after: 0, limit: 1_000 });
  if (!read.ok) throw new Error(read.problem.detail);
  return read.value.events;
}

/** Account and ledger at one event number, to the last paisa; events without a gap. */
async function expectInvariants(): Promise<void> {
  const figures = await partners.account(number).readFigures({ withPending: true });
  if (figures === null) throw new Error("nobody uses it");
  const { database } = partners;
  const compared = compareFigures(
    figures,
    await readWalletStates(database, number),
    await sumTransfers(database, number),
  );
  expect(compared).toEqual({ kind: "compared", differences: [] });
  expect(figures.forgotten).toBe(0);
  const events = await eventsOf();
  expect(events.map((event) => event.number)).toEqual(events.map((_, index) => index + 1));
}

describe("an account that is lost", () => {
  test("comes back with its recharges, money and events, and goes on", async () => {
    const doubtful = await placeInNode(partners, number);
    partners.upstream.answer = { kind: "failed", carried: {}, said: "no such number", cause: "number" } as never;
    await ship(partners, number);
    const [copy, events] = [await copyOf(number), await eventsOf()];
    partners.lose(number);
    expect(await partners.account(number).readFigures({ withPending: false })).toBeNull();
    expect(await restore(copy)).toMatchObject({ kind: "returned", event: events.length, isGoneBack: false });
    expect(await eventsOf()).toEqual(events);
    expect((await partners.account(number).findRecharge(caller, { id: doubtful.id })).ok).toBe(true);
    await ship(partners, number);
    await expectInvariants();
    partners.upstream.answer = { kind: "in_doubt", carried: {}, said: "no answer" };
    const next = await placeInNode(partners, number);
    expect(next.reference > doubtful.reference).toBe(true);
    await ship(partners, number);
    await expectInvariants();
  });

  test("never gives a reference again that may have travelled after the copy", async () => {
    const copy = await copyOf(number);
    const lost = [await placeInNode(partners, number), await placeInNode(partners, number)];
    partners.lose(number);
    await restore(copy);
    const next = await placeInNode(partners, number);
    expect(lost.flatMap(({ id, reference }) => [id, reference])).not.toContain(next.reference);
    expect(lost.map(({ id }) => id)).not.toContain(next.id);
    partners.lose(number);
    partners.time.now += 60_000;
    await restore(copy);
    expect((await placeInNode(partners, number)).reference > next.reference, "nor after a second return").toBe(true);
  });
});

test("an account whose copy came back while it waited for the ledger is not taken for one that is behind it", async () => {
  await placeInNode(partners, number);
  await ship(partners, number);
  const copy = await copyOf(number);
  const profile = await readKnownProfile(partners.database, number);
  if (profile === null) throw new Error("no partner");
  partners.lose(number);
  await partners.account(number).configure(profile);
  partners.reopen(number);
  const { database } = partners;
  const all = database.all.bind(database);
  const slow = Promise.withResolvers<void>();
  database.all = async (...asked) => slow.promise.then(() => all(...asked));
  await partners.account(number).configure(profile);
  database.all = all;
  expect(await restore(copy)).toMatchObject({ kind: "returned", isGoneBack: false });
  slow.resolve();
  await partners.settled();
  expect((await partners.account(number).sweep(null)).standing).toMatchObject({ isGoneBack: false });
  await placeInNode(partners, number);
  await ship(partners, number);
  await expectInvariants();
});

describe("a copy", () => {
  test("is not put over an account that lives, nor from a copy that is cut short, changed or another's", async () => {
    await placeInNode(partners, number);
    const copy = await copyOf(number);
    expect(await restore(copy)).toEqual({ kind: "occupied" });
    const other = await copyOf(await addPartner(partners));
    partners.lose(number);
    const lines = copy.trimEnd().split("\n");
    const wrong = [
      "",
      other,
      lines.slice(0, -1).join("\n"),
      lines.filter((_line, index) => index !== 3).join("\n"),
      copy.replace('"table":"events"', '"table":"sqlite_master"'),
      copy.replace(/"schema":\d+/, '"schema":1'),
      copy.replace('"number":1', '"number)--":1'),
    ];
    for (const text of wrong) expect(await restore(text)).toEqual({ kind: "unreadable" });
    expect(await restore(copy)).toMatchObject({ kind: "returned" });
  });
});

const place = async () => {
  try {
    return await placeInNode(partners, number);
  } catch (fault) {
    return fault instanceof Error ? fault.message : "";
  }
};

describe("an account that the ledger is ahead of", () => {
  test("takes no new recharge from its first moment, ships nothing, and doubles nothing", async () => {
    const copy = await copyOf(number);
    await placeInNode(partners, number);
    await ship(partners, number);
    const before = await partners.database.all("select count(*) as count from transfers", []);
    partners.lose(number);
    expect(await restore(copy)).toMatchObject({ kind: "returned" });
    expect(await place()).toMatch("nobody can say what was placed");
    const credit = { currency: "INR", reason: "r", externalReference: "x", staff: "t" } as const;
    await expect(partners.account(number).credit({ ...credit, amount: 100 as never })).rejects.toThrow("books nothing");
    await ship(partners, number);
    await ship(partners, number);
    expect(await partners.database.all("select count(*) as count from transfers", [])).toEqual(before);
    expect((await partners.account(number).sweep(3)).standing).toMatchObject({ isGoneBack: true });
  });

  test("is found by the next sweep and by the next flush, and stays held after a reset", async () => {
    for (const find of ["sweep", "flush"] as const) {
      number = await addPartner(partners);
      const [copy, ledger] = [await copyOf(number), createLedgerWriter(partners.database)];
      await placeInNode(partners, number);
      partners.database.become("down");
      partners.lose(number);
      await expect(restore(copy), "a ledger that is down is waited for").rejects.toThrow("down");
      partners.database.become("up");
      await restore(copy);
      const [event] = (await eventsOf()).slice(-1);
      if (event === undefined) throw new Error("no event");
      await ship(partners, number);
      await ledger.write(number, [{ ...event, number: event.number + 1 }]);
      if (find === "sweep") await partners.account(number).sweep(event.number + 1);
      else {
        const credit = { currency: "BDT", reason: "r", externalReference: "y", staff: "t" } as const;
        await ledger.write(number, [{ ...event, number: event.number + 2 }]);
        await partners.account(number).credit({ ...credit, amount: 100 as never });
        await ship(partners, number);
      }
      partners.reopen(number);
      expect(await place()).toMatch("nobody can say what was placed");
    }
  });
});

describe("what an account that the ledger is ahead of does not find", () => {
  test("says of nothing that it is not there, and frees no number: what it does not know may have been placed", async () => {
    const copy = await copyOf(number);
    const { id } = await placeInNode(partners, number);
    await ship(partners, number);
    partners.lose(number);
    await restore(copy);
    const account = partners.account(number);
    for (const name of [{ id }, { agentId: "its-agent-id" }])
      await expect(account.findRecharge(caller, name)).rejects.toThrow("nobody can say what was placed");
    expect(await account.confirmClaim("its-agent-id")).toEqual({ holds: true, earlier: null, blocksUntil: null });
  });

  test("faults, and refuses nothing, where that is found out while the guard is asked", async () => {
    partners.upstream.duringClaim = async () => void (await partners.account(number).sweep(99));
    expect(await place()).toMatch("nobody can say what was placed");
  });
});
