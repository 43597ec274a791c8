// What the backnpay dialect says of a recharge: its states, checks of them, and agent ids that were used before.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { askStaff } from "../../support/api-journey.ts";
import { ask, type BacknpayPartner, newBacknpayPartner, newRequest, refused } from "../../support/backnpay-client.ts";
import {
  caller,
  executions,
  expectInvariants,
  newAccount,
  newOrder,
  request,
  skipTime,
  until,
  useSimulator,
} from "../../support/sandbox.ts";

beforeEach(useSimulator);
afterEach(() => void vi.useRealTimers());

describe("the states of a recharge", () => {
  it("PENDING while nobody knows, then what became of it", async () => {
    const partner = await newBacknpayPartner();
    const sent = newRequest("30");
    const reply = await ask(partner, sent);
    expect(reply).toMatchObject({ STATUS: "PENDING", OPID: "", BAL: 980.2, MSG: "Transaction Pending" });
    await until(async () => (await ask(partner, { csagentid: sent.agentid }))["STATUS"], "SUCCESS");
    expect(await ask(partner, sent)).toMatchObject({ STATUS: "SUCCESS", RPID: reply["RPID"] });
    await expectInvariants(partner.account);
  });

  it("PENDING when the answer does not come in time, and never a word of failure", async () => {
    const partner = await newBacknpayPartner();
    const sent = newRequest("40");
    expect(await ask(partner, sent)).toMatchObject({ STATUS: "PENDING" });
    await until(async () => (await ask(partner, { csagentid: sent.agentid }))["STATUS"], "SUCCESS");
  });

  it("FAILED with the reason in OPID, and the money back", async () => {
    const partner = await newBacknpayPartner();
    const reply = await ask(partner, newRequest("10"));
    expect(reply).toMatchObject({ STATUS: "FAILED", OPID: "Declined by the operator", MSG: "Transaction Failed" });
    expect(reply["BAL"]).toBe(1000);
  });

  it("a status check never tells of another partner's recharge", async () => {
    const [partner, other] = [await newBacknpayPartner(), await newBacknpayPartner()];
    const sent = newRequest();
    const { RPID } = await ask(partner, sent);
    const nothing = { STATUS: "NOTFOUND", MOBILE: "", AMOUNT: "", RPID: "", OPID: "", MSG: "No such transaction" };
    expect(await ask(other, { csagentid: sent.agentid })).toEqual({ ...nothing, AGENTID: sent.agentid, BAL: 1000 });
    expect(await ask(other, { csrpid: String(RPID) })).toEqual({ ...nothing, AGENTID: "", BAL: 1000 });
    expect(await ask(partner, { csrpid: "nonsense" })).toMatchObject({ STATUS: "NOTFOUND" });
  });
});

it("a question about an order that is just being placed waits for it", async () => {
  const { account } = await newAccount();
  const order = newOrder();
  const placing = account.place(request(order));
  const found = await account.findRecharge(caller, { agentId: order.agentId });
  expect(found.ok && found.value.agentId).toBe(order.agentId);
  await placing;
});

const countersSchema = z.object({
  counters: z.array(z.object({ name: z.string(), partner: z.string().nullable(), day: z.string(), count: z.int() })),
});

/** As staff read it: days and counts. */
async function duplicatesOf(partner: BacknpayPartner) {
  const { counters } = countersSchema.parse((await askStaff("/counters")).body);
  return counters
    .filter((one) => one.partner === partner.id && one.name === "backnpay_duplicate")
    .map(({ day, count }) => [day, count]);
}

describe("an agent id that was used before", () => {
  it("within a day is answered with the recharge as it is now", async () => {
    const partner = await newBacknpayPartner();
    const sent = newRequest();
    const first = await ask(partner, sent);
    skipTime(86_300_000);
    expect(await ask(partner, sent)).toEqual(first);
    expect(await duplicatesOf(partner)).toEqual([]);
  });

  it("after a day is DUPLICATE with the date, starts nothing and is counted", async () => {
    const partner = await newBacknpayPartner();
    const sent = { ...newRequest(), agentid: "9826386456" };
    vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2027, 0, 31, 18, 29, 59) });
    await ask(partner, sent);
    vi.setSystemTime(Date.UTC(2027, 1, 1, 18, 30, 0));
    const duplicate = { ...refused(sent, "Agent Id was used on 2027-01-31 23:59:59 IST", 980.2), STATUS: "DUPLICATE" };
    expect(await ask(partner, sent)).toEqual(duplicate);
    expect(await ask(partner, { csagentid: sent.agentid })).toMatchObject({
      STATUS: "SUCCESS",
      MSG: "Transaction Successful, of 2027-01-31 23:59:59 IST",
    });
    expect(await duplicatesOf(partner)).toEqual([["2027-02-01", 1]]);
    expect(await executions(sent.mob)).toBe(1);
  });

  it("for another order is DUPLICATE with the date, whenever", async () => {
    const partner = await newBacknpayPartner();
    const sent = newRequest();
    await ask(partner, sent);
    const other = { ...sent, amt: "30" };
    const date = expect.stringMatching(/^Agent Id was used on \d{4}-\d\d-\d\d \d\d:\d\d:\d\d IST$/);
    await ask(partner, other);
    expect(await ask(partner, other)).toMatchObject({ STATUS: "DUPLICATE", AMOUNT: "30", RPID: "", MSG: date });
    expect(await duplicatesOf(partner)).toEqual([[expect.stringMatching(/^20/), 2]]);
    expect(await executions(sent.mob)).toBe(1);
  });
});
