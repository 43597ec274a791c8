// Previews of rulings, over real accounts in Node: they say what the ruling then does, and leave nothing behind.
import { beforeEach, describe, expect, test } from "vitest";
import { type CaseParts, confirmRuling, previewRuling, proposeRuling } from "../../../src/reconciliation/cases.ts";
import { addPartner, openPartners, type Partners, placeInNode } from "../../support/account-in-node.ts";

const caller = { keyId: "key_test", mode: "sandbox" } as const;
let partners: Partners;
let parts: CaseParts;
let number: number;

beforeEach(async () => {
  partners = openPartners();
  const { database, clock, account } = partners;
  parts = { database, clock, account };
  number = await addPartner(partners);
});

/** A recharge whose answer was lost, long ago enough to be a case. */
async function doubtful(): Promise<string> {
  const { id } = await placeInNode(partners, number);
  partners.time.now += 60_000;
  await partners.account(number).alarm();
  return id;
}

async function disputed(): Promise<string> {
  partners.upstream.answer = { kind: "succeeded", carried: {}, said: "Success" };
  const { id } = await placeInNode(partners, number);
  await partners.account(number).openDispute(caller, id, { disposition: "D11", comment: "never came" });
  return id;
}

const everything = async (id: string) => {
  const account = partners.account(number);
  const [file, wallets, events] = await Promise.all([
    account.readEvidence(id),
    account.readWallets(caller),
    account.readEvents(caller, { after: 0, limit: 100 }),
  ]);
  return { file, wallets, events };
};

async function preview(id: string, word: "success" | "failure", seen: number) {
  const read = await previewRuling(parts, id, { word, seen, succeeded: null });
  if (!read.ok) throw new Error(read.problem.detail);
  return read.value;
}

describe.each([
  { what: "a doubt", place: doubtful, seen: 1 },
  { what: "a dispute", place: disputed, seen: 1 },
])("the preview of a ruling on $what", ({ place, seen }) => {
  test.each(["success", "failure"] as const)(
    "says what the ruling of %s then does, and leaves nothing",
    async (word) => {
      const id = await place();
      const before = await everything(id);
      const effect = await preview(id, word, seen);
      expect(await everything(id)).toEqual(before);
      expect(await preview(id, word, seen)).toEqual(effect);
      const wanted = { word, reason: "their letter", seen, succeeded: null };
      await proposeRuling(parts, id, wanted, { staff: "asha", requestId: "req_1" });
      await confirmRuling(parts, id, { number: 1, seen }, { staff: "bela", requestId: "req_2" });
      const { file, wallets } = await everything(id);
      expect(file?.recharge.state).toBe(effect.state.after);
      expect(wallets.ok ? wallets.value.find(({ currency }) => currency === "BDT") : null).toMatchObject(
        effect.wallet.after,
      );
      expect(file?.openCase?.kind ?? null).toBe(effect.caseAfter);
      expect(file?.disputes.at(-1)?.state ?? null).toBe(effect.dispute);
    },
  );
});

test("a failure gives the hold of a doubt back, and a success spends it", async () => {
  const id = await doubtful();
  const { wallet, state } = await preview(id, "failure", 1);
  expect(state).toEqual({ before: "pending", after: "failed" });
  expect(wallet.after.held - wallet.before.held).toBe(-1_980);
  expect(wallet.after.balance - wallet.before.balance).toBe(1_980);
  const other = await preview(id, "success", 1);
  expect([other.state.after, other.wallet.after.balance - other.wallet.before.balance]).toEqual(["succeeded", 0]);
});

test("nothing is previewed on other evidence than there is, and nothing of a recharge that needs nobody", async () => {
  const id = await doubtful();
  const stale = await previewRuling(parts, id, { word: "failure", seen: 7, succeeded: null });
  expect(stale).toMatchObject({ ok: false, problem: { code: "parameter" } });
  partners.upstream.answer = { kind: "succeeded", carried: {}, said: "Success" };
  const settled = await placeInNode(partners, number);
  for (const unknown of [settled.id, "rch_zzzzzzzzzzzz", "nonsense"])
    expect(await previewRuling(parts, unknown, { word: "failure", seen: 1, succeeded: null })).toMatchObject({
      ok: false,
      problem: { code: "not_found" },
    });
});
