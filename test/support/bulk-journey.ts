// A partner's files of recharges through the whole Worker.
import { env } from "cloudflare:workers";
import Papa from "papaparse";
import { z } from "zod";
import { app } from "../../src/app.ts";
import { ask, type TestPartner } from "./api-journey.ts";
import { newNumber, until } from "./sandbox.ts";

const bulkSchema = z.looseObject({
  id: z.string(),
  state: z.string(),
  rows: z.object({ bad: z.int(), waiting: z.int(), placed: z.int(), refused: z.int() }),
  cost: z.array(z.object({ currency: z.string(), amount: z.string() })),
  stopped_by: z.object({ code: z.string(), detail: z.string() }).nullable(),
  outcomes: z.looseObject({ pending: z.int(), succeeded: z.int(), failed: z.int() }).nullable(),
});
const uploadedSchema = bulkSchema.extend({
  bad_rows: z.array(
    z.object({
      line: z.int(),
      agent_id: z.string(),
      problems: z.array(z.object({ column: z.string().nullable(), code: z.string(), reason: z.string() })),
    }),
  ),
});

/** Rows of Airtel recharges that succeed at once, each of its own number. */
export function goodRows(count: number, suffix = "00"): readonly string[] {
  return Array.from({ length: count }, () => `in.airtel.prepaid,${newNumber(suffix)},20.00`);
}

export const headings = "product,number,amount";

export async function send(partner: TestPartner, text: string, more: { name?: string; type?: string } = {}) {
  const query = more.name === undefined ? "" : `?name=${encodeURIComponent(more.name)}`;
  const headers = { Authorization: `Bearer ${partner.key}`, "Content-Type": more.type ?? "text/csv" };
  const reply = await app.request(`/v1/bulk-recharges${query}`, { method: "POST", headers, body: text }, env);
  const body: unknown = await reply.json();
  return { status: reply.status, body };
}

export async function upload(partner: TestPartner, lines: readonly string[], name?: string) {
  const { status, body } = await send(partner, lines.join("\n"), name === undefined ? {} : { name });
  return { status, ...uploadedSchema.parse(body) };
}

export async function start(partner: TestPartner, id: string, body: object = {}) {
  return ask(partner.key, `/v1/bulk-recharges/${id}/start`, { body });
}

export async function stop(partner: TestPartner, id: string, verb: "pause" | "cancel") {
  return bulkSchema.parse((await ask(partner.key, `/v1/bulk-recharges/${id}/${verb}`, { method: "POST" })).body);
}

export async function readProgress(partner: TestPartner, id: string) {
  return bulkSchema.parse((await ask(partner.key, `/v1/bulk-recharges/${id}`)).body);
}

export async function untilState(partner: TestPartner, id: string, state: string, withinMs = 5_000): Promise<void> {
  await until(async () => (await readProgress(partner, id)).state, state, withinMs);
}

/** The result file, row by row. */
export async function readResult(partner: TestPartner, id: string): Promise<readonly Record<string, string>[]> {
  const { body } = await ask(partner.key, `/v1/bulk-recharges/${id}/result`);
  const parsed = Papa.parse<Record<string, string>>(
    z
      .string()
      .parse(body)
      .replace(/^\uFEFF/, ""),
    { header: true },
  );
  return parsed.data.filter(({ line }) => line !== "");
}
