// The ledger of a soak run, D1 or libSQL: how it is made to fail, and how it is read when all is over.
import { readdirSync, readFileSync } from "node:fs";
import { createClient } from "@libsql/client/web";
import { startHranaServer } from "../../test/support/hrana-server.mjs";
import type { Installation } from "../installation.ts";

export const ledgerKinds = ["d1", "libsql"] as const;
export type LedgerKind = (typeof ledgerKinds)[number];

/** `drop` is a connection cut after the commit; D1 knows only errors. */
export type LedgerFailure = "before" | "after" | "drop";
export interface LedgerFaults {
  readonly isDown: boolean;
  readonly failures: readonly LedgerFailure[];
}
export const wellLedger: LedgerFaults = { isDown: false, failures: [] };

type Row = Readonly<Record<string, unknown>>;

export interface SoakLedger {
  readonly kind: LedgerKind;
  /** Settings of the gateway. */
  readonly vars: Readonly<Record<string, string>>;
  set(installation: Installation, faults: LedgerFaults): Promise<void>;
  /** Reads past the gateway. */
  read(installation: Installation, sql: string): Promise<readonly Row[]>;
  dispose(): Promise<void>;
}

/** `onFailure` hears of each batch that failed on demand. */
export async function startLedger(kind: LedgerKind, onFailure: (failure: string) => void): Promise<SoakLedger> {
  return kind === "d1" ? d1Ledger() : libsqlLedger(onFailure);
}

/** It fails inside the gateway, which says so in its log (`workers/faulty-gateway.ts`). */
function d1Ledger(): SoakLedger {
  return {
    kind: "d1",
    vars: { LEDGER: "d1" },
    async set({ gateway }, { isDown, failures }) {
      const body = JSON.stringify({ isDown, failures: failures.map((one) => (one === "drop" ? "after" : one)) });
      const reply = await fetch(`${gateway.url}/soak/ledger`, { method: "PUT", body });
      if (!reply.ok) throw new Error(`the gateway took no failures of D1: ${reply.status}`);
    },
    async read({ gateway }, sql) {
      const db = await gateway.miniflare.getD1Database("DB");
      return (await db.prepare(sql).all<Row>()).results;
    },
    dispose: async () => undefined,
  };
}

async function libsqlLedger(onFailure: (failure: string) => void): Promise<SoakLedger> {
  const server = await startHranaServer({ onFailure });
  const client = createClient({ url: server.url });
  for (const file of readdirSync("migrations").toSorted())
    if (file.endsWith(".sql")) await client.executeMultiple(readFileSync(`migrations/${file}`, "utf8"));
  return {
    kind: "libsql",
    vars: { LEDGER: "libsql", LIBSQL_URL: server.url },
    async set(_installation, faults) {
      await fetch(`${server.url}/control`, { method: "PUT", body: JSON.stringify(faults) });
    },
    async read(_installation, sql) {
      return (await client.execute(sql)).rows;
    },
    dispose: () => server.close(),
  };
}
