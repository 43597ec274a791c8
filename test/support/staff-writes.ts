// One good request of each operation of the admin API that writes, and what the audit says of it.
import { expect } from "vitest";
import { z } from "zod";
import { ask } from "./api-journey.ts";
import { readFile, tokenOf } from "./case-journey.ts";
import { copySteps } from "./copy-steps.ts";
import { newNumber } from "./sandbox.ts";
import type { Step } from "./staff-write-step.ts";
import { headings, inDhaka, mapping } from "./statement-journey.ts";

const named = z.looseObject({ id: z.string() });
export const future = () => new Date(Date.now() + 86_400_000).toISOString();
export const credit = { currency: "INR", amount: "5.00", reason: "paid", external_reference: "walk-1" };
export const rates = (points: number) => ({ commission: [{ product: "*", basis_points: points }] });

/** One good request of each operation that writes, in an order in which each has something to do. */
export const steps: readonly Step[] = [
  {
    operation: "createPartner",
    run: ({ send }) =>
      send("POST", "/partners", { name: crypto.randomUUID(), mode: "sandbox", wallets: ["INR"], ...rates(1) }),
    after: { status: "active" },
  },
  ...(["suspend", "close", "resume"] as const).map(
    (verb): Step => ({
      operation: `${verb}Partner`,
      run: ({ send, partner }) => send("POST", `/partners/${partner.id}/${verb}`),
      before: { status: { suspend: "active", close: "suspended", resume: "closed" }[verb] },
      after: { status: { suspend: "suspended", close: "closed", resume: "active" }[verb] },
    }),
  ),
  {
    operation: "changeLimits",
    run: ({ send, partner }) => {
      const limits = [{ currency: "INR", per_recharge: "900.00", per_day: null }];
      return send("PUT", `/partners/${partner.id}/limits`, { limits });
    },
    before: { limits: [] },
    after: { limits: [{ perRecharge: 90_000 }] },
  },
  {
    operation: "creditWallet",
    run: ({ send, partner }) => send("POST", `/partners/${partner.id}/credits`, credit),
    before: { balance: 100_000 },
    after: { balance: 100_500, movement: { externalReference: "walk-1" } },
  },
  {
    operation: "debitWallet",
    run: ({ send, partner }) =>
      send("POST", `/partners/${partner.id}/debits`, { ...credit, external_reference: "walk-2" }),
    before: { balance: 100_500 },
    after: { balance: 100_000 },
  },
  {
    operation: "changePlan",
    run: ({ send, partner }) => send("PUT", `/partners/${partner.id}/plan`, { ...rates(200), from: future() }),
    before: { later_plans: [] },
    after: { later_plans: [{ version: 2 }] },
  },
  {
    operation: "cancelPlan",
    run: ({ send, partner }) => send("DELETE", `/partners/${partner.id}/plans/2`),
    before: { later_plans: [{ version: 2 }] },
    after: { later_plans: [] },
  },
  {
    operation: "changeRewards",
    run: ({ send, partner }) =>
      send("PUT", `/partners/${partner.id}/rewards`, { rewards: { points: [], levels: [], offers: [], budgets: [] } }),
    before: { rewards: null },
    after: { rewards: { points: [] } },
  },
  {
    operation: "issueKey",
    run: ({ send, partner }) => send("POST", `/partners/${partner.id}/keys`, { name: "w", scopes: ["account:read"] }),
    after: { name: "w" },
  },
  {
    operation: "changeAddresses",
    run: ({ send, partner }) =>
      send("PUT", `/partners/${partner.id}/keys/${partner.keyId}/addresses`, { addresses: ["192.0.2.1"] }),
    before: { addresses: [] },
    after: { addresses: ["192.0.2.1"] },
  },
  {
    operation: "rotateKey",
    run: ({ send, partner }) => send("POST", `/partners/${partner.id}/keys/${partner.keyId}/rotate`, { name: "w2" }),
    before: { name: "first" },
    after: { name: "w2" },
  },
  {
    operation: "revokeKey",
    run: ({ send, partner }) => send("DELETE", `/partners/${partner.id}/keys/${partner.keyId}`),
    before: { revoked_keys: [] },
    after: { revoked_keys: [expect.stringMatching(/^key_/)] },
  },
  {
    operation: "proposeRuling",
    run: async ({ doubtful }) => {
      const seen = (await readFile(doubtful)).evidence_number;
      const body = { word: "failure", reason: "their letter", seen };
      return ask(await tokenOf("proposer"), `/admin/v1/recharges/${doubtful}/rulings`, { body });
    },
    after: { word: "failure" },
  },
  {
    operation: "confirmRuling",
    run: async ({ send, doubtful }) => {
      const seen = (await readFile(doubtful)).evidence_number;
      return send("POST", `/recharges/${doubtful}/rulings/1/confirm`, { seen });
    },
    after: { word: "failure" },
  },
  {
    operation: "changeOrder",
    run: ({ send }) => send("PUT", "/providers/order", { product: "in.mtnl.prepaid", providers: ["aopay-sandbox"] }),
    before: { providers: [] },
    after: { providers: ["aopay-sandbox"] },
  },
  ...[true, false].map(
    (isOff): Step => ({
      operation: "switchProvider",
      run: ({ send }) => send("PUT", "/providers/nurr-sandbox", { is_off: isOff }),
      before: { is_off: !isOff },
      after: { is_off: isOff },
    }),
  ),
  {
    operation: "changeNumberRules",
    run: ({ send }) => send("PUT", "/number-rules", { velocity_per_day: 9 }),
    before: { velocity_per_day: null },
    after: { velocity_per_day: 9 },
  },
  {
    operation: "blockNumber",
    run: ({ send }) => {
      const block = { product: "in.airtel.prepaid", number: newNumber("00"), is_blocked: true, reason: "test" };
      return send("PUT", "/blocked-numbers", block);
    },
    before: { is_blocked: false },
    after: { is_blocked: true },
  },
  {
    operation: "changeStatementMapping",
    run: ({ send }) => send("PUT", "/providers/nurr-sandbox/statement-mapping", mapping),
  },
  {
    operation: "planProviderStatement",
    run: ({ send }) => send("POST", "/providers/nurr-sandbox/statements?dry_run", statementFile()),
  },
  {
    operation: "applyProviderStatement",
    run: async ({ send }) => {
      const planned = await send("POST", "/providers/nurr-sandbox/statements?dry_run", statementFile());
      const { statement } = z.looseObject({ statement: named }).parse(planned.body);
      return send("POST", `/providers/nurr-sandbox/statements/${statement.id}/apply`);
    },
  },
  {
    operation: "declareWallet",
    run: ({ send }) =>
      send("POST", "/providers/nurr-sandbox/declarations", { kind: "exclusive", reason: "ours alone" }),
  },
  {
    operation: "withdrawDeclaration",
    run: ({ send }) => send("POST", "/providers/nurr-sandbox/declarations/exclusive/withdraw", { reason: "no more" }),
  },
  {
    operation: "recordFloatMovement",
    run: ({ send }) => {
      const from = new Date(Date.now() - 60_000).toISOString();
      const movement = { direction: "in", amount: "100.00", from, note: "top-up", external_reference: "walk-3" };
      return send("POST", "/providers/nurr-sandbox/float-movements", movement);
    },
  },
  { operation: "judgeSegments", run: ({ send }) => send("POST", "/providers/nurr-sandbox/segments") },
  ...copySteps,
  { operation: "testAlerts", run: ({ send }) => send("POST", "/alerts/test"), after: { channels: [] } },
  { operation: "reconcileNow", run: ({ send }) => send("POST", "/reconcile"), after: { kind: "done" } },
  { operation: "seedSandbox", run: ({ send }) => send("POST", "/sandbox") },
  {
    operation: "issueStaffToken",
    run: ({ send }) => send("POST", "/staff-tokens", { staff: "new", scopes: ["viewer"] }),
    after: { staff: "new" },
  },
  {
    operation: "revokeStaffToken",
    run: async ({ send }) => {
      const issued = await send("POST", "/staff-tokens", { staff: "gone", scopes: ["viewer"] });
      return send("DELETE", `/staff-tokens/${z.looseObject({ token_id: z.string() }).parse(issued.body).token_id}`);
    },
    before: { revoked_at: null },
    after: { revoked_at: expect.any(Number) },
  },
  {
    operation: "issueSignInLink",
    run: ({ send }) => send("POST", "/sign-in-links", { person: "asha", scopes: ["viewer"] }),
  },
  { operation: "signOutEverywhere", run: ({ send }) => send("POST", "/sign-outs", { person: "asha" }) },
];

/** Two rows that name no recharge of ours. */
function statementFile(): string {
  const at = inDhaka(Date.now() - 120_000);
  return [headings, `${crypto.randomUUID()},01711111111,20.00,Success,${at},19.80,`].join("\r\n");
}
