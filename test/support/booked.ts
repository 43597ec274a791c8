// What the ledger has of an account, compared with what the account says of itself.
import { env } from "cloudflare:workers";
import { expect } from "vitest";
import { openD1 } from "../../src/ledger/client.ts";
import { compareWallets } from "../../src/reconciliation/compare-wallets.ts";
import { accountOf, caller, newAccount, until } from "./sandbox.ts";

/** Enters an account into the table of partners, which the run pages over. */
export async function newPartner(): Promise<number> {
  const { number } = await newAccount();
  await env.DB.prepare(
    `insert into partners (account, mode, name, status, wallets, plan, limits, profile_version, created_at)
     values (?1, 'sandbox', ?2, 'active', '["INR","BDT"]', '{"version":1,"rules":[]}', '[]', 1, 0)`,
  )
    .bind(number, `partner ${number}`)
    .run();
  return number;
}

/** The last event number that the ledger has of an account. */
export async function watermark(account: number): Promise<number> {
  const last = await env.DB.prepare("select max(number) as last from events where account = ?")
    .bind(account)
    .first<number>("last");
  return last ?? 0;
}

export async function lastEvent(account: number): Promise<number> {
  return (await accountOf(account).readFigures({ withPending: false }))?.eventNumber ?? 0;
}

/** The ledger has every event as the account wrote it, and its wallets and sums are the account's. */
export async function expectLedgerEqualsAccount(account: number): Promise<void> {
  await until(async () => (await watermark(account)) - (await lastEvent(account)), 0);
  const read = await accountOf(account).readEvents(caller, { after: 0, limit: 10_000 });
  const rows = await env.DB.prepare("select number, type, at, data from events where account = ? order by number")
    .bind(account)
    .all<{ number: number; type: string; at: number; data: string }>();
  const booked = rows.results.map(({ data, ...row }) => ({ ...JSON.parse(data), ...row }));
  expect(booked).toEqual(read.ok ? read.value.events : null);
  const figures = await accountOf(account).readFigures({ withPending: true });
  if (figures === null) throw new Error("no figures");
  const compared = await compareWallets(openD1(env.DB), { figures, withSums: true, now: Date.now() });
  expect(compared).toEqual({ kind: "compared", differences: [] });
}
