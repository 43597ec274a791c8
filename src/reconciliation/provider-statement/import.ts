// Importing a provider's statement: its mapping, the dry run, and applying what the dry run showed, once.
import { createHash } from "node:crypto";
import type { AccountCalls, ProviderAttempt } from "../../accounts/account.ts";
import { assert } from "../../base/assert.ts";
import type { Clock } from "../../base/clock.ts";
import { type InstallationCode, readReference } from "../../base/id.ts";
import type { Log } from "../../base/log.ts";
import { type Refusal, refusal } from "../../base/refusal.ts";
import { ok, type Result, refuse } from "../../base/result.ts";
import type { LedgerDatabase } from "../../ledger/client.ts";
import {
  findStatement,
  insertPlanned,
  listStatements,
  readBindings,
  readMapping,
  type StoredStatement,
  writeMapping,
} from "../../ledger/provider-statements.ts";
import type { StaffAct } from "../../partners/partner.ts";
import { listPartners } from "../../partners/profile-change.ts";
import { insertAudit } from "../../partners/rows.ts";
import type { ProviderFacts } from "../../providers/provider.ts";
import { type StatementMapping, mappingSchema } from "./mapping.ts";
import { type BoundRow, clockDifferenceMs, type MatchRules } from "./match.ts";
import { hashOfPlan, planStatement, type StatementPlan } from "./plan.ts";
import { readStatementFile, type StatementFile } from "./rows.ts";
import { earliest, latest } from "./time.ts";
import { countsOf } from "./counts.ts";

export interface StatementParts {
  readonly database: LedgerDatabase;
  readonly installation: InstallationCode;
  readonly clock: Clock;
  readonly log: Log;
  readonly providers: ReadonlyMap<string, ProviderFacts>;
  account(number: number): Pick<AccountCalls, "readProviderAttempts" | "takeStatement">;
}

export interface KnownMapping {
  readonly version: number;
  readonly mapping: StatementMapping;
}

export interface PlannedStatement {
  readonly statement: StoredStatement;
  readonly plan: StatementPlan;
}

export const noSuchProvider = refusal("not_found", "There is no such provider.");

/** Remembers how this provider's statements are read. */
export async function changeMapping(
  { database, clock, providers }: StatementParts,
  provider: string,
  mapping: StatementMapping,
  by: StaffAct,
): Promise<Result<KnownMapping, Refusal>> {
  if (!providers.has(provider)) return refuse(noSuchProvider);
  const before = await findMapping(database, provider);
  const at = clock.now();
  await database.batch([
    writeMapping(provider, JSON.stringify(mapping), { staff: by.staff, at }),
    insertAudit(by, at, {
      verb: "change_statement_mapping",
      subject: provider,
      before: before?.mapping ?? null,
      after: mapping,
    }),
  ]);
  const known = await findMapping(database, provider);
  assert(known !== null, "a mapping that was written is there");
  return ok(known);
}

/** The mapping that is remembered; null: none yet. */
export async function findMapping(database: LedgerDatabase, provider: string): Promise<KnownMapping | null> {
  const stored = await readMapping(database, provider);
  if (stored === null) return null;
  return { version: stored.version, mapping: mappingSchema.parse(JSON.parse(stored.mapping)) };
}

/** The imports of a provider, the latest first. */
export async function readStatements(
  { database, providers }: StatementParts,
  provider: string,
): Promise<Result<readonly StoredStatement[], Refusal>> {
  if (!providers.has(provider)) return refuse(noSuchProvider);
  return ok(await listStatements(database, provider, 100));
}

/**
 * The dry run: reads the file, asks the accounts, and keeps what applying would do. Moves nothing. The same file with the
 * same consequences is the same dry run. Refuses a file with lines that cannot be read, naming each.
 */
export async function planImport(
  parts: StatementParts,
  provider: string,
  text: string,
  by: StaffAct,
): Promise<Result<PlannedStatement, Refusal>> {
  const facts = parts.providers.get(provider);
  if (facts === undefined) return refuse(noSuchProvider);
  const known = await findMapping(parts.database, provider);
  if (known === null)
    return refuse(
      refusal("not_found", "This provider has no statement mapping yet; say first how its files are read."),
    );
  const now = parts.clock.now();
  const file = readStatementFile(text, known.mapping, now);
  if (!file.ok) {
    const detail = "The statement cannot be read; nothing of it was taken.";
    return refuse(refusal("parameter", detail, { problems: file.problem }));
  }
  const rules: MatchRules = {
    callLimitMs: facts.callLimitMs,
    finalAfterMs: facts.safety.finalAfterMs,
    referenceTravels: facts.safety.reference.kind === "travels",
    now,
  };
  const identities = [...new Set(file.value.rows.map(({ identity }) => identity))];
  const bindings = await readBindings(parts.database, provider, identities);
  const bound = bindings.map(({ attempt, ...binding }): BoundRow => ({ ...binding, counter: attempt }));
  const attempts = await askAccounts(parts, facts, { file: file.value, bound, rules });
  const plan = planStatement(file.value, attempts, { bound, rules });
  const fileHash = createHash("sha256").update(text, "utf8").digest("hex");
  return ok({ plan, statement: await keep(parts, { provider, fileHash, mapping: known, plan }, by) });
}

async function keep(
  { database, clock }: StatementParts,
  planned: {
    readonly provider: string;
    readonly fileHash: string;
    readonly mapping: KnownMapping;
    readonly plan: StatementPlan;
  },
  by: StaffAct,
): Promise<StoredStatement> {
  const { provider, fileHash, plan } = planned;
  const mappingVersion = planned.mapping.version;
  const named = [provider, fileHash, String(mappingVersion), hashOfPlan(plan)].join(" ");
  const id = `pst_${createHash("sha256").update(named, "utf8").digest("hex").slice(0, 20)}`;
  const createdAt = clock.now();
  const summary = JSON.stringify(countsOf(plan));
  const statement = { id, provider, fileHash, mappingVersion, summary, createdAt, createdBy: by.staff };
  const words = plan.words.map(({ account, attempt, identity, ...word }) => ({
    account,
    attempt,
    identity,
    data: JSON.stringify({ ...word, attempt }),
  }));
  await database.batch([
    ...insertPlanned(statement, words),
    insertAudit(by, createdAt, {
      verb: "plan_provider_statement",
      subject: provider,
      before: null,
      after: { id, file_hash: fileHash, ...countsOf(plan) },
    }),
  ]);
  const kept = await findStatement(database, provider, id);
  assert(kept !== null, "a dry run that was kept is there");
  return kept;
}

const askedAtOnce = 20;
const pageSize = 100;

/**
 * Every attempt at this provider that the file could speak of, from the accounts themselves: the ledger may not have them
 * yet. An account that cannot be asked is a fault: without it nobody knows which rows are free.
 */
async function askAccounts(
  parts: StatementParts,
  facts: ProviderFacts,
  asked: { readonly file: StatementFile; readonly bound: readonly BoundRow[]; readonly rules: MatchRules },
): Promise<readonly ProviderAttempt[]> {
  const { database, installation } = parts;
  const span = spanOf(asked.file, asked.rules);
  const named = new Map<number, number[]>();
  const name = (number: number, counter: number) => named.set(number, [...(named.get(number) ?? []), counter]);
  for (const { reference } of asked.file.rows) {
    const read = readReference(installation, reference ?? "");
    if (read !== null) name(read.accountNumber, read.counter);
  }
  for (const binding of asked.bound) name(binding.account, binding.counter);
  const found: (readonly ProviderAttempt[])[] = [];
  for (let after: number | null = 0; after !== null; ) {
    // oxlint-disable-next-line no-await-in-loop -- page by page
    const page = await listPartners(database, { after, limit: pageSize });
    const numbers = page.filter(({ mode }) => mode === facts.mode).map((partner) => partner.account);
    for (let index = 0; index < numbers.length; index += askedAtOnce) {
      const some = numbers.slice(index, index + askedAtOnce);
      // oxlint-disable-next-line no-await-in-loop -- a bounded number of accounts at once
      const answers = await Promise.all(
        some.map((number) =>
          parts
            .account(number)
            .readProviderAttempts({ ...span, provider: facts.id, counters: named.get(number) ?? [] }),
        ),
      );
      found.push(...answers);
    }
    after = page.length < pageSize ? null : (page.at(-1)?.account ?? null);
  }
  return found.flat();
}

/** When an attempt may have started for a row of this file to be about it. */
function spanOf({ rows, summary }: StatementFile, { callLimitMs, finalAfterMs, now }: MatchRules) {
  const reachMs = callLimitMs + finalAfterMs + 2 * clockDifferenceMs;
  const starts = rows.map(({ time }) => time.from);
  const ends = rows.map(({ time }) => time.until);
  return {
    from: Math.min(earliest(starts, now), summary?.from ?? now) - reachMs,
    to: Math.min(now, latest(ends, summary?.to ?? 0) + clockDifferenceMs),
  };
}
