// Mappings and dry runs of providers' statements over real accounts in Node.
import { beforeEach, describe, expect, test } from "vitest";
import {
  changeMapping,
  findMapping,
  planImport,
  readStatements,
} from "../../../../src/reconciliation/provider-statement/import.ts";
import {
  by,
  type Desk,
  dryRun,
  headings,
  lose,
  mapping,
  now,
  nurr,
  openDesk,
  remember,
  stateOf,
  successRow,
} from "./import-fixture.ts";

let desk: Desk;

beforeEach(() => {
  desk = openDesk();
});

const audit = () => desk.parts.database.all("select * from audit order by id", []);
const noProvider = { ok: false, problem: { code: "not_found", detail: "There is no such provider." } };

describe("a mapping", () => {
  test("is remembered with its version, and the audit keeps what it was before", async () => {
    desk.partners.time.now = now;
    expect(await findMapping(desk.parts.database, nurr)).toBe(null);
    expect(await changeMapping(desk.parts, nurr, mapping, by)).toEqual({ ok: true, value: { version: 1, mapping } });
    expect(await changeMapping(desk.parts, nurr, mapping, by)).toMatchObject({ value: { version: 1 } });
    const other = { ...mapping, zone: "Asia/Dhaka" };
    expect(await changeMapping(desk.parts, nurr, other, by)).toEqual({
      ok: true,
      value: { version: 2, mapping: other },
    });
    expect(await findMapping(desk.parts.database, nurr)).toEqual({ version: 2, mapping: other });
    const rows = await audit();
    const said = { at: now, staff: "asha", request_id: "req_1", verb: "change_statement_mapping", subject: nurr };
    expect(rows).toMatchObject([said, said, said]);
    expect(rows.map(({ before, after }) => [before, after])).toEqual([
      [null, JSON.stringify(mapping)],
      [JSON.stringify(mapping), JSON.stringify(mapping)],
      [JSON.stringify(mapping), JSON.stringify(other)],
    ]);
    const written = await desk.parts.database.all(
      "select provider, changed_at, changed_by from statement_mappings",
      [],
    );
    expect(written).toEqual([{ provider: nurr, changed_at: now, changed_by: "asha" }]);
  });

  test("of a provider that is not there is refused", async () => {
    expect(await changeMapping(desk.parts, "nobody", mapping, by)).toMatchObject(noProvider);
    expect(await audit()).toEqual([]);
  });
});

describe("a dry run is refused", () => {
  test("for a provider that is not there", async () => {
    expect(await planImport(desk.parts, "nobody", headings, by)).toMatchObject(noProvider);
    expect(await readStatements(desk.parts, "nobody")).toMatchObject(noProvider);
  });

  test("before anybody said how the files are read", async () => {
    const problem = {
      code: "not_found",
      detail: "This provider has no statement mapping yet; say first how its files are read.",
    };
    expect(await planImport(desk.parts, nurr, headings, by)).toMatchObject({ ok: false, problem });
  });

  test("for a file that cannot be read, naming the lines; nothing of it is kept", async () => {
    await remember(desk);
    const text = [headings, "T-1,,017,20,Odd,x"].join("\n");
    const reason = 'Status: "Odd" has no meaning in the mapping';
    expect(await planImport(desk.parts, nurr, text, by)).toMatchObject({
      ok: false,
      problem: {
        code: "parameter",
        detail: "The statement cannot be read; nothing of it was taken.",
        problems: [{ pointer: "/line/2", reason }],
      },
    });
    expect(await readStatements(desk.parts, nurr)).toEqual({ ok: true, value: [] });
    expect(desk.questions).toEqual([]);
  });
});

describe("a dry run", () => {
  beforeEach(() => remember(desk));

  test("says what would be settled, keeps it, and moves nothing", async () => {
    const lost = await lose(desk);
    const { id, plan } = await dryRun(desk, [successRow("T-1", lost)]);
    expect(plan.rows).toMatchObject([{ disposition: "settles", isApplied: true, attempt: { rechargeId: lost.id } }]);
    expect(await stateOf(desk, lost)).toBe("pending");
    const statement = {
      id,
      provider: nurr,
      mappingVersion: 1,
      state: "planned",
      createdAt: now,
      createdBy: "asha",
      appliedAt: null,
      taken: null,
    };
    expect(id).toMatch(/^pst_[0-9a-f]{20}$/);
    const listed = await readStatements(desk.parts, nurr);
    expect(listed).toMatchObject({ ok: true, value: [statement] });
    const summary = JSON.parse(listed.ok ? (listed.value[0]?.summary ?? "") : "") as unknown;
    expect(summary).toMatchObject({ rows: { settles: 1 }, foots: false, words: 1 });
    const words = await desk.parts.database.all("select account, attempt, identity, data from statement_words", []);
    expect(words).toMatchObject([{ account: lost.account, attempt: 1, identity: "id:T-1" }]);
    expect(JSON.parse(String(words[0]?.["data"]))).toMatchObject({
      attempt: 1,
      word: "success",
      seenEvidence: 1,
      kind: "statement",
    });
    const rows = await audit();
    expect(rows.at(-1)).toMatchObject({
      at: now,
      staff: "asha",
      verb: "plan_provider_statement",
      subject: nurr,
      before: null,
    });
    expect(JSON.parse(String(rows.at(-1)?.["after"]))).toMatchObject({
      id,
      file_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      words: 1,
    });
  });
});

describe("the id of a dry run", () => {
  beforeEach(() => remember(desk));

  test("is the same for the same file with the same consequences, and another one otherwise", async () => {
    const lost = await lose(desk);
    const row = successRow("T-1", lost);
    const first = await dryRun(desk, [row]);
    expect((await dryRun(desk, [row])).id).toBe(first.id);
    expect((await dryRun(desk, [row, ""])).id).not.toBe(first.id);
    await changeMapping(desk.parts, nurr, { ...mapping, delimiter: ",", decimal: { point: ".", grouping: "" } }, by);
    expect((await dryRun(desk, [row])).id).not.toBe(first.id);
    await desk.partners.account(lost.account).takeStatement(nurr, [], false);
    const listed = await readStatements(desk.parts, nurr);
    expect(listed.ok ? listed.value.length : 0).toBe(3);
  });
});
