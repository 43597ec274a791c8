// The verbs of staff on cases, over real accounts in Node: what is refused, what is suggested, what the audit keeps.
import { beforeEach, describe, expect, test } from "vitest";
import { listProposals } from "../../../src/ledger/proposals.ts";
import { type CaseParts, confirmRuling, proposeRuling, readCaseFile } from "../../../src/reconciliation/cases.ts";
import { addPartner, openPartners, type Partners, placeInNode, t0 } from "../../support/account-in-node.ts";

const asha = { staff: "asha", requestId: "req_1" };
const bela = { staff: "bela", requestId: "req_2" };
const wanted = { word: "failure", reason: "the provider's letter", seen: 1, succeeded: null } as const;

let partners: Partners;
let parts: CaseParts;
let id: string;
let number: number;

/** A recharge whose answer was lost, long ago enough to be a case. */
beforeEach(async () => {
  partners = openPartners();
  const { database, clock, account } = partners;
  parts = { database, clock, account };
  number = await addPartner(partners);
  ({ id } = await placeInNode(partners, number));
  partners.time.now += 60_000;
  await partners.account(number).alarm();
});

const audit = () => partners.database.all("select * from audit order by id", []);

describe("a case file", () => {
  test("has what is known and what may be ruled", async () => {
    const file = await readCaseFile(parts, id);
    expect(file).toMatchObject({
      ok: true,
      value: {
        recharge: { id, state: "pending" },
        evidenceNumber: 1,
        openCase: { kind: "doubt" },
        suggestion: { word: null, because: "nobody_said" },
      },
    });
  });

  test("suggests nothing where there is neither a case nor a dispute", async () => {
    partners.upstream.answer = { kind: "succeeded", carried: {}, said: "Success" };
    const placed = await placeInNode(partners, number);
    expect(await readCaseFile(parts, placed.id)).toMatchObject({
      ok: true,
      value: { openCase: null, suggestion: null },
    });
  });

  test("suggests for a dispute what the provider said since it was opened, and nothing once it is closed", async () => {
    partners.upstream.answer = { kind: "succeeded", carried: {}, said: "Success" };
    const placed = await placeInNode(partners, number);
    const caller = { keyId: "key_test", mode: "sandbox" } as const;
    await partners.account(number).openDispute(caller, placed.id, { disposition: "D11", comment: "never came" });
    expect(await readCaseFile(parts, placed.id)).toMatchObject({ value: { suggestion: { because: "not_asked" } } });
    const file = await partners.account(number).readEvidence(placed.id);
    const seen = file?.evidenceNumber ?? 0;
    await proposeRuling(parts, placed.id, { ...wanted, word: "success", seen }, asha);
    await confirmRuling(parts, placed.id, { number: 1, seen }, bela);
    expect(await readCaseFile(parts, placed.id)).toMatchObject({
      value: { disputes: [{ state: "lost" }], suggestion: null },
    });
  });

  test.each(["rch_", "nonsense", "rch_000000000001", "rch_000010000099", "rch_000990000001"])(
    "is refused for %s",
    async (name) => {
      const refused = { ok: false, problem: { code: "not_found", detail: "There is no such recharge." } };
      expect(await readCaseFile(parts, name)).toMatchObject(refused);
      expect(await proposeRuling(parts, name, wanted, asha)).toMatchObject(refused);
      expect(await confirmRuling(parts, name, { number: 1, seen: 1 }, bela)).toMatchObject(refused);
      expect(await audit()).toEqual([]);
    },
  );
});

describe("a ruling", () => {
  test("is proposed by one person and made by another, and the audit keeps both", async () => {
    const proposed = await proposeRuling(parts, id, wanted, asha);
    expect(proposed).toMatchObject({
      ok: true,
      value: { number: 1, word: "failure", proposedBy: "asha", state: "waits" },
    });
    await partners.account(number).alarm();
    expect(await listProposals(parts.database, 100)).toEqual([
      {
        account: number,
        rechargeId: id,
        product: "bd.grameenphone.prepaid",
        cost: 1_980,
        currency: "BDT",
        word: "failure",
        by: "asha",
        at: t0 + 60_000,
      },
    ]);
    const confirmed = await confirmRuling(parts, id, { number: 1, seen: 1 }, bela);
    expect(await listProposals(parts.database, 100)).toEqual([]);
    expect(confirmed).toMatchObject({ ok: true, value: { number: 1, confirmedBy: "bela", state: "confirmed" } });
    expect(await readCaseFile(parts, id)).toMatchObject({ value: { recharge: { state: "failed" }, openCase: null } });
    const rows = await audit();
    expect(rows).toMatchObject([
      { at: t0 + 60_000, staff: "asha", verb: "propose_ruling", subject: id, before: null, request_id: "req_1" },
      { at: t0 + 60_000, staff: "bela", verb: "confirm_ruling", subject: id, before: null, request_id: "req_2" },
    ]);
    const kept = rows.map(({ after }) => JSON.parse(String(after)) as unknown);
    expect(kept).toEqual([proposed, confirmed].map((answer) => (answer.ok ? answer.value : null)));
  });

  test("that is refused moves nothing and is not in the audit", async () => {
    expect(await proposeRuling(parts, id, { ...wanted, seen: 7 }, asha)).toMatchObject({
      problem: { code: "parameter" },
    });
    expect(await audit()).toEqual([]);
    await proposeRuling(parts, id, wanted, asha);
    const again = await confirmRuling(parts, id, { number: 1, seen: 1 }, asha);
    expect(again).toMatchObject({ ok: false, problem: { code: "scope" } });
    expect(await audit()).toHaveLength(1);
    expect(await readCaseFile(parts, id)).toMatchObject({ value: { recharge: { state: "pending" } } });
  });
});
