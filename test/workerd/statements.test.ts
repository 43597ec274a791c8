// Providers' statements through the whole Worker: what a dry run shows, and what applying it does to real accounts.
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { openD1 } from "../../src/ledger/client.ts";
import { beginApplying, findStatement, readBindings } from "../../src/ledger/provider-statements.ts";
import { askStaff, newPartner } from "../support/api-journey.ts";
import {
  accountOf,
  caller,
  executions,
  expectInvariants,
  newNumber,
  newOrder,
  readState,
  readWallet,
  request,
  skipTime,
  useSimulator,
} from "../support/sandbox.ts";
import {
  apply,
  dryRun,
  headings,
  inDhaka,
  lostRecharge,
  mapping,
  post,
  provider,
  successRow,
  words,
} from "../support/statement-journey.ts";

beforeEach(async () => {
  useSimulator();
  await askStaff(`${provider}/statement-mapping`, mapping, "PUT");
});
afterEach(() => {
  vi.useRealTimers();
});

it("a provider's statement settles a lost answer by its row, once", async () => {
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

  expect(await apply(plan.statement.id)).toMatchObject({ kind: "applied", is_replay: false });
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
  const kept = { ...plan.statement, state: "applied", taken: 1, outdated: 0 };
  const byWhom = { applied_by: "bootstrap", applied_at: expect.any(String) };
  expect(listed.body).toMatchObject({ statements: expect.arrayContaining([{ ...kept, ...byWhom }]) });
});

it("a provider's statement settles an attempt as failed where it foots, reaches beyond it, and has no row of it", async () => {
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

it("a provider's statement does nothing at all when an attempt has heard something since the dry run", async () => {
  const [first, second] = [await lostRecharge("40"), await lostRecharge("40")];
  skipTime(600_000);
  const rowOf = (lost: typeof first) => successRow(`T-${lost.recharge.id}`, lost);
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

it("a provider's statement comes as a form, and names the lines that cannot be read", async () => {
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

it("a dry run that two apply at once is applied once", async () => {
  const lost = await lostRecharge("40");
  const { account, recharge } = lost;
  skipTime(600_000);
  const { statement } = await dryRun([headings, successRow(`T-${recharge.id}`, lost)]);
  const answers = await Promise.all([apply(statement.id), apply(statement.id)]);
  expect(answers).toMatchObject([{ kind: "applied" }, { kind: "applied" }]);
  const [attempt] = await account.readAttempts(recharge.id);
  expect(attempt?.evidence.filter(({ kind }) => kind === "statement")).toHaveLength(1);
  expect(await readWallet(account, "BDT")).toEqual({ balance: 98_020, held: 0, debt: 0 });
  await expectInvariants(account);
});

it("applying that was interrupted goes on where it was, also for an account that has heard something since", async () => {
  const [first, second] = [await lostRecharge("40"), await lostRecharge("40")];
  skipTime(600_000);
  const ids = [`T-${first.recharge.id}`, `T-${second.recharge.id}`] as const;
  const { statement } = await dryRun([headings, successRow(ids[0], first), successRow(ids[1], second)]);
  const other = await dryRun([headings, successRow(`U-${second.recharge.id}`, second)]);
  const database = openD1(env.DB);
  const stored = await findStatement(database, "nurr-sandbox", statement.id);
  if (stored === null) throw new Error("no dry run");
  await database.batch(beginApplying(stored, { staff: "test", at: Date.now() }));
  expect(await apply(other.statement.id)).toMatchObject({ kind: "applied", statement: { taken: 1 } });
  expect(await apply(statement.id)).toMatchObject({ kind: "applied", statement: { taken: 1, outdated: 1 } });
  expect(await readState(first.account, first.order.agentId)).toBe("succeeded");
  // The row that was not used is free again, the other one is not.
  const identities = ids.map((id) => `id:${id}`);
  expect(await readBindings(database, "nurr-sandbox", identities)).toEqual([
    { identity: `id:${ids[0]}`, account: expect.any(Number), attempt: 1 },
  ]);
});

it("a row that another import has bound meanwhile stops the dry run, and the tables refuse to bind it anew", async () => {
  const lost = await lostRecharge("40");
  const { account, order, recharge } = lost;
  skipTime(600_000);
  const id = `T-${recharge.id}`;
  const { statement } = await dryRun([headings, successRow(id, lost)]);
  await env.DB.prepare("insert into statement_rows values ('nurr-sandbox', ?1, 1, 1, 'another', 0)")
    .bind(`id:${id}`)
    .run();
  expect(await apply(statement.id)).toMatchObject({ kind: "outdated", attempts: [{ attempt: 1 }] });
  const database = openD1(env.DB);
  const stored = await findStatement(database, "nurr-sandbox", statement.id);
  if (stored === null) throw new Error("no dry run");
  await expect(database.batch(beginApplying(stored, { staff: "test", at: 0 }))).rejects.toThrow(
    "a row settles one attempt, ever",
  );
  expect((await findStatement(database, "nurr-sandbox", statement.id))?.state).toBe("planned");
  expect(await readState(account, order.agentId)).toBe("pending");
});
