import { beforeEach, expect, test } from "vitest";
import { type AuditFilter, readAudit } from "../../../src/partners/audit.ts";
import { staffScopes } from "../../../src/partners/credentials.ts";
import {
  createAuthenticateStaff,
  issueStaffToken,
  refuseWithoutStaffScope,
  revokeStaffToken,
  type StaffParts,
} from "../../../src/partners/staff.ts";
import { openMemoryDatabase } from "../../support/memory-database.ts";
import { hashSecret } from "../../support/partner-rows.ts";

let parts: StaffParts;
let now = 0;
const bootstrapToken = "a-bootstrap-token-of-many-characters";
const by = { staff: "root", requestId: "req_1" };

beforeEach(() => {
  now = 5_000;
  parts = { database: openMemoryDatabase(), hashSecret, clock: { now: () => now }, bootstrapToken };
});

test("the bootstrap token has every scope; without one in the settings it is unknown", async () => {
  expect(await createAuthenticateStaff(parts)(bootstrapToken)).toEqual({
    ok: true,
    value: { staff: "bootstrap", scopes: staffScopes },
  });
  expect(await createAuthenticateStaff({ ...parts, bootstrapToken: null })(bootstrapToken)).toMatchObject({
    ok: false,
    problem: { code: "credentials" },
  });
});

test("an issued token is let in with its scopes until it is revoked, at once", async () => {
  const { token, tokenId } = await issueStaffToken(parts, { staff: "asha", scopes: ["finance"], expiresAt: null }, by);
  const authenticate = createAuthenticateStaff(parts);
  expect(await authenticate(token)).toEqual({ ok: true, value: { staff: "asha", scopes: ["finance"] } });
  expect((await authenticate(`${token.slice(0, -1)}!`)).ok).toBe(false);
  expect(await revokeStaffToken(parts, tokenId, by)).toEqual({ ok: true, value: null });
  expect((await authenticate(token)).ok).toBe(false);
  now += 10;
  expect((await revokeStaffToken(parts, tokenId, by)).ok).toBe(true);
  expect(await parts.database.all("select revoked_at from staff_tokens", [])).toMatchObject([{ revoked_at: 5_000 }]);
});

test("an expired token is not let in", async () => {
  const { token } = await issueStaffToken(parts, { staff: "asha", scopes: ["viewer"], expiresAt: now + 10 }, by);
  now += 9;
  expect((await createAuthenticateStaff(parts)(token)).ok).toBe(true);
  now += 1;
  expect((await createAuthenticateStaff(parts)(token)).ok).toBe(false);
});

test("an unknown token cannot be revoked", async () => {
  expect(await revokeStaffToken(parts, "tok_unknown", by)).toMatchObject({ ok: false, problem: { code: "not_found" } });
});

test("both are audited, and no secret is in the tables", async () => {
  const { token, tokenId } = await issueStaffToken(parts, { staff: "asha", scopes: ["viewer"], expiresAt: null }, by);
  await revokeStaffToken(parts, tokenId, { staff: "boss", requestId: "req_2" });
  const lines = await readAudit(parts.database, {}, { order: "oldest", cursor: null, limit: 10 });
  expect(lines).toMatchObject([
    { staff: "root", verb: "issue_staff_token", subject: tokenId, before: null, request_id: "req_1", at: 5_000 },
    { staff: "boss", verb: "revoke_staff_token", subject: tokenId, request_id: "req_2" },
  ]);
  const stored = JSON.stringify([lines, await parts.database.all("select * from staff_tokens", [])]);
  expect(stored).not.toContain(token);
  const idsOf = async (...asked: [AuditFilter, ("oldest" | "newest")?, (number | null)?, number?]) => {
    const [filter, order = "oldest", cursor = null, limit = 10] = asked;
    return (await readAudit(parts.database, filter, { order, cursor, limit })).map(({ id }) => id);
  };
  expect(await idsOf({}, "oldest", 1)).toEqual([2]);
  expect(await idsOf({}, "oldest", null, 1)).toEqual([1]);
  expect(await idsOf({}, "newest")).toEqual([2, 1]);
  expect(await idsOf({}, "newest", 2)).toEqual([1]);
  expect(await idsOf({ staff: "boss" })).toEqual([2]);
  expect(await idsOf({ verb: "issue_staff_token", subject: tokenId })).toEqual([1]);
  expect(await idsOf({ from: 5_001 })).toEqual([]);
  expect(await idsOf({ from: 5_000, to: 5_001 }, "newest")).toEqual([2, 1]);
});

test("every staff member may look, and nobody does what his scopes do not name", () => {
  expect(refuseWithoutStaffScope({ staff: "a", scopes: ["finance"] }, "viewer")).toBeNull();
  expect(refuseWithoutStaffScope({ staff: "a", scopes: ["finance"] }, "finance")).toBeNull();
  expect(refuseWithoutStaffScope({ staff: "a", scopes: ["admin"] }, "finance")).toMatchObject({ code: "scope" });
  expect(refuseWithoutStaffScope({ staff: "a", scopes: [] }, "viewer")).toMatchObject({ code: "scope" });
});
