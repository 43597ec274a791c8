// Providers' statements through the whole Worker: what a dry run shows, and what applying it does to real accounts.
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { app } from "../../src/app.ts";
import { askStaff, newPartner } from "../support/api-journey.ts";
import {
  accountOf,
  caller,
  executions,
  expectInvariants,
  newBangladeshNumber,
  newNumber,
  newOrder,
  readState,
  readWallet,
  request,
  skipTime,
  until,
  useSimulator,
} from "../support/sandbox.ts";

beforeEach(useSimulator);
afterEach(() => {
  vi.useRealTimers();
});

const provider = "/providers/nurr-sandbox";
const mapping = {
  columns: {
    id: "Trx",
    number: "Mobile",
    amount: "Amount",
    status: "Status",
    time: "Date",
    debit: "Debit",
    credit: "Credit",
  },
  words: { success: ["Success"], failure: ["Failed"], refund: ["Refunded"], pending: ["Pending"], other: ["Deposit"] },
  date: "yyyy-MM-dd HH:mm:ss",
  zone: "Asia/Dhaka",
  decimal: { point: ".", grouping: "," },
  summary: { from: "From", to: "To", opening: "Opening", closing: "Closing", made: "Made" },
};
const headings = "Trx,Mobile,Amount,Status,Date,Debit,Credit";

/** As clocks in Dhaka show a moment. */
function inDhaka(moment: number): string {
  return new Date(moment + 6 * 3_600_000).toISOString().slice(0, 19).replace("T", " ");
}

const planSchema = z.looseObject({
  statement: z.looseObject({ id: z.string(), state: z.string() }),
  footing: z.looseObject({ foots: z.boolean() }),
  rows: z.array(
    z.looseObject({
      line: z.int(),
      disposition: z.string(),
      is_applied: z.boolean(),
      attempt: z.looseObject({ recharge_id: z.string() }).nullable(),
    }),
  ),
  missing: z.array(z.looseObject({ attempt: z.looseObject({ recharge_id: z.string() }), word: z.string() })),
});

async function post(lines: readonly string[], more: { path?: string; type?: string; body?: BodyInit } = {}) {
  const headers = {
    Authorization: `Bearer ${env.BOOTSTRAP_STAFF_TOKEN}`,
    ...(more.body === undefined ? { "Content-Type": more.type ?? "text/csv" } : {}),
  };
  const path = `/admin/v1${more.path ?? provider}/statements?dry_run`;
  const reply = await app.request(path, { method: "POST", headers, body: more.body ?? lines.join("\r\n") }, env);
  const body: unknown = await reply.json();
  return { status: reply.status, body };
}

async function dryRun(lines: readonly string[], path = provider) {
  const { status, body } = await post(lines, { path });
  expect([status, body]).toEqual([200, expect.anything()]);
  return planSchema.parse(body);
}

async function apply(id: string, path = provider): Promise<unknown> {
  const { status, body } = await askStaff(`${path}/statements/${id}/apply`, undefined, "POST");
  expect(status).toBe(200);
  return body;
}

/** A recharge through nurr whose answer was lost, with its account. */
async function lostRecharge(suffix: "40" | "41") {
  const { account: number, id } = await newPartner({ balance: "0.00" });
  const credit = { currency: "BDT", amount: "1000.00", reason: "opening", external_reference: "bdt" };
  await askStaff(`/partners/${id}/credits`, credit);
  const account = accountOf(number);
  const order = newOrder({ product: "bd.grameenphone.prepaid", number: newBangladeshNumber(suffix) });
  const placed = await account.place(request(order));
  if (!placed.ok) throw new Error(placed.problem.detail);
  const { recharge } = placed.value;
  await until(async () => (await account.readAttempts(recharge.id))[0]?.state, "in_doubt");
  return { account, order, recharge, takenAt: recharge.createdAt };
}

const words = (plan: z.infer<typeof planSchema>, id: string) =>
  plan.missing.filter(({ attempt }) => attempt.recharge_id === id).map(({ word }) => word);

describe("a provider's statement", () => {
  beforeEach(async () => {
    const { status, body } = await askStaff(`${provider}/statement-mapping`, mapping, "PUT");
    expect([status, body]).toMatchObject([200, { mapping: { zone: "Asia/Dhaka", delimiter: "," } }]);
  });

  it("settles a lost answer by its row, once", async () => {
    const { account, order, recharge, takenAt } = await lostRecharge("40");
    expect(await executions(order.number)).toBe(1);
    skipTime(600_000);
    const row = `T-${recharge.id},88${order.number},20.00,Success,${inDhaka(takenAt)},19.80,`;
    const lines = [headings, row];
    const plan = await dryRun(lines);
    expect(plan.rows).toMatchObject([
      { line: 2, disposition: "settles", is_applied: true, attempt: { recharge_id: recharge.id, state: "in_doubt" } },
    ]);
    expect(await readState(account, order.agentId)).toBe("pending");
    expect((await dryRun(lines)).statement.id).toBe(plan.statement.id);

    expect(await apply(plan.statement.id)).toMatchObject({
      kind: "applied",
      is_replay: false,
      statement: { taken: 1 },
    });
    expect(await readState(account, order.agentId)).toBe("succeeded");
    expect(await readWallet(account, "BDT")).toEqual({ balance: 98_020, held: 0, debt: 0 });
    expect(await apply(plan.statement.id)).toMatchObject({ kind: "applied", is_replay: true, statement: { taken: 1 } });
    const [attempt] = await account.readAttempts(recharge.id);
    expect(attempt?.evidence.filter(({ kind }) => kind === "statement")).toMatchObject([
      { word: "success", theirReference: `T-${recharge.id}`, said: "provider statement, line 2: Success" },
    ]);
    const again = await dryRun(lines);
    expect(again.rows).toMatchObject([{ disposition: "known", is_applied: false }]);
    await expectInvariants(account);
    const listed = await askStaff(`${provider}/statements`);
    expect(listed.body).toMatchObject({
      statements: expect.arrayContaining([
        {
          ...plan.statement,
          state: "applied",
          taken: 1,
          outdated: 0,
          applied_by: expect.any(String),
          applied_at: expect.any(String),
        },
      ]),
    });
  });

  it("settles an attempt as failed where it foots, reaches beyond it, and has no row of it", async () => {
    const { account, order, recharge, takenAt } = await lostRecharge("41");
    skipTime(600_000);
    const summary = (closing: string) => [
      `From:,${inDhaka(takenAt - 60_000)}`,
      `To:,${inDhaka(takenAt + 300_000)}`,
      `Made:,${inDhaka(takenAt + 500_000)}`,
      `Opening:,"1,000.00"`,
      `Closing:,${closing}`,
      headings,
      `D-1,,,Deposit,${inDhaka(takenAt + 1_000)},,500.00`,
    ];
    const broken = await dryRun(summary("1499.99"));
    expect(broken.footing).toMatchObject({ foots: false });
    expect(words(broken, recharge.id)).toEqual(["absence"]);
    expect(await apply(broken.statement.id)).toMatchObject({ kind: "applied" });
    expect(await readState(account, order.agentId)).toBe("pending");

    const footing = await dryRun(summary("1500.00"));
    expect(words(footing, recharge.id)).toEqual(["failure"]);
    expect(await apply(footing.statement.id)).toMatchObject({ kind: "applied" });
    expect(await readState(account, order.agentId)).toBe("failed");
    expect(await readWallet(account, "BDT")).toEqual({ balance: 100_000, held: 0, debt: 0 });
    expect(await executions(order.number)).toBe(0);
    await expectInvariants(account);
  });

  it("does nothing at all when an attempt has heard something since the dry run", async () => {
    const [first, second] = [await lostRecharge("40"), await lostRecharge("40")];
    skipTime(600_000);
    const rowOf = ({ order, recharge, takenAt }: typeof first) =>
      `T-${recharge.id},${order.number},20.00,Success,${inDhaka(takenAt)},19.80,`;
    const both = await dryRun([headings, rowOf(first), rowOf(second)]);
    const alone = await dryRun([headings, rowOf(first).replace("T-", "U-")]);
    expect(await apply(alone.statement.id)).toMatchObject({ kind: "applied" });
    expect(await apply(both.statement.id)).toEqual({ kind: "outdated", attempts: [expect.anything()] });
    expect(await readState(second.account, second.order.agentId)).toBe("pending");
    const anew = await dryRun([headings, rowOf(first), rowOf(second)]);
    expect(anew.rows.map(({ disposition }) => disposition)).toEqual(["agrees", "settles"]);
    expect(await apply(anew.statement.id)).toMatchObject({ kind: "applied", statement: { taken: 1, outdated: 0 } });
    expect(await readState(second.account, second.order.agentId)).toBe("succeeded");
  });

  it("comes as a form, and names the lines that cannot be read", async () => {
    const form = new FormData();
    form.set("file", new File([[headings, "T-1,017,20,Success,yesterday,,", "T-2,017,x,Odd,,,"].join("\n")], "a.csv"));
    const { status, body } = await post([], { body: form });
    expect([status, body]).toMatchObject([
      422,
      {
        code: "parameter",
        errors: [
          { pointer: "/line/2", reason: 'Date: "yesterday" is not a time of the form yyyy-MM-dd HH:mm:ss' },
          { pointer: "/line/3", reason: 'Status: "Odd" has no meaning in the mapping' },
        ],
      },
    ]);
    expect(await post([headings], { type: "application/json" })).toMatchObject({ status: 415 });
    expect(await post(["x".repeat(5 * 1024 * 1024 + 1)])).toMatchObject({ status: 413 });
    expect(await post([headings], { path: "/providers/nobody" })).toMatchObject({ status: 404 });
    expect(await post([headings], { path: "/providers/aopay-sandbox" })).toMatchObject({ status: 404 });
  });
});

it("a refund that names our reference reverses a success", async () => {
  const path = "/providers/backnpay-sandbox";
  const columns = { reference: "Ref", amount: "Amount", status: "Status", time: "Date" };
  const { summary: _summary, ...rest } = mapping;
  const put = await askStaff(`${path}/statement-mapping`, { ...rest, columns, zone: "Asia/Kolkata" }, "PUT");
  expect(put.status).toBe(200);
  const { account: number } = await newPartner();
  const account = accountOf(number);
  const order = newOrder({ number: newNumber("00") });
  const placed = await account.place(request(order));
  const id = placed.ok ? placed.value.recharge.id : "";
  const [attempt] = await account.readAttempts(id);
  skipTime(3_600_000);
  const refundedAt = new Date(Date.now() - 600_000 + 5.5 * 3_600_000).toISOString().slice(0, 19).replace("T", " ");
  const plan = await dryRun(["Ref,Amount,Status,Date", `${attempt?.reference ?? ""},20,Refunded,${refundedAt}`], path);
  expect(plan.rows).toMatchObject([{ disposition: "contradicts", is_applied: true, attempt: { recharge_id: id } }]);
  await apply(plan.statement.id, path);
  expect(await readState(account, order.agentId)).toBe("reversed");
  expect(await readWallet(account)).toEqual({ balance: 100_000, held: 0, debt: 0 });
  const read = await account.readEvents(caller, { after: 0, limit: 100 });
  // Words of both kinds stand against each other, so a person looks at it.
  expect(read.ok ? read.value.events.slice(-2).map(({ type }) => type) : null).toEqual([
    "recharge.reversed",
    "recharge.case_opened",
  ]);
});
