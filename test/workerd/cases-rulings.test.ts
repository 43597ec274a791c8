// Rulings through the whole Worker: two persons, the evidence that they saw, and what comes afterwards.
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { byHand, lookedUp } from "../support/account-by-hand.ts";
import { ask, askStaff } from "../support/api-journey.ts";
import {
  confirm,
  lateSuccess,
  newBangladeshPartner,
  placeDoubtful,
  propose,
  readFile,
  rule,
  tokenOf,
} from "../support/case-journey.ts";
import { database } from "../support/reward-histories.ts";
import { accountOf, expectInvariants, readWallet, useSimulator } from "../support/sandbox.ts";

beforeEach(useSimulator);

let asha = "";
let bela = "";
beforeAll(async () => {
  asha = await tokenOf("Asha Rao");
  bela = await tokenOf("bela");
});

describe("a ruling", () => {
  it("needs a second person, who has seen the same evidence", async () => {
    const partner = await newBangladeshPartner();
    const { id } = await placeDoubtful(partner, "41");
    const { evidence_number: seen } = await readFile(id);
    expect(await propose(asha, id, { word: "failure", seen: seen + 1 })).toMatchObject({ status: 422 });
    expect(await propose(asha, id, { word: "failure", seen })).toMatchObject({ status: 201, body: { number: 1 } });
    expect(await propose(asha, id, { word: "failure", seen })).toMatchObject({ status: 201, body: { number: 1 } });
    const otherToken = await tokenOf(" asha  rao");
    for (const token of [asha, otherToken])
      expect(await confirm(token, id, 1, seen)).toMatchObject({ status: 403, body: { code: "scope" } });
    expect(await confirm(bela, id, 1, seen - 1)).toMatchObject({ status: 422, body: { code: "parameter" } });
    expect(await confirm(bela, id, 9, seen)).toMatchObject({ status: 404 });
    expect(await readWallet(accountOf(partner.account), "BDT")).toMatchObject({ held: 1_980 });
    expect(await confirm(bela, id, 1, seen)).toMatchObject({ status: 200, body: { state: "confirmed" } });
    expect(await confirm(bela, id, 1, seen)).toMatchObject({ status: 200, body: { state: "confirmed" } });
    const third = await tokenOf("chitra");
    expect(await confirm(third, id, 1, seen)).toMatchObject({ status: 404 });
    expect(await propose(asha, id, { word: "success" })).toMatchObject({ status: 404 });
    expect(await readWallet(accountOf(partner.account), "BDT")).toEqual({ balance: 100_000, held: 0, debt: 0 });
    expect(await database.all("select staff, verb from audit where subject = ?1 order by id", [id])).toEqual([
      { staff: "Asha Rao", verb: "propose_ruling" },
      { staff: "Asha Rao", verb: "propose_ruling" },
      { staff: "bela", verb: "confirm_ruling" },
      { staff: "bela", verb: "confirm_ruling" },
    ]);
  });

  it("is one person's with the first token of the installation", async () => {
    const partner = await newBangladeshPartner();
    const { id } = await placeDoubtful(partner, "41");
    const { evidence_number: seen } = await readFile(id);
    const body = { word: "failure", reason: "called them", seen };
    expect((await askStaff(`/recharges/${id}/rulings`, body)).status).toBe(201);
    expect((await askStaff(`/recharges/${id}/rulings/1/confirm`, { seen })).status).toBe(403);
    expect((await confirm(bela, id, 1, seen)).status).toBe(200);
  });
});

describe("newer evidence", () => {
  it("voids a proposal that has not seen it", async () => {
    const { account, id, attempt } = await lateSuccess(1_000_000);
    const { evidence_number: seen } = await readFile(id);
    await propose(asha, id, { word: "failure", seen });
    await byHand(account, async (context) => lookedUp(context, attempt, "success"));
    expect(await confirm(bela, id, 1, seen)).toMatchObject({
      status: 422,
      body: {
        errors: [
          { pointer: "/seen", reason: `The evidence number is ${seen + 1} now: read the evidence and propose anew.` },
        ],
      },
    });
    expect(await readFile(id)).toMatchObject({ rulings: [{ number: 1, state: "void" }] });
  });

  it("against a ruling reopens the case, and the ruling stays until there is another one", async () => {
    const { account, id, attempt } = await lateSuccess(1_000_000);
    await rule([asha, bela], id, { word: "failure" });
    expect((await readFile(id)).case).toBeNull();
    await byHand(account, async (context) => lookedUp(context, attempt, "failure"));
    expect((await readFile(id)).case).toBeNull();
    await byHand(account, async (context) => lookedUp(context, attempt, "success"));
    expect(await readFile(id)).toMatchObject({ case: { kind: "contradiction" }, recharge: { state: "failed" } });
    await rule([bela, asha], id, { word: "success" });
    expect(await readFile(id)).toMatchObject({ case: null, recharge: { state: "succeeded" } });
    await expectInvariants(account);
  });
});

describe("what a ruling says has succeeded", () => {
  it("is an attempt of the recharge, and nothing where it failed", async () => {
    const { id } = await lateSuccess(1_000_000);
    const { evidence_number: seen } = await readFile(id);
    const path = `/admin/v1/recharges/${id}/rulings`;
    const body = { word: "success", reason: "their letter", seen, succeeded: ["ZZ000010000001"] };
    expect((await ask(asha, path, { body })).body).toMatchObject({ errors: [{ pointer: "/succeeded" }] });
    const failure = { ...body, word: "failure" };
    expect((await ask(asha, path, { body: failure })).body).toMatchObject({ errors: [{ pointer: "/succeeded" }] });
    expect((await ask(asha, path.replace(id, "rch_00001zzzzzzz"), { body })).status).toBe(404);
  });
});
