// Which accounts a dry run asks, and for what, over real accounts in Node.
import { beforeEach, describe, expect, test } from "vitest";
import { changeMapping, planImport } from "../../../../src/reconciliation/provider-statement/import.ts";
import { addPartner, t0 } from "../../../support/account-in-node.ts";
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
  successRow,
} from "./import-fixture.ts";
import { shown } from "./statement-fixture.ts";

let desk: Desk;

beforeEach(async () => {
  desk = openDesk();
  await remember(desk);
});

describe("a dry run", () => {
  test("asks every account of the provider's mode, and no other", async () => {
    const live = await addPartner(desk.partners, { mode: "live", isConfigured: false });
    const lost = await lose(desk);
    for (let count = 0; count < 121; count += 1) await addPartner(desk.partners, { isConfigured: false });
    const last = await lose(desk);
    const { plan } = await dryRun(desk, [successRow("T-1", last)]);
    expect(plan.rows).toMatchObject([{ disposition: "settles", attempt: { account: last.account } }]);
    const asked = desk.questions.map(([number]) => number);
    expect(asked).toHaveLength(123);
    expect(new Set(asked).size).toBe(123);
    expect(asked).toContain(lost.account);
    expect(asked).not.toContain(live);
    expect(desk.atOnce.most).toBe(20);
  });

  test("asks for what a row can be about, and for what its rows name", async () => {
    const lost = await lose(desk);
    const { reference } = (await desk.partners.account(lost.account).readAttempts(lost.id))[0] ?? { reference: "" };
    const other = await lose(desk);
    await dryRun(desk, [`T-1,${reference},${lost.subscriber},20.00,Success,${shown(t0 + 1_000)}`]);
    const facts = desk.parts.providers.get(nurr);
    const reachMs = (facts?.callLimitMs ?? 0) + (facts?.safety.finalAfterMs ?? 0) + 240_000;
    const span = { provider: nurr, from: t0 + 1_000 - reachMs, to: t0 + 2_000 + 120_000 };
    expect(desk.questions).toEqual([
      [lost.account, { ...span, counters: [1] }],
      [other.account, { ...span, counters: [] }],
    ]);
  });
});

describe("the time that a dry run asks for", () => {
  test("spans the period that the file states, and never what is still to come", async () => {
    const summary = { from: "From", to: "To", opening: "Opening", closing: "Closing" };
    await changeMapping(desk.parts, nurr, { ...mapping, summary }, by);
    const lost = await lose(desk);
    const text = [
      `From,${shown(t0 - 86_400_000)}`,
      `To,${shown(now + 86_400_000)}`,
      "Opening,0",
      "Closing,0",
      headings,
      successRow("T-1", lost),
    ].join("\n");
    await planImport(desk.parts, nurr, text, by);
    expect(desk.questions[0]?.[1]).toMatchObject({ from: t0 - 86_400_000 - 100 - 6_000 - 240_000, to: now });
  });

  test("asks for the attempts that its rows were bound to before", async () => {
    const lost = await lose(desk);
    await desk.parts.database.batch([
      { sql: "insert into statement_rows values (?1, 'id:T-1', ?2, 1, 'pst_1', 0)", args: [nurr, lost.account] },
      { sql: "insert into statement_rows values (?1, 'id:T-9', ?2, 7, 'pst_1', 0)", args: [nurr, lost.account] },
    ]);
    const { plan } = await dryRun(desk, [successRow("T-1", lost), successRow("T-1", lost)]);
    expect(desk.questions[0]?.[1].counters).toEqual([1]);
    expect(plan.rows[0]).toMatchObject({ disposition: "settles", attempt: { rechargeId: lost.id } });
  });

  test("fails where an account cannot be asked: nobody knows then which rows are free", async () => {
    const lost = await lose(desk);
    desk.partners.account(lost.account).state.storage.sql.exec("drop table attempts");
    desk.partners.reopen(lost.account);
    await expect(dryRun(desk, [successRow("T-1", lost)])).rejects.toThrow("attempts");
  });
});
