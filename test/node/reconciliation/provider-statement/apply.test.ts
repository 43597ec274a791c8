// Applying dry runs over real accounts in Node: what the dry run showed, once, or nothing.
import { beforeEach, describe, expect, test } from "vitest";
import { beginApplying, findStatement, readBindings } from "../../../../src/ledger/provider-statements.ts";
import { applyImport } from "../../../../src/reconciliation/provider-statement/apply.ts";
import { by, type Desk, dryRun, lose, now, nurr, openDesk, remember, stateOf, successRow } from "./import-fixture.ts";

const bela = { staff: "bela", requestId: "req_2" };
let desk: Desk;

beforeEach(async () => {
  desk = openDesk();
  await remember(desk);
});

const apply = (id: string, provider = nurr) => applyImport(desk.parts, { provider, id }, bela);
const applications = () =>
  desk.parts.database.all("select * from audit where verb = 'apply_provider_statement' order by id", []);
const warnings = () => desk.partners.lines.filter(({ level }) => level === "warn");

/** As another import binds a row to an attempt. */
const bind = (identity: string, account: number, attempt: number) => ({
  sql: "insert or replace into statement_rows values (?1, ?2, ?3, ?4, 'another', 0)",
  args: [nurr, identity, account, attempt],
});

async function begin(id: string): Promise<void> {
  const stored = await findStatement(desk.parts.database, nurr, id);
  if (stored === null) throw new Error("no dry run");
  await desk.parts.database.batch(beginApplying(stored, { staff: "bela", at: now }));
}

describe("applying a dry run", () => {
  test("does what it showed, and the audit keeps it", async () => {
    const lost = await lose(desk);
    const { id } = await dryRun(desk, [successRow("T-1", lost)]);
    desk.partners.time.now = now + 5;
    expect(await apply(id)).toMatchObject({
      ok: true,
      value: {
        kind: "applied",
        isReplay: false,
        statement: { id, state: "applied", taken: 1, outdated: 0, appliedAt: now + 5, appliedBy: "bela" },
      },
    });
    expect(await stateOf(desk, lost)).toBe("succeeded");
    const bound = { identity: "id:T-1", account: lost.account, attempt: 1 };
    expect(await readBindings(desk.parts.database, nurr, ["id:T-1"])).toEqual([bound]);
    const rows = await applications();
    expect(rows).toMatchObject([{ at: now + 5, staff: "bela", subject: nurr, before: null, request_id: "req_2" }]);
    expect(JSON.parse(String(rows[0]?.["after"]))).toEqual({ id, taken: 1, outdated: 0 });
    expect(warnings()).toEqual([]);
  });

  test("again is answered with what came of it, and does nothing", async () => {
    const lost = await lose(desk);
    const { id } = await dryRun(desk, [successRow("T-1", lost)]);
    await apply(id);
    expect(await apply(id)).toMatchObject({ value: { kind: "applied", isReplay: true, statement: { taken: 1 } } });
    expect(await applications()).toHaveLength(1);
  });

  test("is refused for one that is not there, or another provider's", async () => {
    const lost = await lose(desk);
    const { id } = await dryRun(desk, [successRow("T-1", lost)]);
    const refused = { ok: false, problem: { code: "not_found", detail: "There is no such dry run of this provider." } };
    expect(await apply("pst_1")).toMatchObject(refused);
    expect(await apply(id, "aopay-sandbox")).toMatchObject(refused);
    expect(await stateOf(desk, lost)).toBe("pending");
  });

  test("tells at most twenty accounts at once, each in one call", async () => {
    const all = [];
    for (let count = 0; count < 23; count += 1) all.push(await lose(desk));
    const twice = await lose(desk, all[0]?.account);
    const { id } = await dryRun(
      desk,
      [...all, twice].map((lost, index) => successRow(`T-${index}`, lost)),
    );
    desk.atOnce.most = 0;
    expect(await apply(id)).toMatchObject({ value: { statement: { taken: 24, outdated: 0 } } });
    expect(desk.atOnce.most).toBe(20);
    for (const lost of [...all, twice]) expect(await stateOf(desk, lost)).toBe("succeeded");
  });
});

describe("a dry run that is outdated does nothing at all", () => {
  test("where an attempt has heard something since", async () => {
    const [first, second] = [await lose(desk), await lose(desk)];
    const both = await dryRun(desk, [successRow("T-1", first), successRow("T-2", second)]);
    const alone = await dryRun(desk, [successRow("U-1", first)]);
    await apply(alone.id);
    const attempts = [{ account: first.account, attempt: 1 }];
    expect(await apply(both.id)).toEqual({ ok: true, value: { kind: "outdated", attempts } });
    expect(await stateOf(desk, second)).toBe("pending");
    expect((await findStatement(desk.parts.database, nurr, both.id))?.state).toBe("planned");
    expect(await applications()).toHaveLength(1);
  });

  test("where one of its rows was bound to another attempt since", async () => {
    const [first, second] = [await lose(desk), await lose(desk)];
    const { id } = await dryRun(desk, [successRow("T-1", first), successRow("T-2", second)]);
    await desk.parts.database.batch([bind("id:T-1", first.account, 1), bind("id:T-2", second.account, 9)]);
    const attempts = [{ account: second.account, attempt: 1 }];
    expect(await apply(id)).toMatchObject({ value: { kind: "outdated", attempts } });
    await desk.parts.database.batch([
      { sql: "delete from statement_rows", args: [] },
      bind("id:T-2", first.account, 1),
    ]);
    expect(await apply(id)).toMatchObject({ value: { kind: "outdated", attempts } });
    expect(await stateOf(desk, first)).toBe("pending");
    await desk.parts.database.batch([
      { sql: "delete from statement_rows", args: [] },
      bind("id:T-2", second.account, 1),
    ]);
    expect(await apply(id)).toMatchObject({ value: { kind: "applied" } });
  });
});

describe("applying that was interrupted", () => {
  test("goes on where it was; what has heard something since is left out, counted and free again", async () => {
    const [first, second] = [await lose(desk), await lose(desk)];
    const { id } = await dryRun(desk, [successRow("T-1", first), successRow("T-2", second)]);
    const other = await dryRun(desk, [successRow("U-2", second)]);
    await begin(id);
    await apply(other.id);
    expect(await apply(id)).toMatchObject({
      value: { kind: "applied", isReplay: false, statement: { taken: 1, outdated: 1 } },
    });
    expect(await stateOf(desk, first)).toBe("succeeded");
    const identities = ["id:T-1", "id:T-2"];
    expect(await readBindings(desk.parts.database, nurr, identities)).toMatchObject([{ identity: "id:T-1" }]);
    expect(warnings()).toEqual([
      { level: "warn", event: "provider_statement.outdated", facts: { provider: nurr, words: 1 } },
    ]);
  });

  test("leaves out all words of an account that one of them no longer fits", async () => {
    const first = await lose(desk);
    const second = await lose(desk, first.account);
    const { id } = await dryRun(desk, [successRow("T-1", first), successRow("T-2", second)]);
    const other = await dryRun(desk, [successRow("U-2", second)]);
    await begin(id);
    await apply(other.id);
    expect(await apply(id)).toMatchObject({ value: { statement: { taken: 0, outdated: 2 } } });
    expect(await stateOf(desk, first)).toBe("pending");
    expect(by.staff).not.toBe(bela.staff);
  });
});
