// Partners' files of recharges: checked as a whole, started knowingly, each good row recharged once.
import { abortAllDurableObjects } from "cloudflare:test";
import { beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { ask, askStaff, newPartner, orderBody } from "../support/api-journey.ts";
import {
  goodRows,
  headings,
  readProgress,
  readResult,
  send,
  start,
  stop,
  untilState,
  upload,
} from "../support/bulk-journey.ts";
import { accountOf, executions, expectInvariants, newNumber, until, useSimulator } from "../support/sandbox.ts";

beforeEach(() => useSimulator());

const numberIn = (row: string): string => row.split(",")[1] ?? "";

async function executionsOf(rows: readonly string[]): Promise<number[]> {
  return Promise.all(rows.map((row) => executions(numberIn(row))));
}

test("a file of recharges is checked as a whole: every bad row has its line, column, code and reason, and nothing runs", async () => {
  const partner = await newPartner();
  const number = newNumber("00");
  const { status, ...bulk } = await upload(partner, [
    "agent_id,product,number,amount,currency,std_code",
    `a1,in.airtel.prepaid,${number},20.00,,`,
    `a2,in.nobody.prepaid,${newNumber("00")},20.00,,`,
    "a3,in.airtel.prepaid,12345,20.00,,",
    `a4,in.airtel.prepaid,${newNumber("00")},20.005,,`,
    `a5,in.airtel.prepaid,${newNumber("00")},5.00,,`,
    `a1,in.airtel.prepaid,${newNumber("00")},20.00,,`,
    `a7,in.airtel.prepaid,${number},20.00,,`,
    `a8,in.airtel.prepaid,${newNumber("00")},20.00,BDT,`,
    `,in.airtel.prepaid,${newNumber("00")},20.00,INR,`,
  ]);
  expect(status).toBe(201);
  expect(bulk.state).toBe("checked");
  expect(bulk.rows).toEqual({ bad: 8, waiting: 1, placed: 0, refused: 0 });
  expect(bulk.cost).toEqual([{ currency: "INR", amount: "19.80" }]);
  const found = bulk.bad_rows.map(({ line, problems }) => [line, problems[0]?.column, problems[0]?.code]);
  expect(found).toEqual([
    [3, "product", "product_unknown"],
    [4, "number", "number"],
    [5, "amount", "parameter"],
    [6, "amount", "amount_range"],
    [7, "agent_id", "agent_id_conflict"],
    [8, "number", "repeat"],
    [9, "currency", "currency"],
    [10, "agent_id", "parameter"],
  ]);
  for (const { problems } of bulk.bad_rows) expect(problems[0]?.reason).toMatch(/\w+ \w+/);
  expect(await executions(number)).toBe(0);
});

test("a file of recharges recharges each good row once, and says in its result what became of every row", async () => {
  const partner = await newPartner();
  const rows = [...goodRows(3), ...goodRows(1, "10"), "in.airtel.prepaid,12,20.00", ...goodRows(2)];
  const { id } = await upload(partner, [headings, ...rows]);
  expect((await start(partner, id)).body).toMatchObject({ code: "parameter", errors: [{ pointer: "/skip_bad" }] });
  expect((await start(partner, id, { skip_bad: true, per_minute: 6_000 })).status).toBe(200);
  await untilState(partner, id, "done");
  await until(async () => (await readProgress(partner, id)).outcomes?.pending, 0);
  const { rows: counts, outcomes } = await readProgress(partner, id);
  expect(counts).toEqual({ bad: 1, waiting: 0, placed: 6, refused: 0 });
  expect(outcomes).toMatchObject({ succeeded: 5, failed: 1 });
  expect(await executionsOf(rows.slice(0, 3))).toEqual([1, 1, 1]);
  const result = await readResult(partner, id);
  expect(result.map(({ line, status }) => [line, status])).toEqual([
    ["2", "succeeded"],
    ["3", "succeeded"],
    ["4", "succeeded"],
    ["5", "failed"],
    ["6", "bad"],
    ["7", "succeeded"],
    ["8", "succeeded"],
  ]);
  expect(result[4]).toMatchObject({ column: "number", code: "number" });
  await expectInvariants(accountOf(partner.account));
});

test("a file of recharges uploaded twice recharges once, also under other line ends, and another name means another file", async () => {
  const partner = await newPartner();
  const rows = goodRows(3);
  const first = await upload(partner, [headings, ...rows]);
  await start(partner, first.id, { per_minute: 6_000 });
  await untilState(partner, first.id, "done");
  const again = await send(partner, `\uFEFF${[headings, ...rows].join("\r\n")}\r\n`);
  expect(again).toMatchObject({ status: 200, body: { id: first.id, state: "done", rows: { placed: 3 } } });
  await start(partner, first.id, { per_minute: 6_000 });
  expect(await executionsOf(rows)).toEqual([1, 1, 1]);
  const meant = await upload(partner, [headings, ...rows], "second time");
  expect([meant.status, meant.id === first.id]).toEqual([201, false]);
});

test("a file of recharges is the partner's own: another partner does not find it", async () => {
  const [partner, other] = [await newPartner(), await newPartner()];
  const { id } = await upload(partner, [headings, ...goodRows(1)]);
  for (const path of [`/${id}`, `/${id}/problems`, `/${id}/result`])
    expect((await ask(other.key, `/v1/bulk-recharges${path}`)).body).toMatchObject({ code: "not_found" });
  expect((await start(other, id)).body).toMatchObject({ code: "not_found" });
  expect((await ask(partner.key, "/v1/bulk-recharges")).body).toMatchObject({ bulks: [{ id, state: "checked" }] });
  expect((await ask(other.key, "/v1/bulk-recharges")).body).toEqual({ bulks: [] });
});

test("a start holds what the rows cost against max_cost and the balance", async () => {
  const partner = await newPartner({ balance: "50.00" });
  const { id, cost } = await upload(partner, [headings, ...goodRows(3)]);
  expect(cost).toEqual([{ currency: "INR", amount: "59.40" }]);
  expect((await start(partner, id, { max_cost: { INR: "59.39" } })).body).toMatchObject({ code: "max_cost" });
  expect((await start(partner, id, { max_cost: { BDT: "100.00" } })).body).toMatchObject({ code: "max_cost" });
  expect((await start(partner, id, { max_cost: { INR: "59.40" } })).body).toMatchObject({ code: "balance" });
  expect((await readProgress(partner, id)).state).toBe("checked");
});

test("a start never costs more than the rows cost when it was given, whatever becomes of the plan", async () => {
  const partner = await newPartner();
  const { id } = await upload(partner, [headings, ...goodRows(2)]);
  await start(partner, id, { per_minute: 1 });
  await until(async () => (await readProgress(partner, id)).rows.placed, 1);
  await askStaff(`/partners/${partner.id}/plan`, { commission: [] }, "PUT");
  await stop(partner, id, "pause");
  expect((await start(partner, id, { max_cost: { INR: "19.80" } })).body).toMatchObject({ code: "max_cost" });
});

test("a run that was reset goes on where it was: each row once", async () => {
  const partner = await newPartner();
  const rows = goodRows(12);
  const { id } = await upload(partner, [headings, ...rows]);
  await start(partner, id, { per_minute: 6_000 });
  await until(async () => (await readProgress(partner, id)).rows.placed > 2, true);
  await abortAllDurableObjects();
  // The platform repeats an alarm that was cut off after two seconds.
  await untilState(partner, id, "done", 12_000);
  expect((await readProgress(partner, id)).rows).toEqual({ bad: 0, waiting: 0, placed: 12, refused: 0 });
  expect(await executionsOf(rows)).toEqual(rows.map(() => 1));
}, 15_000);

test("a run stops where the wallet is empty, says so, and goes on once it is filled", async () => {
  const partner = await newPartner({ balance: "60.00" });
  const rows = goodRows(3);
  const { id } = await upload(partner, [headings, ...rows]);
  await start(partner, id, { per_minute: 60 });
  const debit = { currency: "INR", amount: "30.00", reason: "test" };
  await askStaff(`/partners/${partner.id}/debits`, { ...debit, external_reference: "out" });
  await untilState(partner, id, "paused");
  expect(await readProgress(partner, id)).toMatchObject({ stopped_by: { code: "balance" }, rows: { waiting: 2 } });
  await askStaff(`/partners/${partner.id}/credits`, { ...debit, external_reference: "in" });
  await start(partner, id, { per_minute: 6_000 });
  await untilState(partner, id, "done");
  expect(await executionsOf(rows)).toEqual([1, 1, 1]);
});

test("a run stops when its partner is suspended or its key revoked", async () => {
  const partner = await newPartner();
  const { id } = await upload(partner, [headings, ...goodRows(3)]);
  await start(partner, id, { per_minute: 600 });
  await askStaff(`/partners/${partner.id}/suspend`, {});
  await untilState(partner, id, "paused");
  expect(await readProgress(partner, id)).toMatchObject({ stopped_by: { code: "suspended" } });
  await askStaff(`/partners/${partner.id}/resume`, {});
  const issued = await askStaff(`/partners/${partner.id}/keys`, { name: "second", scopes: ["recharges:read"] });
  const second = {
    ...partner,
    key: z.object({ secrets: z.object({ key: z.string() }) }).parse(issued.body).secrets.key,
  };
  await start(partner, id, { per_minute: 60 });
  await askStaff(`/partners/${partner.id}/keys/${partner.keyId}`, undefined, "DELETE");
  await untilState(second, id, "paused");
  expect(await readProgress(second, id)).toMatchObject({ stopped_by: { code: "credentials" } });
  expect((await ask(partner.key, `/v1/bulk-recharges/${id}`)).status).toBe(401);
});

test("a run keeps its pace; cancelled it places no further row, and the same file again opens what was left", async () => {
  const partner = await newPartner();
  const rows = goodRows(4);
  const { id } = await upload(partner, [headings, ...rows]);
  await start(partner, id, { per_minute: 2 });
  await until(async () => (await readProgress(partner, id)).rows.placed, 1);
  await stop(partner, id, "cancel");
  await untilState(partner, id, "cancelled");
  expect((await readResult(partner, id)).map(({ status }) => status)).toEqual([
    expect.stringMatching(/^(succeeded|pending)$/),
    "not_placed",
    "not_placed",
    "not_placed",
  ]);
  const again = await upload(partner, [headings, ...rows]);
  expect(again).toMatchObject({ status: 200, id, state: "checked", rows: { placed: 1, waiting: 3 } });
  await start(partner, id, { per_minute: 6_000 });
  await untilState(partner, id, "done");
  expect(await executionsOf(rows)).toEqual([1, 1, 1, 1]);
});

test("a run takes a row whose agent id has its recharge already for that one, and another order of it for bad", async () => {
  const partner = await newPartner();
  const [number, other] = [newNumber("00"), newNumber("00")];
  await ask(partner.key, "/v1/recharges", { body: orderBody({ agent_id: "own-1", number }) });
  const bulk = await upload(partner, [
    `agent_id,${headings}`,
    `own-1,in.airtel.prepaid,${number},20.00`,
    `own-2,in.airtel.prepaid,${other},20.00`,
  ]);
  expect(bulk).toMatchObject({ rows: { waiting: 2 }, cost: [{ amount: "19.80" }] });
  await start(partner, bulk.id, { per_minute: 6_000 });
  await untilState(partner, bulk.id, "done");
  expect([await executions(number), await executions(other)]).toEqual([1, 1]);
  const clash = await upload(partner, [`agent_id,${headings}`, `own-1,in.airtel.prepaid,${other},20.00`]);
  expect(clash.bad_rows).toMatchObject([{ line: 2, problems: [{ column: "agent_id", code: "agent_id_conflict" }] }]);
});
