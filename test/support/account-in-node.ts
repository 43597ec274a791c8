// Real accounts in plain Node, each on an SQLite of its own: for tests, and for mutants, that need no workerd.
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { Account } from "../../src/accounts/account-object.ts";
import type { AccountServices } from "../../src/accounts/context.ts";
import type { Clock } from "../../src/base/clock.ts";
import type { Log, LogFacts } from "../../src/base/log.ts";
import { minor } from "../../src/base/money.ts";
import { createLedgerWriter } from "../../src/ledger/writer.ts";
import { profileOf } from "../../src/partners/partner.ts";
import { findPartner } from "../../src/partners/profile-change.ts";
import { insertPartner } from "../../src/partners/rows.ts";
import type { ProviderFacts } from "../../src/providers/provider.ts";
import { createProviders } from "../../src/providers/registry.ts";
import { readProviderSettings } from "../../src/providers/settings.ts";
import type { Outcome } from "../../src/recharges/outcome.ts";
import type { Mode } from "../../src/recharges/recharge.ts";
import { fastProviders } from "./fast-settings.ts";
import { type MemoryDatabase, openMemoryDatabase } from "./memory-database.ts";

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

/** The platform's storage, as far as our objects use it. */
export function openState(): DurableObjectState {
  const sqlite = new DatabaseSync(":memory:");
  const exec = (query: string, ...bindings: SQLInputValue[]) => {
    // Several statements at once are a step of a schema.
    const isStep = query.includes(";");
    if (isStep) sqlite.exec(query);
    const statement = sqlite.prepare(isStep ? "select 1 where 0" : query);
    const isRead = statement.columns().length > 0;
    const rows = isRead ? statement.all(...bindings) : [];
    const rowsWritten = isRead ? 0 : Number(statement.run(...bindings).changes);
    return { rowsWritten, toArray: () => rows, one: () => rows[0] };
  };
  const transactionSync = <Value>(write: () => Value): Value => {
    sqlite.exec("savepoint a_write");
    try {
      const value = write();
      sqlite.exec("release a_write");
      return value;
    } catch (fault) {
      sqlite.exec("rollback to a_write; release a_write");
      throw fault;
    }
  };
  const alarm = { getAlarm: async () => null, setAlarm: async () => undefined, deleteAlarm: async () => undefined };
  const storage = { sql: { exec, databaseSize: 4_096 }, transactionSync, ...alarm };
  return asState({ storage, waitUntil: () => undefined });
}

/** What is missing is what no account uses. */
function asState(parts: object): DurableObjectState {
  return parts as DurableObjectState;
}

export interface LogLine {
  readonly level: "info" | "warn" | "error";
  readonly event: string;
  readonly facts: LogFacts;
}

/** Partners with their accounts, over one ledger; upstreams answer what `answer` says at that moment. */
export function openPartners() {
  const database = openMemoryDatabase();
  const lines: LogLine[] = [];
  const put =
    (level: LogLine["level"]) =>
    (event: string, facts: LogFacts = {}) => {
      lines.push({ level, event, facts });
    };
  const log: Log = { info: put("info"), warn: put("warn"), error: put("error") };
  const time = { now: t0 };
  const clock: Clock = { now: () => time.now };
  const upstream: { answer: Outcome } = { answer: { kind: "in_doubt", carried: {}, said: "no answer" } };
  const providers = readFacts();
  const webhooks = { areWanted: false };
  const services = servicesOf({ database, clock, log, upstream, providers, webhooks });
  const accounts = new Map<number, AccountInNode>();
  const account = (number: number): AccountInNode => {
    const known = accounts.get(number) ?? new AccountInNode(openState(), services);
    accounts.set(number, known);
    return known;
  };
  /** As if the object had just woken: nothing is remembered. */
  const reopen = (number: number): void => {
    accounts.set(number, new AccountInNode(account(number).state, services));
  };
  return { database, clock, time, log, lines, upstream, webhooks, providers, account, reopen };
}

export type Partners = ReturnType<typeof openPartners>;

function readFacts(): ReadonlyMap<string, ProviderFacts> {
  const secrets = {
    "backnpay-sandbox": { userid: "u", pass: "p" },
    "aopay-sandbox": { registrationId: "R" },
    "nurr-sandbox": { api_key: "k", api_secret: "s" },
  };
  const instances = readProviderSettings({
    PROVIDERS: fastProviders("http://upstream.test"),
    PROVIDER_SECRETS: secrets,
  });
  const all = createProviders(instances, () => Promise.reject(new Error("nobody is asked over the network")));
  return new Map([...all].map(([id, { facts }]) => [id, facts]));
}

function servicesOf(parts: {
  readonly database: MemoryDatabase;
  readonly clock: Clock;
  readonly log: Log;
  readonly upstream: { readonly answer: Outcome };
  readonly providers: ReadonlyMap<string, ProviderFacts>;
  readonly webhooks: { readonly areWanted: boolean };
}): AccountServices {
  const { database, clock, log, upstream, providers, webhooks } = parts;
  return {
    clock,
    times: { startByMs: 500, repeatWindowMs: 9_000, resolveMarginMs: 10, outboxDelayMs: 5, outboxRetryMs: 50 },
    installation: "LC",
    providers,
    line: {
      submit: async () => upstream.answer,
      lookUp: async () => ({ kind: "not_started" }),
      readBalance: async () => ({ balance: null, said: "" }),
    },
    claims: {
      claim: async ({ candidates }) => ({
        kind: "claimed",
        candidates: candidates.map(({ provider }) => ({ provider, leftOut: null })),
      }),
      peek: async () => ({ kind: "claimed", candidates: [] }),
      release: async () => undefined,
      noteSend: async () => undefined,
    },
    ledger: createLedgerWriter(database),
    log,
    permits: () => ({ takeLookup: async () => ({ granted: false, retryAt: clock.now() + 1_000 }) }),
    webhookDesk: () => ({ take: async () => ({ isWanted: webhooks.areWanted }) }),
    chat: () => ({ tell: async () => undefined }),
    reportOutcomes: async () => undefined,
  };
}

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

let orders = 0;

/** A recharge through nurr whose answer is what the upstream answers now. Returns its id, number and counter of the attempt. */
export async function placeInNode(partners: Partners, number: number) {
  orders += 1;
  const subscriber = `017${String(orders).padStart(6, "0")}40`;
  const placed = await partners.account(number).place({
    caller: { keyId: "key_test", mode: "sandbox" },
    order: {
      agentId: `order-${orders}`,
      product: "bd.grameenphone.prepaid",
      number: subscriber,
      amount: minor(2_000),
      currency: null,
      fields: {},
      geocode: null,
      repeatOf: null,
      maxCost: null,
    },
    waitMs: 1_000,
  });
  if (!placed.ok) throw new Error(placed.problem.detail);
  const { id } = placed.value.recharge;
  const [attempt] = await partners.account(number).readAttempts(id);
  return { id, subscriber, reference: attempt?.reference ?? "" };
}
