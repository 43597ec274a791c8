// Real accounts in plain Node, each on an SQLite of its own: for tests, and for mutants, that need no workerd.
import { Account } from "../../src/accounts/account-object.ts";
import type { AccountServices } from "../../src/accounts/context.ts";
import type { Clock } from "../../src/base/clock.ts";
import type { Log, LogFacts } from "../../src/base/log.ts";
import { minor } from "../../src/base/money.ts";
import { Counted } from "../../src/numbers/counted.ts";
import { profileOf } from "../../src/partners/partner.ts";
import { findPartner } from "../../src/partners/profile-change.ts";
import { insertPartner } from "../../src/partners/rows.ts";
import type { Mode, Order } from "../../src/recharges/recharge.ts";
import { openReplaceable } from "./memory-database.ts";
import { openMemoryArchive } from "./memory-archive.ts";
import { openUpstream, readFacts, servicesOf } from "./services-in-node.ts";
import { openState } from "./state-in-node.ts";

/** Noon in UTC. */
export const t0 = Date.UTC(2026, 10, 2, 12);

class AccountInNode extends Account {
  protected override readonly services: AccountServices;
  readonly state: DurableObjectState;

  constructor(state: DurableObjectState, services: AccountServices) {
    super(state, null);
    this.state = state;
    this.services = services;
  }
}

export interface LogLine {
  readonly level: "info" | "warn" | "error";
  readonly event: string;
  readonly facts: LogFacts;
}

function openLog() {
  const lines: LogLine[] = [];
  const put =
    (level: LogLine["level"]) =>
    (event: string, facts: LogFacts = {}) => {
      lines.push({ level, event, facts });
    };
  const log: Log = { info: put("info"), warn: put("warn"), error: put("error") };
  return { log, lines };
}

/** Partners with their accounts, over one ledger; upstreams answer what `answer` says at that moment. */
export function openPartners() {
  const { database, replaceDatabase } = openReplaceable();
  const { log, lines } = openLog();
  const time = { now: t0 };
  const clock: Clock = { now: () => time.now };
  const upstream = openUpstream();
  const providers = readFacts();
  const webhooks = { areWanted: false };
  const alive = new Set<Promise<unknown>>();
  const archive = openMemoryArchive();
  const counts = { shard: new Counted(), claims: new Map<string, number>() };
  /** As if the guard's shard had just woken. */
  const forgetCounts = (): void => {
    counts.shard = new Counted();
  };
  const rollOver = { archive, eventsKeptMs: 60_000, pageEvents: 10 };
  const services = servicesOf({ database, clock, log, upstream, providers, webhooks, rollOver, counts });
  const accounts = new Map<number, AccountInNode>();
  const account = (number: number): AccountInNode => {
    const known = accounts.get(number) ?? new AccountInNode(openState(alive), services);
    accounts.set(number, known);
    return known;
  };
  /** As if the object had just woken: nothing is remembered. */
  const reopen = (number: number): void => {
    accounts.set(number, new AccountInNode(account(number).state, services));
  };
  /** As if the object's storage were gone. */
  const lose = (number: number): void => {
    accounts.delete(number);
  };
  /** Resolves when nothing that an account keeps alive is at work any more. */
  const settled = async (): Promise<void> => {
    while (alive.size > 0) await Promise.all(alive);
  };
  return {
    database,
    replaceDatabase,
    clock,
    time,
    log,
    lines,
    upstream,
    webhooks,
    providers,
    archive,
    forgetCounts,
    account,
    reopen,
    lose,
    settled,
  };
}

export type Partners = ReturnType<typeof openPartners>;

/** A partner with a row in the database and an account that knows it, 1000.00 in each wallet. Returns its account number. */
export async function addPartner(
  partners: Partners,
  more: { mode?: Mode; isConfigured?: boolean } = {},
): Promise<number> {
  const { database, account } = partners;
  const wallets = ["INR", "BDT"] as const;
  const plan = { version: 1, rules: [{ product: "*", kind: "basis_points", basisPoints: 100 }] } as const;
  const mode = more.mode ?? "sandbox";
  const [rows] = await database.batch([
    insertPartner({
      mode,
      name: crypto.randomUUID(),
      status: "active",
      wallets,
      plan,
      limits: [],
      profileVersion: 1,
      createdAt: t0,
    }),
  ]);
  const [last] = await database.all("select max(account) as account from partners", []);
  const number = Number(last?.["account"] ?? rows?.length);
  const partner = await findPartner(database, number);
  if (partner === null) throw new Error("the partner was not written");
  if (more.isConfigured === false) return number;
  await account(number).configure(profileOf(partner, []));
  for (const currency of wallets)
    await account(number).credit({
      currency,
      amount: minor(100_000),
      reason: "opening",
      externalReference: currency,
      staff: "test",
    });
  return number;
}

/** Ships what the account has to the ledger. */
export async function ship(partners: Partners, number: number): Promise<void> {
  await partners.account(number).alarm();
}

const caller = { keyId: "key_test", mode: "sandbox" } as const;
const plain = { currency: null, fields: {}, geocode: null, repeatOf: null, maxCost: null } as const;

/** The order that a recharge was placed by, to be sent again. */
export async function orderOf(partners: Partners, number: number, id: string): Promise<Order> {
  const found = await partners.account(number).findRecharge(caller, { id });
  if (!found.ok) throw new Error(found.problem.detail);
  const { agentId, product, number: subscriber, face: amount } = found.value;
  return { ...plain, agentId, product, number: subscriber, amount };
}

let orders = 0;

const products = {
  nurr: { product: "bd.grameenphone.prepaid", prefix: "017", digits: 8 },
  backnpay: { product: "in.airtel.prepaid", prefix: "98", digits: 8 },
} as const;

/** A recharge whose answer is what the upstream answers now. Returns its id, its number and our reference of the attempt. */
export async function placeInNode(partners: Partners, number: number, protocol: keyof typeof products = "nurr") {
  orders += 1;
  const { product, prefix, digits } = products[protocol];
  const subscriber = `${prefix}${String(orders).padStart(digits, "0")}`;
  const order = { ...plain, agentId: `order-${orders}`, product, number: subscriber, amount: minor(2_000) };
  const placed = await partners.account(number).place({ caller, order, waitMs: 1_000 });
  if (!placed.ok) throw new Error(placed.problem.detail);
  const { id } = placed.value.recharge;
  const [attempt] = await partners.account(number).readAttempts(id);
  return { id, subscriber, reference: attempt?.reference ?? "" };
}
