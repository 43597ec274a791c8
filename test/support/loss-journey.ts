// An account in Node that is lost or set back, and what its partner and staff see of it before and after.
import { expect } from "vitest";
import { minor } from "../../src/base/money.ts";
import { readWalletStates, sumTransfers } from "../../src/ledger/book.ts";
import { profileOf } from "../../src/partners/partner.ts";
import { findPartner, readKnownProfile } from "../../src/partners/profile-change.ts";
import { compareFigures } from "../../src/reconciliation/compare-wallets.ts";
import type { RewardProgramme } from "../../src/recharges/reward.ts";
import { addPartner, openPartners, type Partners, placeInNode, ship } from "./account-in-node.ts";

const caller = { keyId: "key_test", mode: "sandbox" } as const;
export const answers = {
  success: { kind: "succeeded", carried: { operatorReference: "OP-7" }, said: "SUCCESS" },
  failure: { kind: "failed", carried: {}, said: "no such number", cause: "number" },
  declined: { kind: "declined", carried: {}, said: "Insufficiant Balance" },
  doubt: { kind: "in_doubt", carried: {}, said: "no answer" },
} as const;

type Rows = ReadonlyMap<string, readonly Record<string, SqlStorageValue>[]>;

/** Without its amount. */
export const credit = { currency: "INR", reason: "paid", externalReference: "bank-9", staff: "test" } as const;

const rewards: RewardProgramme = {
  points: [{ product: "*", kind: "basis_points", basisPoints: 100 }],
  levels: [
    { id: 1, key: "bronze", fromHundredths: 1 },
    { id: 2, key: "silver", fromHundredths: 3_000 },
  ],
  offers: [
    {
      id: "launch",
      product: "bd.grameenphone.prepaid",
      currency: "BDT",
      faceFrom: minor(1),
      faceTo: minor(1_000_000),
      startsAt: 0,
      endsAt: Number.MAX_SAFE_INTEGER,
      perRecharge: null,
      perPartner: null,
      kind: "fixed",
      amount: minor(50),
    },
  ],
  budgets: [],
};

/** A partner in Node with an account that gives rewards. */
export async function openLoss() {
  const partners = openPartners();
  const number = await addPartner(partners);
  const account = () => partners.account(number);
  const profile = await account().readProfile();
  if (profile === null) throw new Error("no profile");
  await account().configure({ ...profile, rewards, version: 2 });
  const base = { partners, number, caller, account };
  return { ...base, ...openHistory(base), ...openViews(base), ...openLosses(base) };
}

interface Base {
  readonly partners: Partners;
  readonly number: number;
  readonly account: () => ReturnType<Partners["account"]>;
}

function openHistory({ partners, number, account }: Base) {
  async function place(answer: keyof typeof answers, protocol: "nurr" | "backnpay" = "nurr") {
    partners.upstream.answer = answers[answer];
    return placeInNode(partners, number, protocol);
  }

  async function ruleOn(id: string, word: "success" | "failure") {
    const seen = (await account().readEvidence(id))?.evidenceNumber ?? 0;
    const proposed = await account().proposeRuling(id, {
      word,
      reason: "letter",
      seen,
      succeeded: null,
      staff: "asha",
    });
    if (!proposed.ok) throw new Error(proposed.problem.detail);
    const confirmed = await account().confirmRuling(id, { number: proposed.value.number, seen, staff: "omar" });
    if (!confirmed.ok) throw new Error(confirmed.problem.detail);
  }

  /** Something of all that can become of a recharge. Returns the ids. */
  async function makeHistory(): Promise<readonly string[]> {
    const done = [
      await place("success"),
      await place("failure"),
      await place("declined", "backnpay"),
      await place("success", "backnpay"),
      await place("doubt"),
      await place("success"),
      await place("doubt"),
    ];
    const ids = done.map(({ id }) => id);
    await account().openDispute(caller, ids[0] ?? "", { disposition: "D11", comment: "nothing came" });
    await ruleOn(ids[0] ?? "", "failure");
    await account().openDispute(caller, ids[5] ?? "", { disposition: "D22", comment: "twice" });
    partners.time.now += 2_000;
    await ship(partners, number);
    await ship(partners, number);
    await ruleOn(ids[4] ?? "", "success");
    await account().credit({ ...credit, amount: minor(500) });
    await ship(partners, number);
    return ids;
  }

  return { place, ruleOn, makeHistory };
}

function openViews({ partners, number, account }: Base) {
  /** All that its partner and staff see of the account. */
  async function picture(ids: readonly string[]) {
    const events = await account().readEvents(caller, { after: 0, limit: 1_000 });
    return {
      wallets: await account().readWallets(caller),
      events: events.ok ? events.value.events : events.problem,
      recharges: await Promise.all(ids.map((id) => account().findRecharge(caller, { id }))),
      rewards: await Promise.all(ids.map((id) => account().findReward(caller, { id }))),
      cases: await account().readCases(),
      disputes: await Promise.all(ids.map(async (id) => (await account().readEvidence(id))?.disputes)),
      rulings: await Promise.all(
        ids.map(async (id) => (await account().readEvidence(id))?.rulings.map(({ word, state }) => [word, state])),
      ),
      attempts: await Promise.all(
        ids.map(async (id) => (await account().readAttempts(id)).map(({ reference, state }) => [reference, state])),
      ),
    };
  }

  async function expectBooksAgree(): Promise<void> {
    await ship(partners, number);
    const figures = await account().readFigures({ withPending: true });
    if (figures === null) throw new Error("nobody uses it");
    const { database } = partners;
    expect(
      compareFigures(figures, await readWalletStates(database, number), await sumTransfers(database, number)),
    ).toEqual({
      kind: "compared",
      differences: [],
    });
    expect(figures.forgotten).toBe(0);
  }

  return { picture, expectBooksAgree };
}

function openLosses({ partners, number, account }: Base) {
  async function forget(): Promise<void> {
    partners.lose(number);
    const partner = await findPartner(partners.database, number);
    if (partner === null) throw new Error("no partner");
    await account().configure({ ...profileOf(partner, []), rewards, version: 2 });
  }

  /** All that the object's storage holds now, as the platform might set it back. */
  function rowsOf(): Rows {
    const { sql } = account().state.storage;
    const tables = sql.exec<{ name: string }>("select name from sqlite_master where type = 'table'").toArray();
    return new Map(tables.map(({ name }) => [name, sql.exec(`select * from "${name}"`).toArray()]));
  }

  function setBackTo(rows: Rows): void {
    const { sql } = account().state.storage;
    for (const [table, kept] of rows) {
      sql.exec(`delete from "${table}"`);
      for (const row of kept)
        sql.exec(
          `insert into "${table}" values (${Object.keys(row)
            .map(() => "?")
            .join(", ")})`,
          ...Object.values(row),
        );
    }
  }

  /** The account as it was before the change, put back from a copy; the ledger has the change. */
  async function setBackBy(change: () => Promise<unknown>): Promise<void> {
    const copied = await account().copyAccount();
    const profile = await readKnownProfile(partners.database, number);
    if (copied.kind !== "copied" || profile === null) throw new Error(copied.kind);
    await change();
    await ship(partners, number);
    partners.lose(number);
    await account().returnAccount({ profile, text: copied.text });
  }

  return { forget, rowsOf, setBackTo, setBackBy };
}

export type Loss = Awaited<ReturnType<typeof openLoss>>;
