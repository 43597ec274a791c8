// What an account says of a float beside the ledger: what was under way when the provider's balance was read.
import { expect, test } from "vitest";
import { minor } from "../../../src/base/money.ts";
import { addPartner, openPartners, placeInNode } from "../../support/account-in-node.ts";

const provider = "backnpay-sandbox";

test("what has failed since the balance was read counts as open then: it may have been taken first", async () => {
  const partners = openPartners();
  const { time, upstream } = partners;
  const number = await addPartner(partners);
  const account = partners.account(number);
  const failed = { kind: "failed", carried: {}, cause: "operator", said: "FAILED" } as const;
  const place = async (answer: typeof upstream.answer) => {
    upstream.answer = answer;
    await placeInNode(partners, number, "backnpay");
    time.now += 1;
  };
  await place(failed);
  await place({ kind: "pending", carried: {}, said: "submitted" });
  const readAt = time.now;
  time.now += 1;
  await account.takeCallback({ provider, attempt: 2, isAuthentic: true, receivedAt: time.now, outcome: failed });
  await place(failed);
  await place({ kind: "succeeded", carried: { providerCommission: minor(20) }, said: "SUCCESS" });
  expect(await account.readFloats({ ledgerEvent: 0, since: { [provider]: readAt } })).toEqual([
    { provider, unshipped: -1_980, open: 2_000, spentSince: 2_000, returnedSince: 0 },
  ]);
});
