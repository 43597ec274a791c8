// Cases from doubt to ruling, through the whole Worker, on real accounts and D1.
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { minor } from "../../src/base/money.ts";
import { ask, askStaff, newPartner } from "../support/api-journey.ts";
import { lateSuccess, newBangladeshPartner, placeDoubtful, readFile, rule, tokenOf } from "../support/case-journey.ts";
import { differences, typesOf } from "../support/reward-histories.ts";
import { accountOf, emptyWallet, expectInvariants, readWallet, until, useSimulator } from "../support/sandbox.ts";

beforeEach(useSimulator);

let asha = "";
let bela = "";
beforeAll(async () => {
  asha = await tokenOf("Asha Rao");
  bela = await tokenOf("bela");
});

const casesSchema = z.looseObject({
  cases: z.array(z.looseObject({ recharge_id: z.string() })),
  as_of: z.array(z.looseObject({ partner: z.string(), event_number: z.int() })),
});

/** The open cases of the ledger that are this recharge's. */
async function listed(recharge: string) {
  const { cases, as_of: asOf } = casesSchema.parse((await askStaff("/cases?limit=500")).body);
  return { found: cases.filter((one) => one.recharge_id === recharge), asOf };
}

describe("a doubt that nobody can lift", () => {
  it("is a case with its money held, and two persons settle it as a success", async () => {
    const partner = await newBangladeshPartner();
    const account = accountOf(partner.account);
    const { id } = await placeDoubtful(partner, "40");
    expect(await readWallet(account, "BDT")).toEqual({ balance: 98_020, held: 1_980, debt: 0 });
    await until(async () => (await listed(id)).found.length, 1);
    const { found, asOf } = await listed(id);
    expect(found[0]).toMatchObject({
      partner: partner.id,
      state: "pending",
      kind: "doubt",
      provider: "nurr-sandbox",
      money_at_risk: { amount: "19.80", currency: "BDT" },
    });
    expect(asOf.find((one) => one.partner === partner.id)?.event_number).toBeGreaterThan(3);
    expect(await readFile(id)).toMatchObject({
      case: { kind: "doubt" },
      suggestion: { word: null, because: "nobody_said" },
      attempts: [{ provider: "nurr-sandbox", verdict: "doubt", next_step_at: null }],
    });
    const ruled = await rule([asha, bela], id, { word: "success" });
    expect(ruled).toMatchObject({
      status: 200,
      body: { state: "confirmed", proposed_by: "Asha Rao", confirmed_by: "bela" },
    });
    const after = await ask(partner.key, `/v1/recharges/${id}`);
    expect(after.body).toMatchObject({ state: "succeeded", proof: "claimed", has_open_case: false, failure: null });
    expect(await readWallet(account, "BDT")).toEqual({ balance: 98_020, held: 0, debt: 0 });
    expect((await typesOf(account)).slice(-3)).toEqual([
      "recharge.case_opened",
      "recharge.case_ruled",
      "recharge.succeeded",
    ]);
    await expectInvariants(account);
    await until(() => differences(account), { kind: "compared", differences: [] });
    expect((await listed(id)).found).toEqual([]);
  });
});

describe("a case of doubt", () => {
  it("is settled as a failure with the reason that was ruled, and its number is free again", async () => {
    const partner = await newBangladeshPartner();
    const { id } = await placeDoubtful(partner, "41");
    await rule([asha, bela], id, { word: "failure", reason: "not in their book" });
    expect((await ask(partner.key, `/v1/recharges/${id}`)).body).toMatchObject({
      state: "failed",
      failure: { source: "gateway", cause: "ruled" },
    });
    expect(await readWallet(accountOf(partner.account), "BDT")).toEqual({ balance: 100_000, held: 0, debt: 0 });
  });

  it("shows its partner the evidence without providers, and says what each piece proves", async () => {
    const partner = await newBangladeshPartner();
    const { id } = await placeDoubtful(partner, "35");
    await rule([asha, bela], id, { word: "success" });
    const timeline = await ask(partner.key, `/v1/recharges/${id}/evidence`);
    expect(timeline.body).toMatchObject({
      recharge_id: id,
      state: "succeeded",
      evidence_number: 2,
      attempts: [
        {
          attempt: 1,
          evidence: [
            { kind: "reply", proves: "accepted", decides: false },
            { kind: "ruling", proves: "executed", decides: true, said: "the provider's letter of today" },
          ],
        },
      ],
    });
    expect(JSON.stringify(timeline.body)).not.toMatch(/nurr|reference":"T1|[aA]sha|bela/);
    const stranger = await newPartner();
    expect((await ask(stranger.key, `/v1/recharges/${id}/evidence`)).status).toBe(404);
  });
});

describe("a success after the money was given back", () => {
  it("is a case, takes nothing by itself, and is taken again from the wallet by a ruling", async () => {
    const { account, id } = await lateSuccess(10_000);
    expect(await readWallet(account)).toEqual({ balance: 10_000, held: 0, debt: 0 });
    expect(await readFile(id)).toMatchObject({
      case: { kind: "late_success" },
      suggestion: { word: "success", because: "executed_after_refund" },
    });
    await rule([asha, bela], id, { word: "success" });
    expect(await readWallet(account)).toEqual({ balance: 8_020, held: 0, debt: 0 });
    expect((await typesOf(account)).slice(-2)).toEqual(["recharge.case_ruled", "recharge.succeeded"]);
    await expectInvariants(account);
    await until(() => differences(account), { kind: "compared", differences: [] });
  });

  it("becomes debt for what the wallet does not have, which the next credit pays first", async () => {
    const { account, id } = await lateSuccess(10_000);
    await emptyWallet(account);
    await account.credit({ currency: "INR", amount: minor(500), reason: "some", externalReference: "s", staff: "t" });
    await rule([asha, bela], id, { word: "success" });
    expect(await readWallet(account)).toEqual({ balance: 0, held: 0, debt: 1_480 });
    expect((await typesOf(account)).slice(-3)).toEqual(["debt.opened", "recharge.case_ruled", "recharge.succeeded"]);
    await account.credit({ currency: "INR", amount: minor(2_000), reason: "more", externalReference: "m", staff: "t" });
    expect(await readWallet(account)).toEqual({ balance: 520, held: 0, debt: 0 });
    await expectInvariants(account);
    await until(() => differences(account), { kind: "compared", differences: [] });
  });
});

describe("a credit by staff", () => {
  it("that names an open recharge is refused: its case is ruled", async () => {
    const partner = await newBangladeshPartner();
    const { id, agentId } = await placeDoubtful(partner, "41");
    const reference = z
      .looseObject({ attempts: z.tuple([z.looseObject({ reference: z.string() })]) })
      .parse(await readFile(id)).attempts[0].reference;
    const path = `/partners/${partner.id}/credits`;
    const credit = { currency: "BDT", amount: "19.80", reason: "goodwill", external_reference: "g-1" };
    for (const named of [id, agentId, reference, `refund of ${id}.`, `refund (${reference.toLowerCase()})`])
      expect(await askStaff(path, { ...credit, reason: named })).toMatchObject({
        status: 422,
        body: {
          errors: [{ pointer: "/reason", reason: `This names the recharge ${id}, which is open: rule its case.` }],
        },
      });
    for (const named of [id, agentId, reference])
      expect(await askStaff(path, { ...credit, external_reference: named })).toMatchObject({
        status: 422,
        body: { errors: [{ pointer: "/external_reference" }] },
      });
    await rule([asha, bela], id, { word: "failure" });
    expect((await askStaff(path, { ...credit, reason: id })).status).toBe(200);
  });
});
