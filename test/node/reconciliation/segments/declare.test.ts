// What staff say of a wallet, and what they are shown of its segments.
import { describe, expect, it } from "vitest";
import { minor } from "../../../../src/base/money.ts";
import { declareWallet, recordMovement, withdrawDeclaration } from "../../../../src/reconciliation/segments/declare.ts";
import { judgeProvider, readSegments } from "../../../../src/reconciliation/segments/judge-segments.ts";
import { backnpay, by, deskWith, nurr, openWallet, type Wallet } from "./segments-fixture.ts";

const declared = { kind: "exclusive", reason: "ours", rates: [] } as const;
const nobody = { ok: false, problem: { code: "not_found", detail: "There is no such provider." } };
const wrong = (pointer: string, reason: string) => ({
  ok: false,
  problem: { code: "parameter", detail: "A parameter is wrong.", problems: [{ pointer, reason }] },
});

/** Each line of the audit but its time. */
const audit = async ({ partners }: Wallet) => {
  const rows = await partners.database.all("select * from audit order by id", []);
  return rows.map(({ id: _id, at: _at, after, ...row }) => ({ ...row, after: JSON.parse(String(after)) as unknown }));
};
const line = { staff: "asha", request_id: "req_1", before: null };

describe("reading", () => {
  it("shows what would be proved and settles nothing, declared or not", async () => {
    const wallet = await openWallet();
    await wallet.quietCall();
    const lost = await wallet.sell("executed");
    await wallet.quietCall();
    const undeclared = await readSegments(wallet.parts, nurr);
    expect(undeclared).toMatchObject({ ok: true, value: { book: { declarations: [] } } });
    expect(JSON.stringify(undeclared)).toContain("not_exclusive");
    expect((await wallet.stateOf(lost))[0]).toBe("pending");
    expect(await readSegments(wallet.parts, "nobody")).toMatchObject({ ok: false, problem: { code: "not_found" } });
    expect(await judgeProvider(wallet.parts, "nobody")).toMatchObject({ ok: false, problem: { code: "not_found" } });
  });
});

describe("staff", () => {
  it("declare once until it is taken back; each is audited", async () => {
    const wallet = await openWallet();
    const { parts, partners, skip } = wallet;
    const first = partners.time.now;
    const declare = async (provider = nurr) => declareWallet(parts, { ...declared, provider }, by);
    await declare();
    skip(1_000);
    expect(await declare()).toMatchObject({
      ok: true,
      value: { declarations: [{ kind: "exclusive", since: first, by: "asha", reason: "ours" }] },
    });
    const taken = await withdrawDeclaration(parts, { ...declared, provider: nurr, reason: "portal" }, by);
    expect(taken).toMatchObject({ ok: true, value: { declarations: [{ withdrawn: { reason: "portal" } }] } });
    expect(await declare()).toMatchObject({
      value: {
        declarations: [{ since: first + 1_000, withdrawn: null }, { withdrawn: { by: "asha", reason: "portal" } }],
      },
    });
    const { rates: _rates, ...withdrawn } = declared;
    expect(await audit(wallet)).toEqual([
      { ...line, verb: "declare_wallet", subject: nurr, after: declared },
      { ...line, verb: "declare_wallet", subject: nurr, after: declared },
      { ...line, verb: "withdraw_declaration", subject: nurr, after: { ...withdrawn, reason: "portal" } },
      { ...line, verb: "declare_wallet", subject: nurr, after: declared },
    ]);
  });

  it("declare nothing of a provider that is unknown or shows no balances", async () => {
    const wallet = await openWallet();
    const asked: string[] = [];
    const parts: typeof wallet.parts = {
      ...wallet.parts,
      desk: (provider) => {
        asked.push(provider);
        return wallet.deskOf(provider);
      },
    };
    expect(await declareWallet(parts, { ...declared, provider: "nobody", rates: [100] }, by)).toEqual(nobody);
    expect(await withdrawDeclaration(parts, { ...declared, provider: "nobody" }, by)).toEqual(nobody);
    expect(await declareWallet(parts, { ...declared, provider: "aopay-sandbox", rates: [100] }, by)).toEqual(
      wrong("/path/provider", "shows no balances, so nothing can be proved by them"),
    );
    expect([asked, await audit(wallet)]).toEqual([[], []]);
  });
});

describe("staff also", () => {
  it("name commissions that replies do not, and the desk hears of them only then", async () => {
    const wallet = await openWallet();
    const notes: string[] = [];
    const parts: typeof wallet.parts = {
      ...wallet.parts,
      desk: (provider) =>
        deskWith(wallet.deskOf(provider), {
          async keepSegments(note) {
            notes.push(note.kind);
            return wallet.deskOf(provider).keepSegments(note);
          },
        }),
    };
    await declareWallet(parts, { ...declared, provider: backnpay }, by);
    expect(notes).toEqual(["declare"]);
    const book = await declareWallet(parts, { ...declared, provider: backnpay, rates: [200, 150] }, by);
    expect(notes).toEqual(["declare", "commissions", "declare"]);
    expect(book).toMatchObject({
      value: {
        commissions: [
          { face: 10_000, commission: 150 },
          { face: 10_000, commission: 200 },
        ],
      },
    });
    const after = { ...declared, rates: [200, 150] };
    expect((await audit(wallet)).at(-1)).toEqual({ ...line, verb: "declare_wallet", subject: backnpay, after });
  });
});

describe("a movement", () => {
  it("is recorded once by its reference, and audited as it was said", async () => {
    const wallet = await openWallet();
    const { now } = wallet.partners.time;
    const movement = { id: "BT-1", from: now - 10, until: now, change: minor(500), note: "top-up" };
    const record = async (more: Partial<typeof movement> = {}) =>
      recordMovement(wallet.parts, nurr, { ...movement, ...more }, by);
    const kept = { ok: true, value: { movements: [{ ...movement, by: "asha", recordedAt: now }] } };
    expect(await record()).toMatchObject(kept);
    expect(await record()).toMatchObject(kept);
    const differs = "This external reference was recorded with another amount or time.";
    for (const other of [{ change: minor(501) }, { from: now - 11 }, { until: now - 1 }])
      expect(await record(other)).toEqual(wrong("/external_reference", differs));
    const after = { ...movement, change: "5.00" };
    const audited = { ...line, verb: "record_float_movement", subject: nurr, after };
    expect(await audit(wallet)).toEqual([audited, audited]);
    expect(await record({ id: "BT-2", from: now })).toMatchObject({ ok: true });
  });

  it("is refused where it is to come, ends before it begins, or is nobody's", async () => {
    const wallet = await openWallet();
    const { now } = wallet.partners.time;
    const movement = { id: "BT-2", from: now - 10, until: now, change: minor(500), note: "top-up" };
    const record = async (until: number, provider = nurr) =>
      recordMovement(wallet.parts, provider, { ...movement, until }, by);
    expect(await record(now + 1)).toEqual(wrong("/until", "is still to come"));
    expect(await record(now - 11)).toEqual(wrong("/until", "is before it begins"));
    expect(await record(now, "nobody")).toEqual(nobody);
    expect(await audit(wallet)).toEqual([]);
  });
});
