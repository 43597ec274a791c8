// One scheduled run over all partners: repeats half-done staff verbs, wakes accounts that have work, compares them with the ledger.
import type { AccountCalls, AccountStanding } from "../accounts/account.ts";
import { assert } from "../base/assert.ts";
import type { Clock } from "../base/clock.ts";
import type { Log } from "../base/log.ts";
import { sumTransfers } from "../ledger/book.ts";
import type { LedgerDatabase } from "../ledger/client.ts";
import { hasDemoCredentials } from "../partners/sandbox.ts";
import { listPartners, repeatPending } from "../partners/profile-change.ts";
import type { Backlog } from "../webhooks/delivery.ts";
import type { WebhookDeskCalls } from "../webhooks/ports.ts";
import { addAccountFloats, beginFloats, finishFloats, type FloatParts, type FloatTally } from "./compare-floats.ts";
import { compareWallets } from "./compare-wallets.ts";
import type { RunFigures } from "./kept-runs.ts";

/** Kept by the desk named `installation`. */
export interface Leases {
  takeLease(name: string, holder: string, ms: number): Promise<{ readonly granted: boolean }>;
  endLease(name: string, holder: string): Promise<void>;
}

export interface ReconciliationParts {
  readonly database: LedgerDatabase;
  readonly hashSecret: string;
  readonly installation: "local" | "live";
  readonly clock: Clock;
  readonly log: Log;
  readonly leases: Leases;
  readonly leaseMs: number;
  readonly account: (number: number) => AccountCalls;
  readonly floats: FloatParts;
  readonly webhookDesk: (account: number) => Pick<WebhookDeskCalls, "sweep">;
  /** Told of each account that answered. */
  readonly seen: (account: SeenAccount) => void;
  /** Told once the run has begun, and after every page of partners. */
  readonly progress?: (found: RunFigures) => Promise<void>;
}

/** How a run found an account. */
export interface SeenAccount {
  readonly account: number;
  readonly standing: AccountStanding;
  /** Events that the account has and the ledger has not. */
  readonly behind: number;
  /** Null: it has no webhook endpoints, or their desk did not answer. */
  readonly webhooks: Backlog | null;
}

/** What a run found; `kept_apart`: another run is at work, and this one did nothing. */
export type RunReport =
  | { readonly kind: "kept_apart" }
  | {
      readonly kind: "done";
      readonly partners: number;
      readonly woken: number;
      readonly differences: number;
      readonly forgotten: number;
      readonly faults: number;
      /** Providers whose float differs from the book. */
      readonly floats: number;
    };

const leaseName = "reconcile";
const pageSize = 100;

/**
 * One run. `isThorough` also recomputes each wallet from all transfers and counts what is pending: a long read.
 * An account that cannot be asked is logged and holds up no other.
 */
export async function reconcile(parts: ReconciliationParts, isThorough: boolean): Promise<RunReport> {
  const holder = crypto.randomUUID();
  const lease = await parts.leases.takeLease(leaseName, holder, parts.leaseMs);
  if (!lease.granted) return { kind: "kept_apart" };
  try {
    return await runOverPartners(parts, { isThorough, holder });
  } finally {
    await parts.leases.endLease(leaseName, holder);
  }
}

async function runOverPartners(
  parts: ReconciliationParts,
  run: { readonly isThorough: boolean; readonly holder: string },
): Promise<RunReport> {
  const { database, hashSecret, log } = parts;
  if (parts.installation === "live")
    assert(!(await hasDemoCredentials(database, hashSecret)), "a live installation has no sandbox credentials");
  const found = { partners: 0, woken: 0, differences: 0, forgotten: 0, faults: 0, floats: 0 };
  await parts.progress?.(found);
  const tally = await beginFloats(parts.floats, run.isThorough);
  for (let after: number | null = 0; after !== null; ) {
    const page: { after: number; limit: number } = { after, limit: pageSize };
    const partners = await listPartners(database, page);
    for (const { account } of partners) {
      found.partners += 1;
      try {
        const one = await reconcileAccount(parts, account, { ...run, tally });
        found.woken += one.isWoken ? 1 : 0;
        found.differences += one.differences;
        found.forgotten += one.forgotten;
      } catch (fault) {
        found.faults += 1;
        log.error("reconciliation.account", { account }, fault);
      }
    }
    const repeated = await repeatPending({ ...parts, now: parts.clock.now() }, page);
    if (repeated.repeated.length > 0) log.warn("reconciliation.repeated", { partners: repeated.repeated.length });
    await parts.leases.takeLease(leaseName, run.holder, parts.leaseMs);
    await parts.progress?.(found);
    after = repeated.nextAfter;
  }
  // An account that could not be asked leaves its part of every float unknown.
  if (tally !== null && found.faults === 0) found.floats = await finishFloats(parts.floats, tally);
  log.info("reconciliation.done", found);
  return { kind: "done", ...found };
}

async function reconcileAccount(
  parts: ReconciliationParts,
  number: number,
  { isThorough, tally }: { readonly isThorough: boolean; readonly tally: FloatTally | null },
): Promise<{ isWoken: boolean; differences: number; forgotten: number }> {
  const { database, clock, log } = parts;
  const account = parts.account(number);
  const figures = await account.readFigures({ withPending: isThorough });
  if (figures === null) return { isWoken: false, differences: 0, forgotten: 0 };
  const sums = isThorough ? await sumTransfers(database, number) : null;
  if (tally !== null && sums !== null) await addAccountFloats(tally, account, sums);
  const comparison = await compareWallets(database, { figures, withSums: false, sums, now: clock.now() });
  const ledgerEvent = comparison.kind === "skipped" ? comparison.ledgerEvent : null;
  if (ledgerEvent !== null && ledgerEvent > figures.eventNumber)
    log.warn("reconciliation.ledger_ahead", { account: number, ledgerEvent, accountEvent: figures.eventNumber });
  const { isIdle, isTelling, standing } = await account.sweep(ledgerEvent);
  const webhooks = isTelling ? await sweepWebhooks(parts, number, isThorough) : null;
  const behind = ledgerEvent === null ? 0 : Math.max(0, figures.eventNumber - ledgerEvent);
  if (standing !== null) parts.seen({ account: number, standing, behind, webhooks });
  const differences = comparison.kind === "compared" ? comparison.differences.length : 0;
  if (differences > 0) log.warn("reconciliation.differs", { account: number, differences });
  const forgotten = figures.forgotten ?? 0;
  if (forgotten > 0) log.warn("reconciliation.forgotten", { account: number, forgotten });
  return { isWoken: !isIdle, differences, forgotten };
}

/** What a queue has lost is put back. A desk that cannot be asked now has an alarm of its own, and holds up nothing here. */
async function sweepWebhooks(
  parts: ReconciliationParts,
  account: number,
  isThorough: boolean,
): Promise<Backlog | null> {
  try {
    const backlog = await parts.webhookDesk(account).sweep(isThorough);
    const { pending, dead, stopped, oldestAt } = backlog;
    if (pending === 0 && stopped === 0) return backlog;
    const oldestMs = oldestAt === null ? 0 : parts.clock.now() - oldestAt;
    parts.log.info("webhooks.backlog", { account, pending, dead, stopped, oldestMs });
    return backlog;
  } catch (fault) {
    parts.log.error("reconciliation.webhooks", { account }, fault);
    return null;
  }
}
