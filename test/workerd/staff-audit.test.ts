// Every write of the admin API leaves its line in the audit; money moves once per reference; plans apply from their date.
import { env } from "cloudflare:workers";
import { beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { openD1 } from "../../src/ledger/client.ts";
import { scopes, staffScopes } from "../../src/partners/credentials.ts";
import { ask, askStaff, newPartner, orderBody } from "../support/api-journey.ts";
import { newBangladeshPartner, placeDoubtful } from "../support/case-journey.ts";
import { readOperations } from "../support/operations.ts";
import { accountOf, skipTime, until, useSimulator } from "../support/sandbox.ts";
import type { Walk } from "../support/staff-write-step.ts";
import {
  bulkSteps,
  chatSteps,
  codeSteps,
  floatSteps,
  webhookSteps,
  peopleSteps,
} from "../support/staff-more-writes.ts";
import { credit, future, rates, steps as firstSteps } from "../support/staff-writes.ts";

beforeEach(useSimulator);

const database = openD1(env.DB);
const steps = [...bulkSteps, ...chatSteps, ...firstSteps, ...webhookSteps, ...floatSteps, ...codeSteps, ...peopleSteps];

const json = z.string().transform((text): unknown => JSON.parse(text));
const auditRow = z.object({
  staff: z.string(),
  verb: z.string().regex(/^[a-z_]+$/),
  before: json.nullable(),
  after: json.nullable(),
});

/** Write nothing: they answer what there is, or what would be. */
const asking = ["searchRecharges", "previewPlan", "previewRuling", "previewStatement"];
/** Is made of several writes that are each audited. */
const several = ["seedSandbox"];

test("every operation that writes is in this walk", async () => {
  const writing = (await readOperations("/admin/v1")).flatMap(({ id, method }) => (method === "GET" ? [] : [id]));
  const walked = [...new Set([...steps.map(({ operation }) => operation), ...asking])];
  expect(walked.toSorted(), "add a step for each new operation to `steps` in test/support/staff-writes.ts").toEqual(
    writing.toSorted(),
  );
});

test("every write of staff leaves one line: who, what, before, after", async () => {
  const issued = await askStaff("/staff-tokens", { staff: "walker", scopes: staffScopes });
  const { token } = z.looseObject({ token: z.string() }).parse(issued.body);
  const doubtful = (await placeDoubtful(await newBangladeshPartner(), "41")).id;
  const walk: Walk = {
    partner: await newPartner({ scopes }),
    doubtful,
    send: (method, path, body) =>
      typeof body === "string"
        ? ask(token, `/admin/v1${path}`, { method, raw: body, headers: { "Content-Type": "text/csv" } })
        : ask(token, `/admin/v1${path}`, { method, body }),
  };
  for (const { operation, run, before, after } of steps) {
    const reply = await run(walk);
    expect([operation, reply.status < 300, reply.body]).toEqual([operation, true, reply.body]);
    const rows = await database.all("select * from audit where request_id = ?1 order by id", [
      reply.headers.get("X-Request-Id"),
    ]);
    const who = operation === "proposeRuling" ? "proposer" : "walker";
    expect([operation, rows.length >= 1, rows.length === 1 || several.includes(operation)]).toEqual([
      operation,
      true,
      true,
    ]);
    const line = auditRow.parse(rows[0]);
    expect([operation, line.after]).not.toEqual([operation, null]);
    const said = { staff: who, ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
    expect([operation, line]).toMatchObject([operation, said]);
  }
}, 30_000);

test("a credit is booked once per external reference, also when it comes twenty times at once", async () => {
  const { id, account } = await newPartner({ balance: "0.00" });
  const replies = await Promise.all(Array.from({ length: 20 }, () => askStaff(`/partners/${id}/credits`, credit)));
  expect(replies.map(({ status, body }) => [status, body])).toEqual(
    Array.from({ length: 20 }, () => [200, expect.objectContaining({ balance: "5.00" })]),
  );
  expect((await accountOf(account).readFigures({ withPending: false }))?.eventNumber).toBe(1);
  const other = await askStaff(`/partners/${id}/credits`, { ...credit, amount: "6.00" });
  expect(other.body).toMatchObject({ code: "parameter", errors: [{ pointer: "/external_reference" }] });
});

test("an amount that is none is refused, whatever else is checked about the body", async () => {
  const { id } = await newPartner({ balance: "0.00" });
  const refused = await askStaff(`/partners/${id}/credits`, { ...credit, amount: "5.0x" });
  expect([refused.status, refused.body]).toEqual([
    422,
    expect.objectContaining({ errors: [expect.objectContaining({ pointer: "/amount" })] }),
  ]);
});

test("a plan from a date is previewed on real recharges, applies from then on, and is what the hold names", async () => {
  const { id, key } = await newPartner();
  const place = async () => (await ask(key, "/v1/recharges", { body: orderBody() })).body;
  expect(await place()).toMatchObject({ commission: "0.20" });
  const preview = async () => (await askStaff(`/partners/${id}/plan/preview`, rates(250))).body;
  const line = { recharges: 1, amount: "20.00", commission: "0.20", commission_then: "0.50", difference: "0.30" };
  await until(async () => z.object({ lines: z.array(z.looseObject({})) }).parse(await preview()).lines.length, 1);
  expect(await preview()).toMatchObject({ lines: [line] });
  expect((await askStaff(`/partners/${id}/plan`, { ...rates(250), from: future() }, "PUT")).body).toMatchObject({
    plan_version: 1,
    later_plans: [{ version: 2 }],
  });
  expect(await place()).toMatchObject({ commission: "0.20" });
  skipTime(86_401_000);
  try {
    expect(await place()).toMatchObject({ commission: "0.50", cost: "19.50" });
  } finally {
    vi.useRealTimers();
  }
  expect((await askStaff(`/partners/${id}/plans`)).body).toMatchObject({ plans: [{ version: 2 }, { version: 1 }] });
  const listed = async () => (await askStaff(`/recharges?partner=${id}`)).body;
  await until(
    async () => z.object({ recharges: z.array(z.looseObject({})) }).parse(await listed()).recharges.length,
    3,
  );
  expect(await listed()).toMatchObject({
    recharges: [{ commission: "0.50", partner: id, provider: "backnpay-sandbox" }, {}, {}],
  });
  const versions = await database.all("select plan_version from recharges where account = ?1 order by counter", [
    z.looseObject({ account: z.int() }).parse((await askStaff(`/partners/${id}`)).body).account,
  ]);
  expect(versions.map((row) => row["plan_version"])).toEqual([1, 1, 2]);
  expect((await askStaff(`/partners/${id}/plan`, { ...rates(9_999) }, "PUT")).body).toMatchObject({
    code: "parameter",
  });
  const past = { ...rates(1), from: "2020-01-01T00:00:00Z" };
  expect((await askStaff(`/partners/${id}/plan`, past, "PUT")).body).toMatchObject({ errors: [{ pointer: "/from" }] });
});
