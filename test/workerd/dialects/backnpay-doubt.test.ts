// The backnpay dialect where somebody is not heard, or asks too often: never a word of failure that nobody said.
import { env } from "cloudflare:workers";
import { Hono } from "hono";
import { beforeEach, describe, expect, it } from "vitest";
import type { AccountCalls } from "../../../src/accounts/account.ts";
import { createDialects } from "../../../src/dialects/create.ts";
import type { DialectEnv, DialectServices } from "../../../src/dialects/services.ts";
import { surfaceServices } from "../../../src/services/surfaces.ts";
import {
  ask,
  type BacknpayPartner,
  newBacknpayPartner,
  newRequest,
  readReply,
  refused,
  standardPath,
} from "../../support/backnpay-client.ts";
import { executions, useSimulator } from "../../support/sandbox.ts";

beforeEach(useSimulator);

/** The dialect with some of its services replaced, as the partner asks it. */
async function askDialect(
  partner: BacknpayPartner,
  params: Readonly<Record<string, string>>,
  more: Partial<DialectServices>,
) {
  const app = new Hono<DialectEnv>();
  app.use(async (c, next) => {
    c.set("services", { ...surfaceServices(env), ...more });
    await next();
  });
  app.route("/", createDialects());
  const { userid, pass } = partner;
  const query = new URLSearchParams({ userid, pass, fmt: "Json", ...params });
  return readReply(await app.request(`${standardPath}?${query.toString()}`));
}

/** The partner's account on a line that breaks after each of the first `times` calls of a verb. */
function breaking(partner: BacknpayPartner, verb: "place" | "findRecharge" | "readWallets", times: number) {
  let left = times;
  const account = (): AccountCalls =>
    new Proxy<AccountCalls>(partner.account, {
      get(target, name) {
        const called = Reflect.get(target, name);
        if (name !== verb) return called;
        return async (...given: unknown[]) => {
          const answer = await Reflect.apply(called, target, given);
          left -= 1;
          if (left >= 0) throw new Error("the line broke");
          return answer;
        };
      },
    });
  return { account };
}

const authenticate = () => Promise.reject(new Error("the database is down"));

describe("an account that is not heard", () => {
  it("is asked again, and placed once", async () => {
    const partner = await newBacknpayPartner();
    const sent = newRequest();
    const reply = await askDialect(partner, sent, breaking(partner, "place", 1));
    expect(reply).toMatchObject({ STATUS: "SUCCESS", AGENTID: sent.agentid });
    expect(await executions(sent.mob)).toBe(1);
  });

  it("twice leaves the recharge pending, without an id and without a word of failure", async () => {
    const partner = await newBacknpayPartner();
    const sent = newRequest();
    const reply = await askDialect(partner, sent, breaking(partner, "place", 2));
    const { BAL: _, ...pending } = { ...refused(sent, "Transaction Pending"), STATUS: "PENDING" };
    expect(reply).toEqual(pending);
    expect(await ask(partner, { csagentid: sent.agentid })).toMatchObject({ STATUS: "SUCCESS" });
  });

  it("about a status says pending, about a balance that it cannot be told, and about a wallet leaves BAL out", async () => {
    const partner = await newBacknpayPartner();
    const sent = newRequest("10");
    await ask(partner, sent);
    const status = await askDialect(partner, { csagentid: sent.agentid }, breaking(partner, "findRecharge", 2));
    expect(status).toMatchObject({ STATUS: "PENDING", AGENTID: sent.agentid });
    const balance = await askDialect(partner, { Get: "CB" }, breaking(partner, "readWallets", 2));
    expect(balance).toMatchObject({ STATUS: "FAILED", MSG: "Balance not available now" });
    const placed = await askDialect(partner, newRequest(), breaking(partner, "readWallets", 1));
    expect([placed["STATUS"], "BAL" in placed]).toEqual(["SUCCESS", false]);
  });

  it("before it can be asked, because the database is down, is pending too", async () => {
    const partner = await newBacknpayPartner();
    const sent = newRequest();
    expect(await askDialect(partner, sent, { authenticate })).toMatchObject({ STATUS: "PENDING", RPID: "" });
    expect(await askDialect(partner, { csagentid: "x" }, { authenticate })).toMatchObject({ STATUS: "PENDING" });
  });
});

describe("too many requests", () => {
  it("refuse a new order, and say of one that is there that it is pending", async () => {
    const partner = await newBacknpayPartner();
    const sent = newRequest();
    await ask(partner, sent);
    const limiter = { take: () => ({ isAllowed: false, remaining: 0, seconds: 1 }) };
    const other = newRequest();
    const reply = await askDialect(partner, other, { limiter });
    expect(reply).toEqual({ ...refused(other, "Transaction Failed", null), OPID: "Too many requests" });
    expect(await askDialect(partner, sent, { limiter })).toMatchObject({ STATUS: "PENDING" });
    expect(await askDialect(partner, { csagentid: sent.agentid }, { limiter })).toMatchObject({ STATUS: "PENDING" });
    expect(await askDialect(partner, { Get: "CB" }, { limiter })).toMatchObject({ STATUS: "FAILED" });
    expect(await executions(other.mob)).toBe(0);
  });
});
