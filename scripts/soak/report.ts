// What a soak run prints at its end: what was injected, and what came of it.
import type { Experience } from "./client.ts";
import type { Standing } from "./findings.ts";
import { incidentKinds, manners, type SoakOrder } from "./schedule.ts";
import type { SoakResult } from "./run.ts";

type Row = readonly (string | number)[];
const states = ["succeeded", "failed", "reversed", "pending"] as const satisfies readonly Standing["state"][];

export function presentResult(result: SoakResult): string {
  const { orders, findings, broken, progress, logged, ledgerFailures, ledger, seed, seconds } = result;
  const totals = rowOf("all", orders, result);
  return [
    table(
      [
        "recharges whose script is",
        "begun",
        "executed",
        ...states.map((state) => (state === "pending" ? "case" : state)),
      ],
      [...Map.groupBy(orders, ({ script }) => script)]
        .toSorted(([left], [right]) => (left < right ? -1 : 1))
        .map(([script, own]): Row => rowOf(script, own, result))
        .concat([totals]),
    ),
    table(
      ["clients that", "recharges", "disconnects", "requests repeated"],
      manners.map((manner): Row => clientRow(manner, result)),
    ),
    table(
      ["what befell the installation", "times"],
      [
        ...incidentKinds.map((kind): Row => [kind, progress.incidents.get(kind) ?? 0]),
        ...counted(ledgerFailures).map(([kind, count]): Row => [`batches of the ledger that failed: ${kind}`, count]),
      ],
    ),
    table(["why requests were repeated", "times"], counted(repeatCounts(result))),
    table(["what the gateway logged", "lines"], counted(logged)),
    table(["money held at the end", "minor units"], heldRows(result)),
    `${orders.length} recharges on ${ledger}, seed ${seed}, ${seconds.toFixed(0)} s; reconciliation found ${findings.reconciliation.differences ?? "?"} differences.`,
    broken.length === 0
      ? "Every fact holds: none executed twice, no success that was not executed, no failure that was, money and events to the last."
      : `${broken.length} FACTS ARE BROKEN:\n${broken.slice(0, 20).join("\n")}`,
  ].join("\n\n");
}

function rowOf(name: string, own: readonly SoakOrder[], { findings }: SoakResult): Row {
  const executed = own.reduce(
    (sum, { number }) =>
      sum + (findings.journal.get(number) ?? []).reduce((times, { executions }) => times + executions, 0),
    0,
  );
  const count = (state: Standing["state"]): number =>
    own.filter((order) => findings.standings.get(order)?.state === state).length;
  return [name, own.length, executed, ...states.map(count)];
}

function clientRow(manner: SoakOrder["manner"], { orders, experiences }: SoakResult): Row {
  const own = orders.filter((order) => order.manner === manner);
  const sum = (of: (experience: Experience) => number): number =>
    own.reduce((total, order) => {
      const experience = experiences.get(order);
      return total + (experience === undefined ? 0 : of(experience));
    }, 0);
  return [manner, own.length, sum(({ disconnects }) => disconnects), sum(({ repeats }) => repeats.length)];
}

function repeatCounts({ experiences }: SoakResult): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { repeats } of experiences.values())
    for (const why of repeats) counts.set(why, (counts.get(why) ?? 0) + 1);
  return counts;
}

function heldRows({ findings }: SoakResult): readonly Row[] {
  return findings.accounts.flatMap(({ partner, wallets }) =>
    wallets.map(({ currency, held }): Row => [`${partner.id} ${currency}`, held]),
  );
}

function counted(counts: ReadonlyMap<string, number>): readonly (readonly [string, number])[] {
  return [...counts].toSorted(([left], [right]) => (left < right ? -1 : 1));
}

function table(headings: readonly string[], rows: readonly Row[]): string {
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => String(row[column] ?? "").length)),
  );
  const line = (cells: Row): string =>
    cells
      .map((cell, column) =>
        column === 0 ? String(cell).padEnd(widths[0] ?? 0) : String(cell).padStart(widths[column] ?? 0),
      )
      .join("  ");
  return [line(headings), widths.map((width) => "-".repeat(width)).join("  "), ...rows.map(line)].join("\n");
}
