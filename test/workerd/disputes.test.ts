// Disputes through the whole Worker: opened once, asked of the provider again, won or lost.
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { ask, askStaff, newPartner, orderBody, rechargeIn, type TestPartner } from "../support/api-journey.ts";
import { newBangladeshPartner, placeDoubtful, readFile, rule, tokenOf } from "../support/case-journey.ts";
import { differences, typesOf } from "../support/reward-histories.ts";
import {
  accountOf,
  expectInvariants,
  newNumber,
  readWallet,
  sendToSimulator,
  until,
  useSimulator,
} from "../support/sandbox.ts";

beforeEach(useSimulator);

let tokens: readonly [string, string] = ["", ""];
beforeAll(async () => {
  tokens = [await tokenOf("asha"), await tokenOf("bela")];
});

const scopes = ["recharges:write", "recharges:read", "account:read", "disputes:write"];
const wanted = { disposition: "D11", comment: "the customer got nothing" };

async function succeeded(suffix = "00"): Promise<{ partner: TestPartner; id: string }> {
  const partner = await newPartner({ scopes });
  const body = orderBody({ number: newNumber(suffix) });
  const { id, state } = rechargeIn(await ask(partner.key, "/v1/recharges", { body }));
  expect(state).toBe("succeeded");
  return { partner, id };
}

const dispute = (partner: TestPartner, id: string, body: unknown = wanted) =>
  ask(partner.key, `/v1/recharges/${id}/dispute`, { body });

describe("a dispute", () => {
  it("asks the provider again, gathers its answer, and is lost by a ruling that the recharge stands", async () => {
    const { partner, id } = await succeeded();
    expect(await dispute(partner, id)).toMatchObject({
      status: 201,
      body: { ...wanted, recharge_id: id, number: 1, state: "open", reason: null, closed_at: null },
    });
    await until(async () => (await readFile(id))["suggestion"], {
      word: "success",
      because: "asked_again",
      text: "The provider was asked again after the dispute was opened, and stays with it.",
    });
    await until(async () => JSON.stringify((await askStaff("/disputes?limit=500")).body).includes(id), true);
    expect((await rule(tokens, id, { word: "success", reason: "their lookup confirms it" })).status).toBe(200);
    expect((await ask(partner.key, `/v1/recharges/${id}/dispute`)).body).toMatchObject({
      state: "lost",
      reason: "their lookup confirms it",
      evidence: {
        recharge_id: id,
        attempts: [{ evidence: [{}, { kind: "lookup", proves: "executed" }, { kind: "ruling" }] }],
      },
    });
    const account = accountOf(partner.account);
    expect((await typesOf(account)).slice(-3)).toEqual(["dispute.opened", "recharge.case_ruled", "dispute.lost"]);
    expect(await readWallet(account)).toEqual({ balance: 98_020, held: 0, debt: 0 });
    await until(() => differences(account), { kind: "compared", differences: [] });
    expect(JSON.stringify((await askStaff("/disputes?limit=500")).body)).not.toContain(id);
  });
});

describe("a provider that does not answer about a dispute", () => {
  it("is asked again until it does", async () => {
    const { partner, id } = await succeeded();
    let unanswered = 0;
    vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
      if (unanswered >= 2) return sendToSimulator(input, init);
      unanswered += 1;
      throw new Error("Network connection lost.");
    });
    await dispute(partner, id);
    await until(async () => (await readFile(id))["suggestion"], expect.objectContaining({ because: "asked_again" }));
    expect(unanswered).toBe(2);
    const { attempts } = z
      .looseObject({ attempts: z.array(z.looseObject({ lookups: z.int(), next_step_at: z.string().nullable() })) })
      .parse(await readFile(id));
    expect(attempts).toMatchObject([{ lookups: 3, next_step_at: null }]);
  });
});

describe("a dispute that the partner wins", () => {
  it("is won by a ruling of failure: the money goes back, once", async () => {
    const { partner, id } = await succeeded();
    await dispute(partner, id);
    await until(async () => (await readFile(id)).evidence_number, 2);
    await rule(tokens, id, { word: "failure", reason: "the operator found no topup" });
    const account = accountOf(partner.account);
    expect((await ask(partner.key, `/v1/recharges/${id}`)).body).toMatchObject({
      state: "reversed",
      has_open_case: false,
      failure: { source: "gateway", cause: "ruled" },
    });
    expect(await readWallet(account)).toEqual({ balance: 100_000, held: 0, debt: 0 });
    expect((await typesOf(account)).slice(-4)).toEqual([
      "dispute.opened",
      "recharge.case_ruled",
      "recharge.reversed",
      "dispute.won",
    ]);
    expect(await dispute(partner, id)).toMatchObject({ status: 200, body: { state: "won" } });
    expect(await readWallet(account)).toEqual({ balance: 100_000, held: 0, debt: 0 });
    await expectInvariants(account);
    await until(() => differences(account), { kind: "compared", differences: [] });
  });

  it("is won without a ruling where the provider itself takes its success back", async () => {
    const { partner, id } = await succeeded("45");
    await new Promise((resolve) => setTimeout(resolve, 120));
    await dispute(partner, id);
    await until(
      async () => (await ask(partner.key, `/v1/recharges/${id}/dispute`)).body,
      expect.objectContaining({ state: "won" }),
    );
    expect((await ask(partner.key, `/v1/recharges/${id}`)).body).toMatchObject({ state: "reversed" });
    expect((await typesOf(accountOf(partner.account))).filter((type) => type.startsWith("dispute."))).toEqual([
      "dispute.opened",
      "dispute.won",
    ]);
  });
});

describe("a dispute that is sent again", () => {
  it("is the one that exists, whatever became of it; another one waits until it is decided", async () => {
    const { partner, id } = await succeeded();
    await dispute(partner, id);
    const again = await dispute(partner, id);
    expect([again.status, again.headers.get("Idempotency-Replayed")]).toEqual([200, "true"]);
    const other = { disposition: "D22" };
    expect(await dispute(partner, id, other)).toMatchObject({
      status: 422,
      body: {
        errors: [{ pointer: "/disposition", reason: "A dispute about this recharge is open, of disposition D11." }],
      },
    });
    await until(async () => (await readFile(id)).evidence_number, 2);
    await rule(tokens, id, { word: "success" });
    expect(await dispute(partner, id)).toMatchObject({ status: 200, body: { number: 1, state: "lost" } });
    expect(await dispute(partner, id, other)).toMatchObject({ status: 201, body: { number: 2, comment: "" } });
    expect((await typesOf(accountOf(partner.account))).filter((type) => type === "dispute.opened")).toHaveLength(2);
  });
});

describe("a dispute is refused", () => {
  it("while the recharge is pending, and where its money is back", async () => {
    const partner = await newBangladeshPartner();
    const { id } = await placeDoubtful(partner, "41");
    expect(await dispute(partner, id)).toMatchObject({
      status: 422,
      body: { retry: "after", errors: [{ pointer: "/path/id" }] },
    });
    await rule(tokens, id, { word: "failure" });
    expect(await dispute(partner, id)).toMatchObject({
      status: 422,
      body: { retry: "never", errors: [{ reason: "The recharge has failed: its money is back." }] },
    });
    expect(await ask(partner.key, `/v1/recharges/${id}/dispute`)).toMatchObject({ status: 404 });
  });

  it("without the scope, of another partner's recharge, and with a disposition that is none", async () => {
    const { partner, id } = await succeeded();
    const other = await newPartner({ scopes });
    const without = await newPartner();
    expect((await dispute(other, id)).status).toBe(404);
    expect((await dispute(without, id)).body).toMatchObject({ code: "scope" });
    expect((await dispute(partner, id, { disposition: "D99" })).body).toMatchObject({ code: "parameter" });
  });
});
