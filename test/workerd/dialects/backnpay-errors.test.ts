// The backnpay dialect's refusals: each row of the document's error table (seed, section 5) is provoked.
import { beforeEach, describe, expect, it } from "vitest";
import { askStaff } from "../../support/api-journey.ts";
import { ask, newAgentId, newBacknpayPartner, newRequest, refused } from "../../support/backnpay-client.ts";
import { changeProfile, executions, useSimulator } from "../../support/sandbox.ts";

beforeEach(useSimulator);

describe("each row of the document's error table", () => {
  it("Login Failed: an unknown user, a wrong password, a missing one, a revoked key", async () => {
    const partner = await newBacknpayPartner();
    const sent = newRequest();
    const failed = refused(sent, "Login Failed", null);
    expect(await ask({ ...partner, userid: "nobody" }, sent)).toEqual(failed);
    expect(await ask({ ...partner, pass: "wrong" }, sent)).toEqual(failed);
    expect(await ask({ ...partner, pass: "" }, sent)).toEqual(failed);
    expect(await ask({ ...partner, pass: "wrong" }, { Get: "CB" })).toMatchObject({ MSG: "Login Failed" });
    expect(await ask({ ...partner, userid: "" }, { Get: "CB" })).toMatchObject({ MSG: "Login Failed" });
    expect(await ask({ ...partner, pass: "" }, { Get: "CB" })).toMatchObject({ STATUS: "1000.00" });
    await askStaff(`/partners/${partner.id}/keys/${partner.keyId}`, undefined, "DELETE");
    expect(await ask(partner, sent)).toMatchObject({ STATUS: "FAILED", MSG: "Login Failed", RPID: "" });
    for (const pass of [partner.pass, ""])
      expect(await ask({ ...partner, pass }, { Get: "CB" })).toMatchObject({ STATUS: "FAILED", MSG: "Login Failed" });
    expect(await executions(sent.mob)).toBe(0);
  });

  it("Login Failed: a key that may not do this", async () => {
    const partner = await newBacknpayPartner({ scopes: ["recharges:read"] });
    const sent = newRequest();
    expect(await ask(partner, sent)).toEqual(refused(sent, "Login Failed", null));
    expect(await ask(partner, { csagentid: "x" })).toMatchObject({ STATUS: "NOTFOUND" });
  });

  it("Insufficiant Balance: the wallet does not cover the cost", async () => {
    const partner = await newBacknpayPartner({ balance: "19.79" });
    const sent = newRequest();
    expect(await ask(partner, sent)).toEqual(refused(sent, "Insufficiant Balance", 19.79));
    expect(await ask(partner, { ...sent, amt: "10" })).toMatchObject({ STATUS: "SUCCESS", BAL: 9.89 });
  });

  it.each(["mob", "opt", "amt", "agentid"] as const)("Inavlid or Incomplete parameter: no %s", async (missing) => {
    const partner = await newBacknpayPartner();
    const sent = { ...newRequest(), [missing]: "" };
    expect(await ask(partner, sent)).toEqual(refused(sent, "Inavlid or Incomplete parameter"));
  });

  it("Inavlid or Incomplete parameter: an agent id that is none, a status check without an id", async () => {
    const partner = await newBacknpayPartner();
    for (const agentid of ["red blue", "x".repeat(65), "नमस्ते"]) {
      const sent = { ...newRequest(), agentid };
      expect(await ask(partner, sent)).toEqual(refused(sent, "Inavlid or Incomplete parameter"));
    }
    expect(await ask(partner, { csagentid: "" })).toMatchObject({ MSG: "Inavlid or Incomplete parameter", RPID: "" });
  });
});

describe("guessing", () => {
  it("is slowed down by name and address, and locks out nobody who signed in from his own address", async () => {
    const partner = await newBacknpayPartner();
    await ask(partner, { Get: "CB" });
    const guesser = { ...partner, address: "203.0.113.66" };
    for (let n = 0; n < 12; n += 1) await ask({ ...guesser, pass: `guess ${n}` }, { Get: "CB" });
    expect(await ask(guesser, { Get: "CB" })).toMatchObject({ MSG: "Login Failed" });
    expect(await ask(partner, newRequest())).toMatchObject({ STATUS: "SUCCESS" });
  });
});

describe("each row about an order that could not be carried out", () => {
  it("Repeat Request within Specific Time: the same number and amount within 15 minutes, from anybody", async () => {
    const [partner, other] = [await newBacknpayPartner(), await newBacknpayPartner()];
    const sent = newRequest();
    expect(await ask(partner, sent)).toMatchObject({ STATUS: "SUCCESS" });
    const again = { ...sent, agentid: newAgentId() };
    const text = "Repeat Request within Specific Time";
    expect(await ask(partner, again)).toEqual(refused(again, text, 980.2));
    expect(await ask(other, again)).toEqual(refused(again, text));
    expect(await ask(other, { ...again, amt: "21" })).toMatchObject({ STATUS: "SUCCESS" });
    expect(await executions(sent.mob)).toBe(2);
  });

  it.each(["9.99", "10.50", "10001", "0", "-20", "2e1", "20.001", "twenty"])(
    "Invalid Refill Amount: %s",
    async (amt) => {
      const partner = await newBacknpayPartner({ balance: "50000.00" });
      const sent = { ...newRequest(), amt };
      expect(await ask(partner, sent)).toEqual(refused(sent, "Invalid Refill Amount", 50_000));
    },
  );

  it.each(["1234567890", "98263864", "98263864000", "+8801712345678", "98263864ab"])(
    "Invalid Acount Number: %s",
    async (mob) => {
      const partner = await newBacknpayPartner();
      const sent = { ...newRequest(), mob };
      expect(await ask(partner, sent)).toEqual(refused(sent, "Invalid Acount Number"));
    },
  );

  it("what the upstream finds wrong with amount or number is told by the same texts, with an id", async () => {
    const partner = await newBacknpayPartner();
    const failure = { STATUS: "FAILED", RPID: expect.stringMatching(/^[0-9A-Z]{12}$/), BAL: 1000 };
    expect(await ask(partner, newRequest("12"))).toMatchObject({ ...failure, MSG: "Invalid Refill Amount" });
    expect(await ask(partner, newRequest("13"))).toMatchObject({ ...failure, MSG: "Invalid Acount Number" });
  });

  it("a suspended partner is told why, by no documented text", async () => {
    const partner = await newBacknpayPartner();
    await changeProfile(partner.account, { status: "suspended" });
    const sent = newRequest();
    expect(await ask(partner, sent)).toEqual({ ...refused(sent, "Transaction Failed"), OPID: "User is suspended" });
  });
});
