// Callbacks of upstreams through the whole Worker: an unauthenticated one is a hint, buys one lookup and moves nothing.
import { runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { ask, send } from "../support/backnpay-client.ts";
import { aWhile, call, desk, lookupsOf, piecesOf, provider, rechargeOf, stateOf } from "../support/callbacks.ts";
import { expectInvariants, readWallet, until, useSimulator } from "../support/sandbox.ts";

beforeEach(useSimulator);

describe("a hint", () => {
  it("of failure about a success buys one lookup, however often it comes, and moves nothing", async () => {
    const { partner, sent, id, callback } = await rechargeOf("00");
    const failed = { ...callback, status: "FAILED", opid: "" };
    for (let times = 0; times < 100; times += 1) expect(await (await call(failed)).text()).toBe("OK");
    await until(async () => lookupsOf(callback.agentid), 1);
    await aWhile();
    expect(lookupsOf(callback.agentid)).toBe(1);
    expect((await piecesOf(partner, id, "hint")).map(({ word }) => word)).toEqual(["failure"]);
    expect((await piecesOf(partner, id, "lookup")).map(({ word }) => word)).toEqual(["success"]);
    expect(await stateOf(partner, sent.agentid)).toBe("SUCCESS");
    expect(await readWallet(partner.account)).toEqual({ balance: 98_020, held: 0, debt: 0 });
    expect(await partner.account.readCases()).toEqual([]);
    await expectInvariants(partner.account);
  });

  it("of failure about a success that was reversed upstream: the lookup reverses, once", async () => {
    const { partner, sent, callback } = await rechargeOf("45");
    await aWhile();
    await call({ ...callback, status: "FAILED" });
    await until(() => stateOf(partner, sent.agentid), "FAILED");
    await call({ ...callback, status: "FAILED" });
    await call(callback);
    expect(await ask(partner, { csagentid: sent.agentid })).toMatchObject({ MSG: "Transaction Reversed", BAL: 1000 });
    await expectInvariants(partner.account);
  });

  it("of success about a failure asks too, and gives no money away", async () => {
    const { partner, sent, id, callback } = await rechargeOf("10");
    await call(callback);
    await until(async () => (await piecesOf(partner, id, "lookup")).map(({ word }) => word), ["failure"]);
    expect(await stateOf(partner, sent.agentid)).toBe("FAILED");
    expect(await readWallet(partner.account)).toEqual({ balance: 100_000, held: 0, debt: 0 });
  });
});

describe("a hint that is not worth a lookup", () => {
  it("that tells what is known, that is pending, or that does not fit the attempt asks nothing", async () => {
    const { partner, id, callback } = await rechargeOf("00");
    const forged = [
      callback,
      { ...callback, status: "PENDING" },
      { ...callback, status: "REFUNDED" },
      { ...callback, status: "FAILED", mobile: "9000000000" },
      { ...callback, status: "FAILED", amount: "2000" },
      { ...callback, status: "FAILED", amount: "much" },
      { ...callback, status: "FAILED", rpid: "R2D2" },
    ];
    for (const one of forged) await call(one);
    await aWhile();
    expect(lookupsOf(callback.agentid)).toBe(0);
    expect(new Set((await piecesOf(partner, id, "hint")).map(({ word }) => word))).toEqual(
      new Set(["success", "pending", "unclear"]),
    );
    expect(await readWallet(partner.account)).toEqual({ balance: 98_020, held: 0, debt: 0 });
  });

  it("is kept at most five times for an attempt, and replayed is the same piece", async () => {
    const { partner, id, callback } = await rechargeOf("03");
    for (let n = 0; n < 20; n += 1) await call({ ...callback, status: "SUCCESS", opid: `FORGED${n % 10}` });
    expect(await piecesOf(partner, id, "hint")).toHaveLength(5);
    const found = await ask(partner, { csrpid: id.slice(4) });
    expect(found).toMatchObject({ STATUS: "SUCCESS", OPID: "" });
  });
});

describe("a hint about what is open", () => {
  it("settles what is pending by the lookup that it buys, not by its own word", async () => {
    const { partner, sent, id, callback } = await rechargeOf("35");
    await until(async () => (await piecesOf(partner, id, "lookup")).length >= 3, true);
    const asked = lookupsOf(callback.agentid);
    await call(callback);
    await until(async () => lookupsOf(callback.agentid), asked + 1, 1_000);
    expect(await stateOf(partner, sent.agentid)).toBe("PENDING");
    expect(await readWallet(partner.account)).toMatchObject({ held: 1_980 });
  });

  it("buys nothing once hints have spent their fifth of the day", async () => {
    const { callback } = await rechargeOf("00");
    const day = Math.floor(Date.now() / 86_400_000);
    await runInDurableObject(desk(), (_, { storage }) => {
      const spent = "INSERT OR REPLACE INTO lookups (id, day, scheduled, hinted) VALUES (1, ?, 0, 50000)";
      storage.sql.exec(spent, day);
    });
    await call({ ...callback, status: "FAILED" });
    await aWhile();
    expect(lookupsOf(callback.agentid)).toBe(0);
    await runInDurableObject(desk(), (_, { storage }) => void storage.sql.exec("DELETE FROM lookups"));
  });
});

describe("the hook", () => {
  it("takes GET and POST, and answers the same to everything", async () => {
    const { partner, id, callback } = await rechargeOf("00");
    const form = { method: "POST", body: new URLSearchParams({ ...callback, status: "FAILED" }) };
    const replies = [
      await send(`/hooks/${provider}`, form),
      await call(callback, "nobody"),
      await call({}),
      await call({ status: "SUCCESS", agentid: "x".repeat(5_000) }),
      await send(`/hooks/${provider}`, { method: "POST", body: "x".repeat(70_000) }),
    ];
    for (const reply of replies)
      expect([reply.status, reply.headers.get("cache-control"), await reply.text()]).toEqual([200, "no-store", "OK"]);
    expect((await piecesOf(partner, id, "hint")).map(({ word }) => word)).toEqual(["failure"]);
  });

  it("does nothing for HEAD, OPTIONS and other methods", async () => {
    const { partner, id, callback } = await rechargeOf("00");
    const url = `/hooks/${provider}?${new URLSearchParams(callback).toString()}`;
    const replies = await Promise.all(["HEAD", "OPTIONS", "PUT"].map((method) => send(url, { method })));
    expect(replies.map(({ status }) => status)).toEqual([405, 204, 405]);
    expect(await piecesOf(partner, id, "hint")).toEqual([]);
  });
});
