// Queries, paths and bodies of staff that are wrong.
import { expect, test } from "vitest";
import { z } from "zod";
import { asPartner, asStaff, openApi } from "../../support/api-without-accounts.ts";

const problemSchema = z.looseObject({
  code: z.string(),
  errors: z.array(z.object({ pointer: z.string(), reason: z.string() })).optional(),
});

const api = await openApi();

test.each([
  ["/v1/recharges?agent_id=a&state=pending", "/query/agent_id"],
  ["/v1/recharges?agent_id=a%20b", "/query/agent_id"],
  ["/v1/recharges?state=done", "/query/state"],
  ["/v1/recharges?from=yesterday", "/query/from"],
  ["/v1/recharges?from=2026-11-02T10:00:00", "/query/from"],
  ["/v1/recharges?cursor=1", "/query/cursor"],
  ["/v1/recharges?limit=0", "/query/limit"],
  ["/v1/recharges?limit=501", "/query/limit"],
  ["/v1/recharges?limit=1&limit=2", "/query/limit"],
  ["/v1/recharges?colour=red", "/query/colour"],
  ["/v1/statement?currency=USD", "/query/currency"],
  ["/v1/statement?after=1", "/query/after"],
  ["/v1/events?after=-1", "/query/after"],
  ["/v1/events?limit=501", "/query/limit"],
  ["/v1/products?country=US", "/query/country"],
])("%s is refused at %s", async (path, pointer) => {
  const reply = await api.ask(path, { headers: asPartner });
  expect(reply.status).toBe(422);
  expect(problemSchema.parse(await reply.json())).toMatchObject({ code: "parameter", errors: [{ pointer }] });
});

test.each([
  ["POST", "/admin/v1/partners", { name: "a", mode: "test", wallets: ["INR"], commission: [] }, "/mode"],
  ["POST", "/admin/v1/partners", { name: "a\u0007", mode: "live", wallets: ["INR"], commission: [] }, "/name"],
  ["POST", "/admin/v1/partners", { name: "a", mode: "live", wallets: [], commission: [] }, "/wallets"],
  [
    "POST",
    "/admin/v1/partners/ptn_00001/credits",
    { currency: "INR", amount: "0.00", reason: "r", external_reference: "e" },
    "/amount",
  ],
  [
    "POST",
    "/admin/v1/partners/ptn_00001/credits",
    { currency: "INR", amount: "1.00", reason: "r", external_reference: "e f" },
    "/external_reference",
  ],
  ["POST", "/admin/v1/partners/ptn_00000/suspend", undefined, "/path/partner"],
  ["POST", "/admin/v1/partners/7/suspend", undefined, "/path/partner"],
  ["POST", "/admin/v1/partners/ptn_00001/keys", { name: "k", scopes: ["everything"] }, "/scopes/0"],
  [
    "POST",
    "/admin/v1/partners/ptn_00001/keys",
    { name: "k", scopes: ["account:read"], addresses: ["x"] },
    "/addresses/0",
  ],
  ["PUT", "/admin/v1/providers/backnpay", { is_off: "yes" }, "/is_off"],
] as const)("%s %s is refused at the place that is wrong", async (method, path, body, pointer) => {
  const reply = await api.ask(path, {
    method,
    headers: asStaff,
    body: body === undefined ? null : JSON.stringify(body),
  });
  expect(reply.status).toBe(422);
  expect(problemSchema.parse(await reply.json())).toMatchObject({ code: "parameter", errors: [{ pointer }] });
});

test("no account was asked", () => {
  expect(api.accountsAsked()).toBe(0);
});
