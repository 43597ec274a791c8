// What staff say of a wallet, and what they are shown of its segments.
import { describe, expect, it } from "vitest";
import { minor } from "../../../../src/base/money.ts";
import { declareWallet, recordMovement, withdrawDeclaration } from "../../../../src/reconciliation/segments/declare.ts";
import { judgeProvider, readSegments } from "../../../../src/reconciliation/segments/judge-segments.ts";
import { by, nurr, openWallet } from "./segments-fixture.ts";

const declared = { kind: "exclusive", reason: "ours", rates: [] } as const;

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
    const { parts, partners, skip } = await openWallet();
    const first = partners.time.now;
    const declare = async (provider = nurr) => declareWallet(parts, { ...declared, provider }, by);
    await declare();
    skip(1_000);
    expect(await declare()).toMatchObject({
      value: { declarations: [{ kind: "exclusive", since: first, by: "asha" }] },
    });
    await withdrawDeclaration(parts, { ...declared, provider: nurr, reason: "portal" }, by);
    expect(await declare()).toMatchObject({
      value: {
        declarations: [{ since: first + 1_000, withdrawn: null }, { withdrawn: { by: "asha", reason: "portal" } }],
      },
    });
    expect(await declare("nobody")).toMatchObject({ ok: false, problem: { code: "not_found" } });
    expect(await declare("aopay-sandbox")).toMatchObject({
      ok: false,
      problem: { problems: [{ pointer: "/path/provider" }] },
    });
    const audit = await partners.database.all("select verb, subject from audit order by id", []);
    expect(audit.map(({ verb }) => verb)).toEqual([
      "declare_wallet",
      "declare_wallet",
      "withdraw_declaration",
      "declare_wallet",
    ]);
  });
});

describe("staff also", () => {
  it("name commissions that replies do not", async () => {
    const { parts } = await openWallet();
    const book = await declareWallet(parts, { ...declared, provider: "backnpay-sandbox", rates: [200, 150] }, by);
    expect(book).toMatchObject({
      value: {
        commissions: [
          { face: 10_000, commission: 150 },
          { face: 10_000, commission: 200 },
        ],
      },
    });
  });

  it("record a movement once by its reference, not one to come, and none that ends before it begins", async () => {
    const { parts, partners } = await openWallet();
    const now = partners.time.now;
    const movement = { id: "BT-1", from: now - 10, until: now, change: minor(500), note: "top-up" };
    const record = async (more: Partial<typeof movement> = {}) =>
      recordMovement(parts, nurr, { ...movement, ...more }, by);
    const kept = { value: { movements: [{ ...movement, by: "asha", recordedAt: now }] } };
    expect(await record()).toMatchObject(kept);
    expect(await record()).toMatchObject(kept);
    for (const other of [{ change: minor(501) }, { from: now - 11 }, { until: now - 1 }])
      expect(await record(other)).toMatchObject({ problem: { problems: [{ pointer: "/external_reference" }] } });
    expect(await record({ id: "BT-2", until: now + 1 })).toMatchObject({
      problem: { problems: [{ pointer: "/until" }] },
    });
    expect(await record({ id: "BT-2", until: now - 11 })).toMatchObject({
      problem: { problems: [{ pointer: "/until" }] },
    });
  });
});
