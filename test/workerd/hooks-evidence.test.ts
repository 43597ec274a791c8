// Callbacks that match nothing yet, and authenticated ones, which are evidence where the provider's setting says so.
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { retryCallbacks, takeCallback } from "../../src/accounts/route-callback.ts";
import { systemClock } from "../../src/base/clock.ts";
import { createLog } from "../../src/base/log.ts";
import type { CallbackRules } from "../../src/providers/provider.ts";
import { createProviders } from "../../src/providers/registry.ts";
import { readProviderSettings } from "../../src/providers/settings.ts";
import { surfaceServices } from "../../src/services/surfaces.ts";
import { ask, newRequest } from "../support/backnpay-client.ts";
import { call, desk, lookupsOf, piecesOf, provider, rechargeOf, stateOf } from "../support/callbacks.ts";
import { accountOf, expectInvariants, readWallet, skipTime, until, useSimulator } from "../support/sandbox.ts";

beforeEach(useSimulator);
afterEach(() => void vi.useRealTimers());

describe("a callback that matches nothing", () => {
  it("is kept once, tried again and taken when its attempt is there", async () => {
    const { partner, callback } = await rechargeOf("00");
    const next = `${callback.agentid.slice(0, -1)}2`;
    const early = { status: "SUCCESS", agentid: next, rpid: "", mobile: "", amount: "", opid: "" };
    const { keptCallbacks: before } = await desk().readDesk();
    await call(early);
    await call(early);
    expect((await desk().readDesk()).keptCallbacks).toBe(before + 1);
    await surfaceServices(env).reconcileNow();
    expect((await desk().readDesk()).keptCallbacks).toBe(before + 1);
    const second = await ask(partner, newRequest("00"));
    skipTime(61_000);
    await surfaceServices(env).reconcileNow();
    expect((await desk().readDesk()).keptCallbacks).toBe(before);
    const id = `rch_${String(second["RPID"]).toLowerCase()}`;
    expect((await piecesOf(partner, id, "hint")).map(({ word }) => word)).toEqual(["success"]);
  });

  it("is forgotten after seven days", async () => {
    await call({ status: "SUCCESS", agentid: "LC0000Z0000001" });
    expect((await desk().readDesk()).keptCallbacks).toBeGreaterThan(0);
    skipTime(7 * 86_400_000);
    await surfaceServices(env).reconcileNow();
    expect((await desk().readDesk()).keptCallbacks).toBe(0);
  });
});

/** The hook's verb at a provider with these rules. */
function partsWith(rules: Partial<CallbackRules>) {
  const facts = createProviders(readProviderSettings({ ...env }), () => Promise.reject(new Error("not asked"))).get(
    provider,
  )?.facts;
  if (facts === undefined) throw new Error("no provider");
  const callbacks = { addresses: [], basic: null, mayReverse: false, ...rules };
  const woken: number[] = [];
  const parts = {
    providers: new Map([[provider, { ...facts, callbacks }]]),
    installation: "LC",
    clock: systemClock,
    log: createLog(systemClock, () => undefined),
    account: (number: number) => {
      woken.push(number);
      return accountOf(number);
    },
    isPartner: async (number: number) => number < 1_000_000,
    desk: (name: string) => env.PROVIDER_DESK.getByName(name),
    countUnmatched: async () => undefined,
  };
  return { parts, woken };
}

describe("an authenticated callback", () => {
  const address = "192.0.2.9";
  const { parts } = partsWith({ addresses: ["192.0.2.0/28"] });
  const take = (callback: Record<string, string>, more: { address?: string; authorization?: string } = {}) =>
    takeCallback(parts, { provider, params: new URLSearchParams(callback), address, authorization: null, ...more });

  it("settles what is pending, and a replay of it is the same piece", async () => {
    const { partner, sent, id, callback } = await rechargeOf("35");
    await take(callback);
    await take(callback);
    expect(await ask(partner, { csagentid: sent.agentid })).toMatchObject({
      STATUS: "SUCCESS",
      OPID: "OP7",
      BAL: 980.2,
    });
    expect(await piecesOf(partner, id, "callback")).toHaveLength(1);
    await expectInvariants(partner.account);
  });

  it("of failure about a success is a case and a lookup, and takes nothing back", async () => {
    const { partner, sent, callback } = await rechargeOf("00");
    await take({ ...callback, status: "FAILED" });
    await until(async () => lookupsOf(callback.agentid), 1);
    expect(await stateOf(partner, sent.agentid)).toBe("SUCCESS");
    expect(await readWallet(partner.account)).toEqual({ balance: 98_020, held: 0, debt: 0 });
    // Once the lookup has said success, the callback's failure stands against it.
    const open = (await partner.account.readCases()).filter(({ closedAt }) => closedAt === null);
    expect(open.map(({ kind }) => kind)).toEqual([expect.stringMatching(/^(reversal_disputed|contradiction)$/)]);
  });

  it("from another address is a hint", async () => {
    const { partner, sent, id, callback } = await rechargeOf("35");
    await take(callback, { address: "192.0.2.16" });
    expect(await stateOf(partner, sent.agentid)).toBe("PENDING");
    expect(
      [await piecesOf(partner, id, "hint"), await piecesOf(partner, id, "callback")].map((all) => all.length),
    ).toEqual([1, 0]);
  });

  it("is one with the right Basic credentials, where the setting wants them", async () => {
    const { parts: withBasic } = partsWith({ basic: `Basic ${btoa("up:secret")}` });
    const { partner, sent, callback } = await rechargeOf("35");
    const params = new URLSearchParams(callback);
    await takeCallback(withBasic, { provider, params, address, authorization: `Basic ${btoa("up:guess")}` });
    await takeCallback(withBasic, { provider, params, address, authorization: null });
    expect(await stateOf(partner, sent.agentid)).toBe("PENDING");
    await takeCallback(withBasic, { provider, params, address, authorization: `Basic ${btoa("up:secret")}` });
    expect(await stateOf(partner, sent.agentid)).toBe("SUCCESS");
  });
});

const account = () => ({ takeCallback: () => Promise.reject(new Error("reset")) });

describe("an account that no partner has", () => {
  it("is not woken, and one that breaks is asked again later", async () => {
    const { parts, woken } = partsWith({});
    const stranger = new URLSearchParams({ status: "SUCCESS", agentid: "LCZZZZZ0000001" });
    await takeCallback(parts, { provider, params: stranger, address: null, authorization: null });
    expect(woken).toEqual([]);
    const { partner, id, callback } = await rechargeOf("00");
    const params = new URLSearchParams(callback);
    await takeCallback({ ...parts, account }, { provider, params, address: null, authorization: null });
    expect(await piecesOf(partner, id, "hint")).toEqual([]);
    skipTime(61_000);
    expect(await retryCallbacks(parts)).toMatchObject({ found: 1 });
    expect(await piecesOf(partner, id, "hint")).toHaveLength(1);
  });
});
