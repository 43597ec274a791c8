// What an account does while somebody keeps it waiting: the guard, an upstream, the ration of lookups, the ledger.
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { Account } from "../../../src/accounts/account-object.ts";
import type { AccountServices, ProviderOutcome } from "../../../src/accounts/context.ts";
import type { LookupOutcome, Outcome } from "../../../src/recharges/outcome.ts";
import type { LookupPermits } from "../../../src/recharges/ports.ts";
import { accountServices } from "../../../src/services/object-services.ts";
import {
  amount,
  emptyWallet,
  newAccount,
  newOrder,
  request,
  type TestAccount,
  useSimulator,
} from "../../support/sandbox.ts";

beforeEach(useSimulator);

const hourMs = 3_600_000;

/** What the account of a test is surrounded by; each test sets what it wants. */
const surroundings = {
  now: 0,
  submit: (): Promise<Outcome> => Promise.resolve({ kind: "pending", carried: {}, said: "PENDING" }),
  lookUp: (): LookupOutcome => ({ kind: "not_started" }),
  permit: (): Awaited<ReturnType<LookupPermits["takeLookup"]>> => ({ granted: true }),
  isLedgerDown: false,
  lookups: 0,
  reported: [] as ProviderOutcome[],
  deafDesk: "",
  claims: [] as string[],
  onClaim: (): Promise<void> => Promise.resolve(),
};
const asNew = { ...surroundings };

beforeEach(() => {
  Object.assign(surroundings, asNew, { now: Date.now(), reported: [], claims: [] });
});

class AccountOfTest extends Account {
  protected readonly services: AccountServices = {
    ...accountServices(env, {
      submit: () => surroundings.submit(),
      lookUp: async () => {
        surroundings.lookups += 1;
        return surroundings.lookUp();
      },
      readBalance: async () => ({ balance: null, said: "" }),
    }),
    clock: { now: () => surroundings.now },
    // Alarms are run by the test.
    times: { startByMs: 500, repeatWindowMs: 9_000, resolveMarginMs: 10, outboxDelayMs: hourMs, outboxRetryMs: 5_000 },
    claims: {
      claim: async ({ candidates }) => {
        surroundings.claims.push("claim");
        await surroundings.onClaim();
        return { kind: "claimed", candidates: candidates.map(({ provider }) => ({ provider, leftOut: null })) };
      },
      peek: async () => ({ kind: "velocity", retryAfterMs: 1 }),
      release: async () => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        surroundings.claims.push("release");
      },
      noteSend: async () => undefined,
    },
    permits: () => ({ takeLookup: async () => surroundings.permit() }),
    ledger: {
      readWatermark: async () => {
        if (surroundings.isLedgerDown) throw new Error("the ledger is down");
        return 0;
      },
      write: async (_account, events) => events.at(-1)?.number ?? 0,
      readEvents: async () => [],
      readLastBefore: async () => 0,
    },
    reportOutcomes: async (provider, outcomes) => {
      if (provider === surroundings.deafDesk) throw new Error("the desk does not answer");
      surroundings.reported.push(...outcomes);
    },
  };
}

function inAccount(
  account: TestAccount,
  run: (object: AccountOfTest, storage: DurableObjectStorage) => Promise<void>,
): Promise<void> {
  return runInDurableObject(account, (_object, state) => run(new AccountOfTest(state, env), state.storage));
}

describe("a claim that is given back", () => {
  it("is given back before the same agent id may claim again", async () => {
    const { account } = await newAccount(1_980);
    await inAccount(account, async (object) => {
      const order = newOrder();
      surroundings.onClaim = async () => {
        const debit = { currency: "INR", reason: "test", externalReference: "out", staff: "test" } as const;
        await object.debit({ ...debit, amount: amount(1_980) });
      };
      expect(await object.place(request(order))).toMatchObject({ problem: { code: "balance" } });
      const credit = { currency: "INR", reason: "test", externalReference: "in", staff: "test" } as const;
      await object.credit({ ...credit, amount: amount(1_980) });
      surroundings.onClaim = asNew.onClaim;
      expect(await object.place(request(order))).toMatchObject({ ok: true });
      expect(surroundings.claims).toEqual(["claim", "release", "claim"]);
    });
  });
});

describe("what a submit came to", () => {
  it.each([
    ["none", ["not_started", "not_started"]],
    ["backnpay-sandbox", ["not_started"]],
  ])("is told to each desk as not started when no call was started; deaf: %s", async (deafDesk, told) => {
    const { account } = await newAccount();
    await inAccount(account, async (object) => {
      Object.assign(surroundings, { deafDesk, submit: async () => ({ kind: "not_started" }) });
      expect(await object.place(request(newOrder()))).toMatchObject({
        value: { recharge: { state: "failed", failure: { source: "provider", cause: "provider_declined" } } },
      });
      await object.alarm();
      expect(surroundings.reported.map(({ kind }) => kind)).toEqual(told);
    });
  });

  it("is told to the desk while the ledger is down", async () => {
    const { account } = await newAccount();
    await inAccount(account, async (object) => {
      surroundings.isLedgerDown = true;
      await object.place(request(newOrder()));
      await object.alarm();
      expect(surroundings.reported).toEqual([{ kind: "pending", at: surroundings.now, sentAt: surroundings.now }]);
    });
  });
});

describe("an account whose upstream holds its answer back beyond every limit", () => {
  it("does not spin: it looks again after a while, and goes on waiting", async () => {
    const { account } = await newAccount();
    await inAccount(account, async (object, storage) => {
      surroundings.submit = () => new Promise(() => undefined);
      const order = newOrder();
      expect(await object.place(request(order, 0))).toMatchObject({ value: { recharge: { state: "pending" } } });
      surroundings.now += 10_000;
      await object.alarm();
      expect(await storage.getAlarm()).toBe(surroundings.now + 5_000);
      expect(surroundings.lookups).toBe(0);
    });
  });
});

describe("an account that may not ask because the ration is spent", () => {
  it("opens the case in time all the same, and asks when it may", async () => {
    const { account } = await newAccount();
    await inAccount(account, async (object, storage) => {
      await object.place(request(newOrder()));
      const startedAt = surroundings.now;
      surroundings.permit = () => ({ granted: false, retryAt: startedAt + 10 * hourMs });
      surroundings.now = startedAt + 7_000;
      await object.alarm();
      expect(await object.readCases()).toEqual([]);
      expect(await storage.getAlarm()).toBe(startedAt + 8_000);
      surroundings.now = startedAt + 8_000;
      await object.alarm();
      expect(await object.readCases()).toMatchObject([{ kind: "doubt", closedAt: null }]);
      surroundings.permit = asNew.permit;
      surroundings.now = startedAt + 10 * hourMs;
      await object.alarm();
      expect(surroundings.lookups).toBe(1);
    });
  });
});

describe("a success that a callback disputes", () => {
  it.each([
    ["on the schedule when the provider does not know it", 2, { kind: "not_found", carried: {}, said: "NOTFOUND" }],
    ["on the schedule when the provider says nothing clear", 2, { kind: "in_doubt", carried: {}, said: "<html>" }],
    ["never when the provider says success", 1, { kind: "succeeded", carried: {}, said: "SUCCESS" }],
  ] as const)("is asked about once, and then %s", async (_what, lookups, answer) => {
    const { account } = await newAccount();
    await inAccount(account, async (object) => {
      surroundings.submit = () => Promise.resolve({ kind: "succeeded", carried: {}, said: "SUCCESS" });
      surroundings.lookUp = () => answer;
      await object.place(request(newOrder()));
      const outcome = { kind: "failed", cause: "operator", carried: {}, said: "FAILED" } as const;
      const heard = { attempt: 1, provider: "backnpay-sandbox", outcome, isAuthentic: true } as const;
      surroundings.now += 1_000;
      expect(await object.takeCallback({ ...heard, receivedAt: surroundings.now })).toBe(true);
      for (let rings = 0; rings < 3; rings += 1) {
        surroundings.now += 10;
        await object.alarm();
      }
      expect(surroundings.lookups).toBe(1);
      surroundings.now += hourMs;
      await object.alarm();
      expect(surroundings.lookups).toBe(lookups);
    });
  });
});

describe("the account of a partner", () => {
  it("never becomes another partner's, or of another mode", async () => {
    const { account, number } = await newAccount();
    await inAccount(account, async (object) => {
      const profile = await object.readProfile();
      if (profile === null) throw new Error("no profile");
      const broken = /an account keeps its number and its mode/;
      await expect(object.configure({ ...profile, mode: "live", version: 2 })).rejects.toThrow(broken);
      await expect(object.configure({ ...profile, account: number + 1, version: 2 })).rejects.toThrow(broken);
      expect(await object.readProfile()).toEqual(profile);
    });
    await emptyWallet(account);
  });
});
