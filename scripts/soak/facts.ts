// The facts that hold at the end of every soak run (`ARCHITECTURE.md`, "Invariants"); pure. Each broken one is said in a line.
import type { Currency } from "../../src/base/money.ts";
import { upstreamAccounts } from "../../src/simulator/upstream-accounts.ts";
import type { Experience } from "./client.ts";
import type { AccountFindings, JournalEntry, Standing } from "./findings.ts";
import { currencies, openingMinor } from "./partners.ts";
import type { SoakOrder } from "./schedule.ts";
import type { Findings } from "./settle.ts";

export interface RunFacts {
  readonly orders: readonly SoakOrder[];
  readonly experiences: ReadonlyMap<SoakOrder, Experience>;
  readonly findings: Findings;
}

/** Every fact that is broken; none where all is well. */
export function brokenFacts(run: RunFacts): readonly string[] {
  return [
    ...run.orders.flatMap((order) => brokenOfOrder(order, run)),
    ...run.findings.accounts.flatMap((account, index) => brokenOfAccount(account, index, run)),
    ...brokenUpstreamWallets(run.findings),
    ...brokenReconciliation(run.findings),
  ];
}

/** Cost at 1 % commission: a whole rupee's hundredth is a paisa, so nothing is rounded. */
function costOf({ amount }: SoakOrder): number {
  return amount * 99;
}

function brokenOfOrder(order: SoakOrder, { findings, experiences }: RunFacts): readonly string[] {
  const standing = findings.standings.get(order) ?? null;
  if (standing === null) return [`${order.agentId} is lost`];
  const entries = findings.journal.get(order.number) ?? [];
  const experience = experiences.get(order);
  const said = (reason: string): string => `${order.agentId} (${order.script}, ${order.number}): ${reason}`;
  return [
    ...brokenExecutions(standing, entries).map(said),
    ...(experience === undefined ? ["no client asked for it"] : brokenPromises(standing, experience)).map(said),
    ...(findings.heardOfReversal.has(order) && !standing.has_open_case
      ? [said("it was reversed upstream, somebody told so, and it stands")]
      : []),
    ...(standing.cost === costOf(order) ? [] : [said(`it cost ${standing.cost}`)]),
    ...(standing.state === "pending" && !standing.has_open_case ? [said("it is pending and nobody's case")] : []),
  ];
}

function brokenExecutions({ state }: Standing, entries: readonly JournalEntry[]): readonly string[] {
  const executed = entries.reduce((sum, { executions }) => sum + executions, 0);
  const reversed = entries.filter((entry) => entry.executions > 0 && entry.reversed).length;
  const sent = entries.filter((entry) => entry.state !== "refused");
  const isRepeated = entries.some(({ deliveries, script }) => deliveries > (script === "delivered_twice" ? 2 : 1));
  const broken: string[] = [];
  if (executed > 1) broken.push(`it was executed ${executed} times`);
  if (state === "succeeded" && executed !== 1) broken.push("it succeeded and was not executed");
  if (state === "failed" && executed - reversed > 0) broken.push("it failed and was executed");
  if (state === "reversed" && executed - reversed > 0) broken.push("it was reversed and stands upstream");
  if (sent.length > 1) broken.push(`${sent.length} upstreams had it, and none of them declined`);
  if (isRepeated) broken.push("an attempt was sent twice");
  return broken;
}

/** What clients were told stays true: one agent id is one recharge, a last word is a last word. */
function brokenPromises(standing: Standing, { told, complaint }: Experience): readonly string[] {
  const broken = complaint === null ? [] : [complaint];
  for (const { id, state } of told) {
    if (id !== null && id !== standing.id) broken.push(`a client was told ${id}, and it is ${standing.id}`);
    if (!mayFollow(state, standing.state)) broken.push(`a client was told ${state}, and it is ${standing.state}`);
  }
  return broken;
}

function mayFollow(said: string, state: Standing["state"]): boolean {
  if (said === "pending") return true;
  return said === state || (said === "succeeded" && state === "reversed");
}

function brokenOfAccount(account: AccountFindings, index: number, run: RunFacts): readonly string[] {
  const own = run.orders.filter(({ partner }) => partner === index);
  const said = (reason: string): string => `${account.partner.id}: ${reason}`;
  return [
    ...currencies.flatMap((currency) => brokenMoney(account, currency, own, run.findings)),
    ...brokenEvents(account, own, run.findings),
    ...brokenRows(account, own, run.findings),
    ...(account.figures.forgotten === 0 ? [] : [`${account.figures.forgotten} recharges are forgotten`]),
  ].map(said);
}

function brokenMoney(
  { partner, wallets }: AccountFindings,
  currency: Currency,
  own: readonly SoakOrder[],
  { standings, ledger }: Findings,
): readonly string[] {
  const costIn = (wanted: Standing["state"]): number =>
    own
      .filter((order) => order.currency === currency && standings.get(order)?.state === wanted)
      .reduce((sum, order) => sum + costOf(order), 0);
  const held = costIn("pending");
  const balance = openingMinor - costIn("succeeded") - held;
  const wallet = wallets.find((one) => one.currency === currency);
  const inLedger = (kind: string): number => ledger.balances.get(`${kind}:${partner.account}:${currency}`) ?? 0;
  const compared: readonly (readonly [string, number | undefined, number])[] = [
    ["the wallet", wallet?.balance, balance],
    ["what is held", wallet?.held, held],
    ["the debt", wallet?.debt, 0],
    ["the ledger's wallet", inLedger("wallet"), balance],
    ["what the ledger holds", inLedger("held"), held],
    ["the ledger's debt", inLedger("debt"), 0],
  ];
  return compared.flatMap(([name, is, should]) =>
    is === should ? [] : [`${name} in ${currency} is ${is ?? "missing"} and not ${should}`],
  );
}

function brokenEvents(
  { partner, events, figures }: AccountFindings,
  own: readonly SoakOrder[],
  { ledger, standings }: Findings,
): readonly string[] {
  const gap = events.findIndex(({ number }, index) => number !== index + 1);
  const inLedger = ledger.events.find(({ account }) => account === partner.account);
  const placed = events.filter(({ type }) => type === "recharge.placed").length;
  const told = new Map(
    events.flatMap(({ recharge }) => (recharge === undefined ? [] : [[recharge.agent_id, recharge.state]])),
  );
  const broken: string[] = [];
  if (gap >= 0) broken.push(`its events have a gap before number ${events[gap]?.number ?? 0}`);
  if (figures.event_number !== events.length)
    broken.push(`it counts ${figures.event_number} events and has ${events.length}`);
  if (inLedger?.last !== events.length || inLedger.rows !== events.length)
    broken.push(`the ledger has ${inLedger?.rows ?? 0} of its ${events.length} events`);
  if (placed !== own.length) broken.push(`${placed} recharges were placed for ${own.length} orders`);
  for (const order of own)
    if (told.get(order.agentId) !== standings.get(order)?.state)
      broken.push(`the last event of ${order.agentId} says ${told.get(order.agentId) ?? "nothing"}`);
  return broken;
}

/** The ledger's row of each recharge says what its account says. */
function brokenRows(
  { partner }: AccountFindings,
  own: readonly SoakOrder[],
  { ledger, standings }: Findings,
): readonly string[] {
  const rows = ledger.recharges.filter(({ account }) => account === partner.account);
  const byAgentId = new Map(rows.map((row) => [row.agent_id, row]));
  const broken = rows.length === own.length ? [] : [`the ledger has ${rows.length} recharges of ${own.length}`];
  for (const order of own) {
    const row = byAgentId.get(order.agentId);
    if (row?.state !== standings.get(order)?.state || row?.cost !== costOf(order))
      broken.push(`the ledger says of ${order.agentId}: ${row?.state ?? "nothing"}`);
  }
  return broken;
}

/** The simulator keeps its own books right: else its journal would be no witness. */
function brokenUpstreamWallets({ journal, upstreamWallets }: Findings): readonly string[] {
  const entries = [...journal.values()].flat();
  return upstreamAccounts.flatMap(({ name, firstBalance }) => {
    const taken = entries
      .filter(({ account, state }) => account === name && (state === "pending" || state === "succeeded"))
      .reduce((sum, { cost }) => sum + cost, 0);
    const balance = upstreamWallets.get(name);
    return balance === firstBalance - taken ? [] : [`upstream account ${name} has ${balance ?? "no wallet"}`];
  });
}

function brokenReconciliation({ reconciliation }: Findings): readonly string[] {
  return (["differences", "forgotten", "faults"] as const).flatMap((name) =>
    reconciliation[name] === 0 ? [] : [`reconciliation found ${reconciliation[name] ?? "no"} ${name}`],
  );
}
