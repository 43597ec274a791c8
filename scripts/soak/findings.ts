// What is true at the end of a soak run, read from the gateway, from the simulator's journal, and past the gateway from the ledger.
import { z } from "zod";
import type { Scene } from "./incidents.ts";
import { askStaff } from "../ask-staff.ts";
import type { SoakPartner } from "./partners.ts";
import type { SoakOrder } from "./schedule.ts";

const moneySchema = z
  .string()
  .regex(/^-?\d+\.\d{2}$/)
  .transform((text) => Number(text.replace(".", "")));

const rechargeSchema = z.looseObject({
  id: z.string(),
  state: z.enum(["pending", "succeeded", "failed", "reversed"]),
  cost: moneySchema,
  has_open_case: z.boolean(),
});
/** As its account says it. */
export type Standing = z.infer<typeof rechargeSchema>;

const entrySchema = z.looseObject({
  id: z.int(),
  account: z.string(),
  number: z.string(),
  script: z.string(),
  cost: moneySchema,
  state: z.enum(["lost", "refused", "pending", "succeeded", "failed"]),
  executions: z.int(),
  deliveries: z.int(),
  refunded: z.boolean(),
  reversed: z.boolean(),
});
export type JournalEntry = z.infer<typeof entrySchema>;

const walletSchema = z.looseObject({
  currency: z.enum(["INR", "BDT"]),
  balance: moneySchema,
  held: moneySchema,
  debt: moneySchema,
});
export type Wallet = z.infer<typeof walletSchema>;

const eventSchema = z.looseObject({
  number: z.int(),
  type: z.string(),
  recharge: z.looseObject({ agent_id: z.string(), state: z.string() }).optional(),
});
export type SoakEvent = z.infer<typeof eventSchema>;

const figuresSchema = z.looseObject({ event_number: z.int(), pending: z.int(), forgotten: z.int() });

export interface AccountFindings {
  readonly partner: SoakPartner;
  readonly wallets: readonly Wallet[];
  readonly events: readonly SoakEvent[];
  readonly figures: z.infer<typeof figuresSchema>;
}

/** A call as a partner; null for 404. Throws for anything else but 2xx. */
export async function askAsPartner<Answer>(
  { installation }: Scene,
  { key }: SoakPartner,
  path: string,
  schema: z.ZodType<Answer>,
): Promise<Answer | null> {
  const reply = await fetch(`${installation.gateway.url}${path}`, { headers: { authorization: `Bearer ${key}` } });
  const text = await reply.text();
  if (reply.status === 404) return null;
  if (!reply.ok) throw new Error(`${path}: ${reply.status} ${text}`);
  return schema.parse(JSON.parse(text));
}

/** Null: the account knows no recharge of that agent id. */
export async function readStanding(scene: Scene, order: SoakOrder): Promise<Standing | null> {
  const partner = scene.partners[order.partner];
  if (partner === undefined) throw new Error("an order is a partner's");
  return askAsPartner(scene, partner, `/v1/recharges?agent_id=${order.agentId}`, rechargeSchema);
}

export async function readAccount(scene: Scene, partner: SoakPartner): Promise<AccountFindings> {
  const balance = await askAsPartner(scene, partner, "/v1/balance", z.looseObject({ wallets: z.array(walletSchema) }));
  const events: SoakEvent[] = [];
  for (let after = 0; ; ) {
    const path = `/v1/events?after=${after}&limit=500`;
    const page = await askAsPartner(
      scene,
      partner,
      path,
      z.looseObject({ events: z.array(eventSchema), next_after: z.int() }),
    );
    if (page === null || page.events.length === 0) break;
    events.push(...page.events);
    after = page.next_after;
  }
  return { partner, wallets: balance?.wallets ?? [], events, figures: await readFigures(scene, partner) };
}

export async function readFigures(
  { installation }: Scene,
  { id }: SoakPartner,
): Promise<z.infer<typeof figuresSchema>> {
  return askStaff(installation, `/partners/${id}/figures`, figuresSchema);
}

const attemptsSchema = z.looseObject({
  attempts: z.array(z.looseObject({ evidence: z.array(z.looseObject({ word: z.string() })) })),
});

/** Whether anybody told the gateway that it failed. */
export async function hasHeardOfFailure({ installation }: Scene, { id }: Standing): Promise<boolean> {
  const { attempts } = await askStaff(installation, `/recharges/${id}`, attemptsSchema);
  return attempts.some(({ evidence }) => evidence.some(({ word }) => word === "failure"));
}

/** All that the upstreams received, by subscriber number. */
export async function readJournal({ installation }: Scene): Promise<ReadonlyMap<string, readonly JournalEntry[]>> {
  const entries: JournalEntry[] = [];
  for (;;) {
    const reply = await fetch(`${installation.simulator.url}/journal?after=${entries.at(-1)?.id ?? 0}`);
    const page = z.array(entrySchema).parse(await reply.json());
    if (page.length === 0) return Map.groupBy(entries, ({ number }) => number);
    entries.push(...page);
  }
}

const upstreamWalletsSchema = z.array(z.looseObject({ account: z.string(), balance: moneySchema }));

/** Each upstream account's balance, minor units. */
export async function readUpstreamWallets({ installation }: Scene): Promise<ReadonlyMap<string, number>> {
  const reply = await fetch(`${installation.simulator.url}/wallets`);
  const wallets = upstreamWalletsSchema.parse(await reply.json());
  return new Map(wallets.map(({ account, balance }) => [account, balance]));
}

const ledgerEventsSchema = z.array(z.looseObject({ account: z.int(), rows: z.int(), last: z.int() }));
const ledgerRechargesSchema = z.array(
  z.looseObject({ account: z.int(), agent_id: z.string(), state: z.string(), cost: z.int() }),
);
const sumsSchema = z.array(z.looseObject({ name: z.string(), total: z.int() }));

export interface LedgerFindings {
  readonly events: z.infer<typeof ledgerEventsSchema>;
  readonly recharges: z.infer<typeof ledgerRechargesSchema>;
  /** Credits less debits of each ledger account, minor units. */
  readonly balances: ReadonlyMap<string, number>;
}

/** Straight from the database, by sums of our own. */
export async function readLedger({ ledger, installation }: Scene): Promise<LedgerFindings> {
  const read = async <Rows>(sql: string, schema: z.ZodType<Rows>): Promise<Rows> =>
    schema.parse((await ledger.read(installation, sql)).map((row) => ({ ...row })));
  const credits = await read("select credit as name, sum(amount) as total from transfers group by credit", sumsSchema);
  const debits = await read("select debit as name, sum(amount) as total from transfers group by debit", sumsSchema);
  const balances = new Map<string, number>();
  for (const { name, total } of credits) balances.set(name, (balances.get(name) ?? 0) + total);
  for (const { name, total } of debits) balances.set(name, (balances.get(name) ?? 0) - total);
  return {
    events: await read(
      "select account, count(*) as rows, max(number) as last from events group by account",
      ledgerEventsSchema,
    ),
    recharges: await read("select account, agent_id, state, cost from recharges", ledgerRechargesSchema),
    balances,
  };
}
