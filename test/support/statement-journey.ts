// Statements of nurr through the whole Worker: files, dry runs, applying, and recharges whose answers were lost.
import { env } from "cloudflare:workers";
import { expect } from "vitest";
import { z } from "zod";
import { app } from "../../src/app.ts";
import { askStaff, newPartner } from "./api-journey.ts";
import { accountOf, newBangladeshNumber, newOrder, request, until } from "./sandbox.ts";

export const provider = "/providers/nurr-sandbox";
export const mapping = {
  columns: {
    id: "Trx",
    number: "Mobile",
    amount: "Amount",
    status: "Status",
    time: "Date",
    debit: "Debit",
    credit: "Credit",
  },
  words: { success: ["Success"], failure: ["Failed"], refund: ["Refunded"], pending: ["Pending"], other: ["Deposit"] },
  date: "yyyy-MM-dd HH:mm:ss",
  zone: "Asia/Dhaka",
  decimal: { point: ".", grouping: "," },
  summary: { from: "From", to: "To", opening: "Opening", closing: "Closing", made: "Made" },
};
export const headings = "Trx,Mobile,Amount,Status,Date,Debit,Credit";

/** As clocks in Dhaka show a moment. */
export function inDhaka(moment: number): string {
  return new Date(moment + 6 * 3_600_000).toISOString().slice(0, 19).replace("T", " ");
}

const planSchema = z.looseObject({
  statement: z.looseObject({ id: z.string(), state: z.string() }),
  footing: z.looseObject({ foots: z.boolean() }),
  rows: z.array(
    z.looseObject({
      line: z.int(),
      disposition: z.string(),
      is_applied: z.boolean(),
      attempt: z.looseObject({ recharge_id: z.string() }).nullable(),
    }),
  ),
  missing: z.array(z.looseObject({ attempt: z.looseObject({ recharge_id: z.string() }), word: z.string() })),
});

export async function post(lines: readonly string[], more: { path?: string; type?: string; body?: BodyInit } = {}) {
  const headers = {
    Authorization: `Bearer ${env.BOOTSTRAP_STAFF_TOKEN}`,
    ...(more.body === undefined ? { "Content-Type": more.type ?? "text/csv" } : {}),
  };
  const path = `/admin/v1${more.path ?? provider}/statements?dry_run`;
  const reply = await app.request(path, { method: "POST", headers, body: more.body ?? lines.join("\r\n") }, env);
  const body: unknown = await reply.json();
  return { status: reply.status, body };
}

export async function dryRun(lines: readonly string[], path = provider) {
  const { status, body } = await post(lines, { path });
  expect([status, body]).toEqual([200, expect.anything()]);
  return planSchema.parse(body);
}

export async function apply(id: string, path = provider): Promise<unknown> {
  const { status, body } = await askStaff(`${path}/statements/${id}/apply`, undefined, "POST");
  expect(status).toBe(200);
  return body;
}

/** A recharge through nurr whose answer was lost, with its account. */
export async function lostRecharge(suffix: "40" | "41") {
  const { account: number, id } = await newPartner({ balance: "0.00" });
  const credit = { currency: "BDT", amount: "1000.00", reason: "opening", external_reference: "bdt" };
  await askStaff(`/partners/${id}/credits`, credit);
  const account = accountOf(number);
  const order = newOrder({ product: "bd.grameenphone.prepaid", number: newBangladeshNumber(suffix) });
  const placed = await account.place(request(order));
  if (!placed.ok) throw new Error(placed.problem.detail);
  const { recharge } = placed.value;
  await until(async () => (await account.readAttempts(recharge.id))[0]?.state, "in_doubt");
  return { account, order, recharge, takenAt: recharge.createdAt };
}

export const words = (plan: z.infer<typeof planSchema>, id: string) =>
  plan.missing.filter(({ attempt }) => attempt.recharge_id === id).map(({ word }) => word);

/** The row of success of a lost recharge, under an id of theirs. */
export function successRow(id: string, { order, takenAt }: Awaited<ReturnType<typeof lostRecharge>>): string {
  return `${id},${order.number},20.00,Success,${inDhaka(takenAt)},19.80,`;
}
