// Applying an import: the words of its dry run and no others, each once; an account takes all of its own, or none.
import { z } from "zod";
import type { StatementWord } from "../../accounts/account.ts";
import { type Refusal, refusal } from "../../base/refusal.ts";
import { ok, type Result, refuse } from "../../base/result.ts";
import {
  beginApplying,
  endApplying,
  findStatement,
  readBindings,
  readWords,
  type StoredStatement,
  type StoredWord,
} from "../../ledger/provider-statements.ts";
import type { StaffAct } from "../../partners/partner.ts";
import { insertAudit } from "../../partners/rows.ts";
import { failureCauses } from "../../recharges/recharge.ts";
import type { StatementParts } from "./import.ts";

/** `outdated`: an attempt has heard something since the dry run, or a row was used meanwhile; nothing was done. */
export type Applied =
  | { readonly kind: "applied"; readonly statement: StoredStatement; readonly isReplay: boolean }
  | { readonly kind: "outdated"; readonly attempts: readonly AttemptName[] };

export interface AttemptName {
  readonly account: number;
  readonly attempt: number;
}

const wordSchema = z.object({
  attempt: z.int(),
  seenEvidence: z.int(),
  key: z.string(),
  kind: z.enum(["statement", "absence"]),
  word: z.enum(["success", "failure", "absent"]),
  speaksAt: z.int(),
  operatorReference: z.string().nullable(),
  theirReference: z.string().nullable(),
  cause: z.enum(failureCauses).nullable(),
  amount: z.int().nullable(),
  said: z.string(),
});

/**
 * Applies a dry run. All accounts are asked first whether it still holds; then its rows are bound, and each account takes
 * its words in one write. Repeated, it goes on where it was, and an import that was applied is answered with what came of it.
 */
export async function applyImport(
  parts: StatementParts,
  named: { readonly provider: string; readonly id: string },
  by: StaffAct,
): Promise<Result<Applied, Refusal>> {
  const { database, clock } = parts;
  const statement = await findStatement(database, named.provider, named.id);
  if (statement === null) return refuse(refusal("not_found", "There is no such dry run of this provider."));
  if (statement.state === "applied") return ok({ kind: "applied", statement, isReplay: true });
  const words = await readWords(database, statement.id);
  if (statement.state === "planned") {
    const outdated = [
      ...(await tellAccounts(parts, statement.provider, words, true)).outdated,
      ...(await boundElsewhere(parts, statement.provider, words)),
    ];
    if (outdated.length > 0) return ok({ kind: "outdated", attempts: outdated });
    await database.batch(beginApplying(statement, { staff: by.staff, at: clock.now() }));
  }
  return ok(await finish(parts, statement, words, by));
}

async function finish(
  parts: StatementParts,
  { id, provider }: StoredStatement,
  words: readonly StoredWord[],
  by: StaffAct,
): Promise<Applied> {
  const { database, clock, log } = parts;
  const told = await tellAccounts(parts, provider, words, false);
  const refusedBy = [...new Set(told.outdated.map(({ account }) => account))];
  const late = words.filter(({ account }) => refusedBy.includes(account)).length;
  const counts = { taken: words.length - late, outdated: late };
  if (late > 0) log.warn("provider_statement.outdated", { provider, words: late });
  await database.batch([
    ...endApplying(id, counts, refusedBy),
    insertAudit(by, clock.now(), {
      verb: "apply_provider_statement",
      subject: provider,
      before: null,
      after: { id, ...counts },
    }),
  ]);
  const statement = await findStatement(database, provider, id);
  if (statement === null) throw new Error("an import that was applied is gone");
  return { kind: "applied", statement, isReplay: false };
}

const toldAtOnce = 20;

/** Each account gets its words in one call. */
async function tellAccounts(
  parts: StatementParts,
  provider: string,
  words: readonly StoredWord[],
  isDryRun: boolean,
): Promise<{ readonly outdated: readonly AttemptName[] }> {
  const accounts = [...Map.groupBy(words, ({ account }) => account)];
  const outdated: AttemptName[] = [];
  for (let index = 0; index < accounts.length; index += toldAtOnce) {
    // oxlint-disable-next-line no-await-in-loop -- a bounded number of accounts at once
    const answers = await Promise.all(
      accounts.slice(index, index + toldAtOnce).map(async ([account, own]) => {
        const answer = await parts.account(account).takeStatement(provider, own.map(readWord), isDryRun);
        return answer.kind === "outdated" ? answer.attempts.map((attempt) => ({ account, attempt })) : [];
      }),
    );
    outdated.push(...answers.flat());
  }
  return { outdated };
}

/** A word as it was stored by the dry run. */
function readWord({ data }: StoredWord): StatementWord {
  return wordSchema.parse(JSON.parse(data)) as StatementWord; // the brand of amounts does not survive JSON
}

/** Attempts whose row another import has bound to another attempt since. */
async function boundElsewhere(
  { database }: StatementParts,
  provider: string,
  words: readonly StoredWord[],
): Promise<readonly AttemptName[]> {
  const wanted = new Map(words.flatMap((word) => (word.identity === null ? [] : [[word.identity, word] as const])));
  const bound = await readBindings(database, provider, [...wanted.keys()]);
  return bound.flatMap(({ identity, account, attempt }) => {
    const word = wanted.get(identity);
    if (word === undefined || (word.account === account && word.attempt === attempt)) return [];
    return [{ account: word.account, attempt: word.attempt }];
  });
}
