// What staff start by hand that the schedule does by itself: done at once, and written down.
import { describe, expect, test } from "vitest";
import { judgeByStaff, reconcileByStaff } from "../../../src/reconciliation/staff-run.ts";
import { reconcile } from "../../../src/reconciliation/run.ts";
import type { LedgerDatabase } from "../../../src/ledger/client.ts";
import { addPartner, openPartners, ship, t0 } from "../../support/account-in-node.ts";
import { noFloats } from "../../support/no-floats.ts";
import { hashSecret } from "../../support/partner-rows.ts";
import { by, nurr, openWallet } from "./segments/segments-fixture.ts";

const audit = async (database: LedgerDatabase) => {
  const rows = await database.all("select * from audit order by id", []);
  return rows.map(({ id: _id, after, ...row }) => ({ ...row, after: JSON.parse(String(after)) as unknown }));
};

const webhookDesk = () => ({ sweep: async () => Promise.reject(new Error("nobody has webhook endpoints")) });

describe("a judging that staff ask for", () => {
  test("settles what is proved, and the audit keeps what came of it", async () => {
    const wallet = await openWallet();
    const { database, time } = wallet.partners;
    await wallet.declare("exclusive", "refund_free");
    await wallet.quietCall();
    const lost = await wallet.sell("executed");
    await wallet.quietCall();
    const judged = await judgeByStaff(wallet.parts, nurr, by);
    expect(judged).toMatchObject({ ok: true, value: { kind: "judged", settled: 1, withdrawn: null } });
    expect(await wallet.stateOf(lost)).toEqual(["succeeded", null]);
    const line = { at: time.now, staff: "asha", verb: "judge_segments", subject: nurr, before: null };
    expect((await audit(database)).at(-1)).toEqual({
      ...line,
      request_id: "req_1",
      after: judged.ok ? judged.value : null,
    });
  });

  test("of an unknown provider is refused, and is not in the audit", async () => {
    const { parts, partners } = await openWallet();
    expect(await judgeByStaff(parts, "nobody", by)).toEqual({
      ok: false,
      problem: { code: "not_found", detail: "There is no such provider." },
    });
    expect(await audit(partners.database)).toEqual([]);
  });
});

describe("a run that staff ask for", () => {
  test("says what it found, and the audit keeps it", async () => {
    const partners = openPartners();
    await ship(partners, await addPartner(partners));
    const { database, clock, log, account } = partners;
    const leases = { takeLease: async () => ({ granted: true }), endLease: async () => undefined };
    const run = { database, clock, log, account, leases, leaseMs: 700, floats: noFloats, webhookDesk, hashSecret };
    const report = await reconcileByStaff(
      {
        database,
        clock,
        reconcileNow: async () => reconcile({ ...run, installation: "local", seen: () => undefined }, false),
      },
      by,
    );
    const found = { partners: 1, woken: 0, differences: 0, forgotten: 0, faults: 0, floats: 0 };
    expect(report).toEqual({ kind: "done", ...found });
    const line = { at: t0, staff: "asha", verb: "reconcile", subject: "installation", before: null };
    expect(await audit(database)).toEqual([{ ...line, request_id: "req_1", after: report }]);
  });
});
