// What the pages about cases use of `/admin/v1`'s answers.
import { z } from "zod";
import { type Asked, ask, type AskGateway } from "./ask.ts";
import type { ConsoleEnv } from "./console-env.ts";
import type { Context } from "hono";

const moneySchema = z.object({ amount: z.string(), currency: z.string() });
export const proposalSchema = z.object({ word: z.string(), proposed_by: z.string(), proposed_at: z.string() });
export type Proposal = z.infer<typeof proposalSchema>;
const openShape = {
  partner: z.string(),
  recharge_id: z.string(),
  state: z.string(),
  product: z.string(),
  provider: z.string(),
  money_at_risk: moneySchema,
  placed_at: z.string(),
  proposal: proposalSchema.nullable(),
};

export const openCasesSchema = z.object({
  cases: z.array(z.object({ ...openShape, kind: z.string() })),
  next_cursor: z.string().nullable(),
});
export const openDisputesSchema = z.object({
  disputes: z.array(z.object({ ...openShape, number: z.int(), disposition: z.string(), comment: z.string() })),
  next_cursor: z.string().nullable(),
});
export type OpenItem = z.infer<typeof openCasesSchema>["cases"][number];
export type OpenDispute = z.infer<typeof openDisputesSchema>["disputes"][number];

const pieceSchema = z.object({
  at: z.string(),
  received_at: z.string(),
  kind: z.string(),
  said: z.string(),
  word: z.string(),
  proves: z.string(),
  decides: z.boolean(),
  operator_reference: z.string().nullable(),
  their_reference: z.string().nullable(),
});
const attemptSchema = z.object({
  reference: z.string(),
  provider: z.string(),
  their_reference: z.string().nullable(),
  state: z.string(),
  started_at: z.string(),
  lookups: z.int(),
  next_step_at: z.string().nullable(),
  evidence: z.array(pieceSchema),
});
const rulingSchema = z.object({
  number: z.int(),
  word: z.enum(["success", "failure"]),
  reason: z.string(),
  succeeded: z.array(z.string()),
  seen: z.int(),
  state: z.enum(["waits", "confirmed", "void"]),
  proposed_by: z.string(),
  proposed_at: z.string(),
  confirmed_by: z.string().nullable(),
  confirmed_at: z.string().nullable(),
});
const disputeSchema = z.object({
  number: z.int(),
  disposition: z.string(),
  comment: z.string(),
  state: z.enum(["open", "won", "lost"]),
  reason: z.string().nullable(),
  opened_at: z.string(),
  closed_at: z.string().nullable(),
});

export const caseFileSchema = z.object({
  recharge: z.object({
    id: z.string(),
    agent_id: z.string(),
    mode: z.string(),
    product: z.string(),
    number: z.string(),
    amount: z.string(),
    cost: z.string(),
    currency: z.string(),
    state: z.string(),
    operator_reference: z.string().nullable(),
    created_at: z.string(),
  }),
  evidence_number: z.int(),
  case: z.object({ kind: z.string(), opened_at: z.string() }).nullable(),
  suggestion: z.object({ word: z.enum(["success", "failure"]).nullable(), text: z.string() }).nullable(),
  attempts: z.array(attemptSchema),
  rulings: z.array(rulingSchema),
  disputes: z.array(disputeSchema),
});
export type CaseFile = z.infer<typeof caseFileSchema>;
export type CaseAttempt = z.infer<typeof attemptSchema>;
export type CasePiece = z.infer<typeof pieceSchema>;
export type Ruling = z.infer<typeof rulingSchema>;

const walletSchema = z.object({ balance: z.string(), held: z.string(), debt: z.string() });
const effectSchema = z.object({
  word: z.enum(["success", "failure"]),
  succeeded: z.array(z.string()),
  state: z.object({ before: z.string(), after: z.string() }),
  currency: z.string(),
  wallet: z.object({ before: walletSchema, after: walletSchema }),
  case_after: z.string().nullable(),
  dispute: z.string().nullable(),
});
export type RulingEffect = z.infer<typeof effectSchema>;
export type RulingWord = RulingEffect["word"];

export function casePath(id: string): string {
  return `/console/cases/${encodeURIComponent(id)}`;
}

export function rechargeApiPath(id: string): string {
  return `/admin/v1/recharges/${encodeURIComponent(id)}`;
}

/** All that is known of one recharge. */
export function askCase(c: Context<ConsoleEnv>, gateway: AskGateway, id: string): Promise<Asked<CaseFile>> {
  return ask(c, gateway, { path: `${rechargeApiPath(id)}/evidence`, schema: caseFileSchema });
}

/** What a ruling would do now. */
export function askEffect(
  c: Context<ConsoleEnv>,
  gateway: AskGateway,
  { id, ...body }: { id: string; word: RulingWord; seen: number; succeeded?: readonly string[] },
): Promise<Asked<RulingEffect>> {
  return ask(c, gateway, {
    method: "POST",
    path: `${rechargeApiPath(id)}/rulings/preview`,
    body,
    schema: effectSchema,
  });
}
