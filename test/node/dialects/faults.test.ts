// Faults around the one verb: before the account was asked, and after. The dialects with a fault put in at each place.
import { Hono } from "hono";
import { expect, test } from "vitest";
import type { UnreferencedAnswer } from "../../../src/accounts/account.ts";
import { refusal } from "../../../src/base/refusal.ts";
import { ok, refuse } from "../../../src/base/result.ts";
import { createAopayDialect } from "../../../src/dialects/aopay.ts";
import { createNurrDialect } from "../../../src/dialects/nurr.ts";
import type { DialectEnv, DialectServices } from "../../../src/dialects/services.ts";
import { createRateLimiter } from "../../../src/partners/rate-limit.ts";
import { createThrottle } from "../../../src/partners/throttle.ts";

const lost = (): never => {
  throw new Error("lost");
};

interface Faults {
  readonly signIn?: "fails";
  /** What the account does each time that it is asked; it throws when there is nothing left. */
  readonly account?: readonly (UnreferencedAnswer | "throws")[];
  readonly doubtAnswer?: "pending" | "hang_up";
}

function dialectsWith({ signIn, account = [], doubtAnswer }: Faults) {
  const asked: unknown[] = [];
  const logged: string[] = [];
  const answers = [...account];
  const choice = doubtAnswer === undefined ? {} : { doubtAnswer };
  const caller = { keyId: "key_1", mode: "live" } as const;
  const known = { caller, account: 7, scopes: ["recharges:write"] as const, ...choice };
  const note = (event: string): void => void logged.push(event);
  const services = {
    clock: { now: () => 0 },
    log: { info: note, error: note },
    dialectWaitMs: 60_000,
    unnamedAddress: null,
    ratePerMinute: 1,
    limiter: createRateLimiter(),
    throttle: createThrottle(),
    authenticate: async () => (signIn === "fails" ? lost() : ok(known)),
    authenticateSigned: async () => (signIn === "fails" ? lost() : ok({ ...known, signature: null })),
    account: (number: number) => ({
      placeUnreferenced: async (request: unknown) => {
        asked.push([number, request]);
        const next = answers.shift() ?? "throws";
        return next === "throws" ? lost() : next;
      },
    }),
  } as unknown as DialectServices; // the verbs that neither dialect uses are left out
  const app = new Hono<DialectEnv>();
  app.use(async (c, next) => {
    c.set("services", services);
    await next();
  });
  app.route("/", createAopayDialect());
  app.route("/", createNurrDialect());
  return { app, asked, logged };
}

const form = new URLSearchParams({
  api_key: "k",
  api_secret: "s",
  phone: "01712345600",
  amount: "20",
  operator: "GP",
}).toString();
const json = JSON.stringify({ RegistrationID: "AOP-1", ProductID: 511, Amount: 10, CustomerNumber: 9826386400 });

const nurr = { path: "/api/mobile-recharge.php", body: form, type: "application/x-www-form-urlencoded" } as const;
const aopay = { path: "/api/AOP/V2/MobileRecharge", body: json, type: "application/json" } as const;

async function post(app: Hono<DialectEnv>, { path, body, type }: typeof nurr | typeof aopay): Promise<Response> {
  return app.request(path, { method: "POST", headers: { "Content-Type": type }, body });
}

const balance: UnreferencedAnswer = { placed: refuse(refusal("balance", "too little")), partner: "", wallet: null };

test("nurr's 500 before the account was asked, and only then", async () => {
  const { app, asked, logged } = dialectsWith({ signIn: "fails" });
  const answer = await post(app, nurr);
  expect([answer.status, await answer.text()]).toEqual([500, '{"error":"Transaction failed."}']);
  expect([asked, logged]).toEqual([[], ["fault"]]);
});

test("aopay's answer breaks off where nothing is known at all", async () => {
  const { app, asked } = dialectsWith({ signIn: "fails" });
  await expect((await post(app, aopay)).text()).rejects.toThrow("without an answer");
  expect(asked).toEqual([]);
});

test.each([
  ["nurr", nurr, 202, "Pending"],
  ["aopay", aopay, 200, "PENDING"],
] as const)(
  "an account of %s that is not heard is asked once more, and then the order is pending",
  async (_name, wire, status, word) => {
    const { app, asked } = dialectsWith({});
    const answer = await post(app, wire);
    const text = await answer.text();
    expect(answer.status).toBe(status);
    expect(text).toContain(`"${word}"`);
    expect(text).not.toMatch(/fail/i);
    expect(asked).toHaveLength(2);
    expect(asked[0]).toEqual(asked[1]);
  },
);

test.each([nurr, aopay])("what the account says the second time counts: $path", async (wire) => {
  const { app, asked } = dialectsWith({ account: ["throws", balance] });
  expect(await (await post(app, wire)).text()).toMatch(/insufficient balance/i);
  expect(asked).toHaveLength(2);
});

test.each([nurr, aopay])(
  "a client that chose to hang up hears nothing of an account that is not heard: $path",
  async (wire) => {
    const { app } = dialectsWith({ doubtAnswer: "hang_up" });
    await expect((await post(app, wire)).text()).rejects.toThrow("without an answer");
  },
);

test.each([nurr, aopay])("above the rate the account is told so, and decides: $path", async (wire) => {
  const { app, asked } = dialectsWith({ account: [balance, balance] });
  await post(app, wire);
  await post(app, wire);
  expect(asked).toEqual([
    [7, expect.objectContaining({ isTooFast: false, waitMs: 60_000 })],
    [7, expect.objectContaining({ isTooFast: true, waitMs: 60_000 })],
  ]);
});
