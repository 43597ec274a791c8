// The verbs of staff on cases: reading one with what may be ruled, proposing a ruling, confirming it. Each write is audited.
import type {
  EvidenceView,
  RulingConfirmed,
  RulingEffect,
  RulingImagined,
  RulingView,
  RulingWanted,
} from "../accounts/case-types.ts";
import type { AccountCalls } from "../accounts/account.ts";
import type { Clock } from "../base/clock.ts";
import { readRechargeId } from "../base/id.ts";
import { type Refusal, refusal } from "../base/refusal.ts";
import { ok, type Result, refuse } from "../base/result.ts";
import type { LedgerDatabase, Statement } from "../ledger/client.ts";
import type { StaffAct } from "../partners/partner.ts";
import { dropProposal, noteProposal } from "../ledger/proposals.ts";
import { insertAudit } from "../partners/rows.ts";
import { type Suggestion, suggestRuling } from "./suggest-ruling.ts";

export interface CaseParts {
  readonly database: LedgerDatabase;
  readonly clock: Clock;
  account(number: number): AccountCalls;
}

export interface CaseFile extends EvidenceView {
  /** Null where there is neither a case nor a dispute. */
  readonly suggestion: Suggestion | null;
}

const unknown = refusal("not_found", "There is no such recharge.");

/** All that is known about a recharge, asked of its account. Refuses an unknown one. */
export async function readCaseFile(parts: CaseParts, rechargeId: string): Promise<Result<CaseFile, Refusal>> {
  const view = (await accountIn(parts, rechargeId)?.readEvidence(rechargeId)) ?? null;
  if (view === null) return refuse(unknown);
  const disputedAt = view.disputes.find((dispute) => dispute.state === "open")?.openedAt ?? null;
  return ok({ ...view, suggestion: suggestRuling({ ...view, disputedAt }) });
}

/** What a ruling would do now, in figures. Writes nothing; refuses what `proposeRuling` refuses. */
export async function previewRuling(
  parts: CaseParts,
  rechargeId: string,
  imagined: RulingImagined,
): Promise<Result<RulingEffect, Refusal>> {
  return (await accountIn(parts, rechargeId)?.previewRuling(rechargeId, imagined)) ?? refuse(unknown);
}

/** Proposes a ruling in the name of the person who asks; see `accounts/rule.ts` for what is refused. */
export async function proposeRuling(
  parts: CaseParts,
  rechargeId: string,
  wanted: Omit<RulingWanted, "staff">,
  by: StaffAct,
): Promise<Result<RulingView, Refusal>> {
  const account = accountIn(parts, rechargeId);
  if (account === null) return refuse(unknown);
  const proposed = await account.proposeRuling(rechargeId, { ...wanted, staff: by.staff });
  if (proposed.ok) await audit(parts, by, "propose_ruling", { rechargeId, ruling: proposed.value });
  return proposed;
}

/** Confirms a ruling, which applies it: evidence, money, case and dispute in one write of the account. */
export async function confirmRuling(
  parts: CaseParts,
  rechargeId: string,
  confirmed: Omit<RulingConfirmed, "staff">,
  by: StaffAct,
): Promise<Result<RulingView, Refusal>> {
  const account = accountIn(parts, rechargeId);
  if (account === null) return refuse(unknown);
  const ruled = await account.confirmRuling(rechargeId, { ...confirmed, staff: by.staff });
  if (ruled.ok) await audit(parts, by, "confirm_ruling", { rechargeId, ruling: ruled.value });
  return ruled;
}

async function audit(
  { database, clock }: CaseParts,
  by: StaffAct,
  verb: "propose_ruling" | "confirm_ruling",
  { rechargeId, ruling }: { readonly rechargeId: string; readonly ruling: RulingView },
): Promise<void> {
  const noted = insertAudit(by, clock.now(), { verb, subject: rechargeId, before: null, after: ruling });
  await database.batch([noted, ...waitingOf(rechargeId, ruling)]);
}

/** What staff see as waiting for a second person. */
function waitingOf(rechargeId: string, ruling: RulingView): readonly Statement[] {
  const id = readRechargeId(rechargeId);
  if (id === null) return [];
  const of = { account: id.accountNumber, recharge: id.counter };
  if (ruling.state === "confirmed") return [dropProposal(of)];
  const { number, word, proposedBy, proposedAt } = ruling;
  return ruling.state === "waits" ? [noteProposal({ ...of, number }, { word, by: proposedBy, at: proposedAt })] : [];
}

/** The account that the id names; a fresh stub. `0` is no account. */
function accountIn(parts: CaseParts, rechargeId: string): AccountCalls | null {
  const number = readRechargeId(rechargeId)?.accountNumber ?? 0;
  return number === 0 ? null : parts.account(number);
}
