// Who may what: each operation of `/admin/v1` with each scope, by a token and by a session of the console, and without either.
import { describe, expect, it } from "vitest";
import { createApi } from "../../../src/api/create.ts";
import { openApiDocument } from "../../../src/api/document.ts";
import { staffScopes } from "../../../src/partners/credentials.ts";
import type { StaffScope } from "../../../src/partners/credentials.ts";
import { type Guest, openSession } from "../../../src/partners/sessions.ts";
import { issueStaffToken } from "../../../src/partners/staff.ts";
import { openApi } from "../../support/api-without-accounts.ts";
import { hashSecret } from "../../support/partner-rows.ts";

const operations = Object.entries(openApiDocument(createApi()).paths ?? {})
  .filter(([path]) => path.startsWith("/admin/v1"))
  .flatMap(([path, { get, put, post, delete: remove }]) =>
    Object.entries({ GET: get, PUT: put, POST: post, DELETE: remove }).flatMap(([method, operation]) => {
      const scope = staffScopes.find((one) => operation?.description?.includes(`Staff scope: \`${one}\``));
      return operation === undefined ? [] : [{ id: operation.operationId ?? "", method, path, scope }];
    }),
  );

/** What each scope adds to looking. Money is finance's, and who may come in is admin's, whatever else is added later. */
const mustHave = {
  creditWallet: "finance",
  debitWallet: "finance",
  changeLimits: "finance",
  changePlan: "finance",
  cancelPlan: "finance",
  changeRewards: "finance",
  createPartner: "admin",
  issueKey: "admin",
  rotateKey: "admin",
  changeAddresses: "admin",
  issueStaffToken: "admin",
  issueSignInLink: "admin",
  changeRoles: "admin",
  removePasskeys: "admin",
  revokeStaffToken: "admin",
  listStaffTokens: "admin",
  readAudit: "admin",
  seedSandbox: "admin",
  suspendPartner: "operator",
  closePartner: "operator",
  resumePartner: "operator",
  revokeKey: "operator",
  switchProvider: "operator",
  changeOrder: "operator",
  certifyCode: "operator",
  testProvider: "operator",
  changeNumberRules: "operator",
  blockNumber: "operator",
  previewRuling: "viewer",
  listDifferences: "viewer",
  listRuns: "viewer",
  previewStatement: "viewer",
  proposeRuling: "operator",
  confirmRuling: "operator",
  reconcileNow: "operator",
} as const satisfies Readonly<Record<string, StaffScope>>;

/** Ask without changing anything. */
const asking = ["searchRecharges", "previewPlan", "previewRuling", "previewStatement"];

const api = await openApi();
const clock = { now: () => Date.UTC(2026, 10, 2, 10) };
const parts = { database: api.database, hashSecret, clock, bootstrapToken: null };
const by = { staff: "root", requestId: "req_1" };
const tokens = await Promise.all(
  staffScopes.map(async (scope) => {
    const issued = await issueStaffToken(parts, { staff: scope, scopes: [scope], expiresAt: null }, by);
    return { scope, token: issued.token };
  }),
);
const sessions = await Promise.all(
  staffScopes.map(async (scope) => {
    const guest: Guest = { kind: "staff", person: `${scope} in the console`, scopes: [scope] };
    return { scope, token: await openSession(parts, guest, "link") };
  }),
);
const portal = await openSession(parts, { kind: "partner", person: "a partner's", account: 1 }, "link");

/** The closed code of the answer, whatever it is; parameters and bodies are wrong on purpose, so nothing is done. */
async function codeOf(method: string, path: string, token: string | null): Promise<string> {
  const headers = { "Content-Type": "text/none", ...(token === null ? {} : { Authorization: `Bearer ${token}` }) };
  const filled = `${path.replaceAll(/\{\w+\}/g, "~")}?unknown=1`;
  const reply = await api.ask(filled, { method, headers, ...(method === "GET" ? {} : { body: "~" }) });
  const body: unknown = await reply.json();
  return typeof body === "object" && body !== null && "code" in body ? String(body.code) : String(reply.status);
}

describe.each(operations)("$id", ({ id, method, path, scope }) => {
  it("says its scope in the document: at least operator where it changes something", () => {
    expect(scope).toBeDefined();
    const isRead = method === "GET" || asking.includes(id);
    expect(isRead || scope !== "viewer").toBe(true);
  });

  it("lets in who has the scope, by a token or a session, and nobody else", async () => {
    expect(await codeOf(method, path, null)).toBe("credentials");
    expect(await codeOf(method, path, "rs_00000000000000000000000000000000")).toBe("credentials");
    expect(await codeOf(method, path, portal)).toBe("credentials");
    for (const one of [...tokens, ...sessions]) {
      const isLetIn = scope === "viewer" || one.scope === scope;
      expect([one.scope, (await codeOf(method, path, one.token)) !== "scope"]).toEqual([one.scope, isLetIn]);
    }
  });
});

it.each(Object.entries(mustHave))("%s takes %s", (id, scope) => {
  expect(operations.find((operation) => operation.id === id)?.scope).toBe(scope);
});
