// What a scheduled run does about the webhooks of real accounts in Node.
import { beforeEach, describe, expect, test } from "vitest";
import { type ReconciliationParts, reconcile } from "../../../src/reconciliation/run.ts";
import { addPartner, openPartners, type Partners, ship, t0 } from "../../support/account-in-node.ts";
import { noFloats } from "../../support/no-floats.ts";
import { hashSecret } from "../../support/partner-rows.ts";

let partners: Partners;
const noBacklog = { endpoints: 1, stopped: 0, pending: 0, dead: 0, oldestAt: null };
const leases = { takeLease: async () => ({ granted: true }), endLease: async () => undefined };

function partsOf(more: Pick<ReconciliationParts, "webhookDesk">): ReconciliationParts {
  const { database, clock, log, account } = partners;
  return {
    database,
    hashSecret,
    installation: "local",
    clock,
    log,
    leases,
    leaseMs: 700,
    seen: () => undefined,
    account,
    floats: noFloats,
    ...more,
  };
}

const saidOfWebhooks = () => partners.lines.filter(({ event }) => event.includes("webhooks"));
const resetDesk = () => ({ sweep: () => Promise.reject(new Error("the desk was reset")) });

const swept: (readonly [number, boolean])[] = [];
/** A desk that has this waiting. */
const backlog = (found: object): Pick<ReconciliationParts, "webhookDesk"> => ({
  webhookDesk: (account) => ({
    async sweep(isThorough) {
      swept.push([account, isThorough]);
      return { ...noBacklog, ...found };
    },
  }),
});

describe("a run over the webhooks of an account", () => {
  beforeEach(() => {
    swept.length = 0;
    partners = openPartners();
  });

  test("asks the desk of a partner that has endpoints, and no other", async () => {
    const telling = await addPartner(partners);
    await addPartner(partners);
    await partners.account(telling).startTelling();
    await reconcile(partsOf(backlog({ dead: 3 })), true);
    await reconcile(partsOf(backlog({})), false);
    expect(swept).toEqual([
      [telling, true],
      [telling, false],
    ]);
    expect(saidOfWebhooks()).toEqual([]);
  });

  test.each([
    [
      { pending: 2, oldestAt: t0 - 700 },
      { pending: 2, dead: 0, stopped: 0, oldestMs: 700 },
    ],
    [
      { stopped: 1, dead: 4 },
      { pending: 0, dead: 4, stopped: 1, oldestMs: 0 },
    ],
  ])("says what waits there: %j", async (found, facts) => {
    const account = await addPartner(partners);
    await partners.account(account).startTelling();
    await reconcile(partsOf(backlog(found)), false);
    expect(saidOfWebhooks()).toEqual([{ level: "info", event: "webhooks.backlog", facts: { account, ...facts } }]);
  });

  test("goes on where the desk cannot be asked", async () => {
    const account = await addPartner(partners);
    await ship(partners, account);
    await partners.account(account).startTelling();
    expect(await reconcile(partsOf({ webhookDesk: resetDesk }), false)).toMatchObject({
      kind: "done",
      woken: 0,
      faults: 0,
      floats: 0,
    });
    expect(saidOfWebhooks()).toEqual([{ level: "error", event: "reconciliation.webhooks", facts: { account } }]);
  });
});
