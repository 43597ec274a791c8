// What the README promises: a first recharge through each protocol, figures that agree, and a second start that knows them.
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import type { Installation } from "../../scripts/installation.ts";
import { openApi } from "../support/api-without-accounts.ts";
import {
  ask,
  dropState,
  findRecharge,
  makeStatePath,
  order,
  placeRecharge,
  readJournal,
  startSandbox,
  until,
} from "./sandbox.ts";

const statePath = makeStatePath();
let installation: Installation;

beforeAll(async () => {
  installation = await startSandbox(statePath);
}, 60_000);

afterAll(async () => {
  await installation.dispose();
  dropState(statePath);
});

const firsts = [
  { agentId: "first-1", product: "in.airtel.prepaid", number: "9826386400", account: "sim-user" },
  { agentId: "first-2", product: "in.jio.prepaid", number: "9876543200", account: "SIM-1" },
  { agentId: "first-3", product: "bd.grameenphone.prepaid", number: "01712345600", account: "sim-key" },
];

const walletsSchema = z.looseObject({
  wallets: z.array(z.looseObject({ currency: z.string(), balance: z.string(), held: z.string() })),
});
const eventsSchema = z.looseObject({
  events: z.array(z.looseObject({ number: z.int(), type: z.string() })),
  next_after: z.int(),
});
const statementsSchema = z.looseObject({
  statements: z.array(z.looseObject({ currency: z.string(), closing: z.string(), as_of_event: z.int() })),
});

/** An answer without what is of this one request. */
const problem = z
  .looseObject({ code: z.string(), request_id: z.string() })
  .transform(({ request_id: _this, ...said }) => said);

/** Balances by currency, with nothing held beside them. */
async function readBalances(): Promise<Record<string, string>> {
  const { wallets } = walletsSchema.parse(await (await ask(installation, "/v1/balance")).json());
  expect(wallets.map(({ held }) => held)).toEqual(wallets.map(() => "0.00"));
  return Object.fromEntries(wallets.map(({ currency, balance }) => [currency, balance]));
}

test.each(firsts)("recharges $product, executed once upstream", async ({ agentId, product, number, account }) => {
  expect(await placeRecharge(installation, order(agentId, product, number))).toMatchObject({ state: "succeeded" });
  expect(await readJournal(installation, number)).toMatchObject([{ account, executions: 1, deliveries: 1 }]);
});

/** Each reaches another part of zod: unions, records, formats, bounds, unknown fields, parameters of the query. */
const mistaken = [
  ["/v1/recharges", "{}"],
  ["/v1/recharges", order("m", "in.airtel.prepaid", "1".repeat(400))],
  ["/v1/recharges", JSON.stringify({ agent_id: 7, product: [], number: null, amount: 20, fields: { a: 1 }, more: 1 })],
  ["/v1/chat-users", JSON.stringify({ name: "", language: "fr", limits: [{ currency: "EUR" }, 1], phone: "x" })],
  ["/v1/webhook-endpoints", JSON.stringify({ url: "no address", events: ["nothing", "recharge.failed"] })],
  ["/v1/recharges?limit=0&state=gone&from=yesterday", null],
  ["/v1/events?after=-1&limit=1e3", null],
] as const;

test("the bundle, which has zod without what we do not use, finds the same mistakes as zod as it is", async () => {
  const whole = await openApi();
  const headers = { authorization: "Bearer rk_test_ALL", "content-type": "application/json" };
  const answers = await Promise.all(
    mistaken.map(async ([path, body]) => {
      const init = body === null ? {} : { method: "POST", body };
      const replies = [await ask(installation, path, init), await whole.ask(path, { ...init, headers })];
      return Promise.all(replies.map(async (reply) => problem.parse(await reply.json())));
    }),
  );
  expect(answers.map(([found]) => found)).toEqual(answers.map(([, expected]) => expected));
  expect(answers.map(([found]) => found?.code)).toEqual(mistaken.map(() => "parameter"));
});

test("balance, statement and events agree about the three", async () => {
  // Two recharges of 20.00 less 1 % in INR, one in BDT.
  expect(await readBalances()).toEqual({ INR: "99960.40", BDT: "99980.20" });
  const { events } = eventsSchema.parse(await (await ask(installation, "/v1/events?after=0")).json());
  expect(events.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(events.slice(2).map(({ type }) => type)).toEqual(
    firsts.flatMap(() => ["recharge.placed", "recharge.succeeded"]),
  );
  const { statements } = await until(
    async () => statementsSchema.parse(await (await ask(installation, "/v1/statement")).json()),
    (answer) => answer.statements.every((statement) => statement.as_of_event === events.length),
  );
  expect(Object.fromEntries(statements.map(({ currency, closing }) => [currency, closing]))).toEqual({
    INR: "99960.40",
    BDT: "99980.20",
  });
});

test("a second start on the same state knows them and goes on", async () => {
  await installation.dispose();
  installation = await startSandbox(statePath);
  expect(await findRecharge(installation, "first-1")).toMatchObject({ state: "succeeded" });
  expect(await placeRecharge(installation, order("second-1", "in.airtel.prepaid", "9826386500"))).toMatchObject({
    state: "succeeded",
  });
  expect(await readBalances()).toEqual({ INR: "99940.60", BDT: "99980.20" });
}, 60_000);

test("the cron trigger runs", async () => {
  expect(await installation.fireCron()).toBe("ok");
});
