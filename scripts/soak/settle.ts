// The end of a soak run: waits until every recharge is final or a case and the ledger has caught up, then reads it all at one moment.
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import {
  type AccountFindings,
  hasHeardOfFailure,
  type JournalEntry,
  type LedgerFindings,
  readAccount,
  readFigures,
  readJournal,
  readLedger,
  readStanding,
  readUpstreamWallets,
  type Standing,
} from "./findings.ts";
import type { Scene } from "./incidents.ts";
import { clientsAtOnce } from "./load.ts";
import { askStaff } from "../ask-staff.ts";
import type { SoakOrder } from "./schedule.ts";

export interface Findings {
  readonly standings: ReadonlyMap<SoakOrder, Standing | null>;
  readonly accounts: readonly AccountFindings[];
  readonly journal: ReadonlyMap<string, readonly JournalEntry[]>;
  readonly upstreamWallets: ReadonlyMap<string, number>;
  readonly ledger: LedgerFindings;
  /** Successes that were taken back upstream, of which the gateway was told. */
  readonly heardOfReversal: ReadonlySet<SoakOrder>;
  /** What the last thorough run of the reconciliation found. */
  readonly reconciliation: Reconciliation;
}

const runSchema = z.looseObject({
  kind: z.enum(["done", "kept_apart"]),
  differences: z.int().optional(),
  forgotten: z.int().optional(),
  faults: z.int().optional(),
});
export type Reconciliation = z.infer<typeof runSchema>;

const settleLimitMs = 180_000;
const cronEveryMs = 600;

/** Resolves when nothing moves any more, or the limit is over: then the facts say what is wrong. */
export async function settleDown(scene: Scene, orders: readonly SoakOrder[]): Promise<void> {
  const end = Date.now() + settleLimitMs;
  let open = orders;
  while (open.length > 0 && Date.now() < end) {
    await scene.installation.fireCron().catch(() => null);
    const standings = await readStandings(scene, open);
    open = open.filter((order) => {
      const standing = standings.get(order);
      return standing?.state === "pending" && !standing.has_open_case;
    });
    if (open.length > 0) await sleep(cronEveryMs);
  }
  while (Date.now() < end && !(await hasCaughtUp(scene))) await sleep(cronEveryMs);
}

async function hasCaughtUp(scene: Scene): Promise<boolean> {
  const { events } = await readLedger(scene);
  const figures = await Promise.all(
    scene.partners.map(async (partner) => ({ ...(await readFigures(scene, partner)), account: partner.account })),
  );
  return figures.every(({ account, event_number: last, forgotten }) => {
    const known = events.find((one) => one.account === account);
    return forgotten === 0 && known?.last === last;
  });
}

/** All findings at one moment: read again where an event came meanwhile. */
export async function readFindings(scene: Scene, orders: readonly SoakOrder[]): Promise<Findings> {
  for (let tries = 1; ; tries += 1) {
    const before = await eventNumbers(scene);
    const standings = await readStandings(scene, orders);
    const journal = await readJournal(scene);
    const findings: Findings = {
      standings,
      journal,
      heardOfReversal: await heardOfReversal(scene, { orders, standings, journal }),
      accounts: await Promise.all(scene.partners.map((partner) => readAccount(scene, partner))),
      upstreamWallets: await readUpstreamWallets(scene),
      ledger: await readLedger(scene),
      reconciliation: await askStaff(scene.installation, "/reconcile", runSchema, {}),
    };
    if ((await eventNumbers(scene)) === before && findings.reconciliation.kind === "done") return findings;
    if (tries === 10) throw new Error("the accounts did not come to rest");
    await sleep(cronEveryMs);
  }
}

async function heardOfReversal(
  scene: Scene,
  { orders, standings, journal }: Pick<Findings, "standings" | "journal"> & { readonly orders: readonly SoakOrder[] },
): Promise<ReadonlySet<SoakOrder>> {
  const heard = new Set<SoakOrder>();
  for (const order of orders) {
    const standing = standings.get(order);
    const isReversed = (journal.get(order.number) ?? []).some(({ reversed }) => reversed);
    if (standing?.state === "succeeded" && isReversed && (await hasHeardOfFailure(scene, standing))) heard.add(order);
  }
  return heard;
}

async function eventNumbers(scene: Scene): Promise<string> {
  const figures = await Promise.all(scene.partners.map((partner) => readFigures(scene, partner)));
  return figures.map(({ event_number: last }) => last).join(",");
}

async function readStandings(
  scene: Scene,
  orders: readonly SoakOrder[],
): Promise<ReadonlyMap<SoakOrder, Standing | null>> {
  const standings = new Map<SoakOrder, Standing | null>();
  const waiting = orders.values();
  const readers = Array.from({ length: clientsAtOnce }, async () => {
    for (const order of waiting) standings.set(order, await readStanding(scene, order));
  });
  await Promise.all(readers);
  return standings;
}
