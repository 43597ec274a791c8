// The API with real credentials in SQLite and accounts that fail when they are asked: for everything that is refused before them.
import { Hono } from "hono";
import { createApi } from "../../src/api/create.ts";
import type { ApiEnv, ApiServices } from "../../src/api/services.ts";
import { createLog } from "../../src/base/log.ts";
import { createAuthenticate, newCredentialCache } from "../../src/partners/authenticate.ts";
import type { StaffRulesParts } from "../../src/partners/staff-rules.ts";
import { createAuthenticateStaff } from "../../src/partners/staff.ts";
import { firstRules } from "../../src/recharges/ports.ts";
import { openMemoryDatabase } from "./memory-database.ts";
import { addKey, addPartners, hashSecret } from "./partner-rows.ts";

export const staffToken = "a-staff-token-for-tests-only";

export const metricsToken = "a-metrics-token-for-tests-only";

export interface ApiUnderTest {
  readonly ask: (path: string, init?: RequestInit) => Promise<Response>;
  readonly database: ReturnType<typeof openMemoryDatabase>;
  readonly logged: string[];
  /** How often an account was asked for. */
  readonly accountsAsked: () => number;
}

const noRules = { closedHosts: [], mayBeLoopback: false };

/** Partners and the keys that `openApi` names. */
async function openDatabase(): Promise<ReturnType<typeof openMemoryDatabase>> {
  const database = openMemoryDatabase();
  await addPartners(database);
  await addKey(database, "rk_test_ALL");
  await addKey(database, "rk_test_READ", { scopes: ["account:read"] });
  await addKey(database, "rk_test_HOME", { addresses: ["192.0.2.0/24"] });
  return database;
}

const settings = {
  waitDefaultMs: 30_000,
  waitMaxMs: 60_000,
  ratePerMinute: 6_000,
  chatCodeMs: 900_000,
  bots: { telegram: null, whatsapp: null },
} as const;

/** Keys: `rk_test_ALL`, `rk_test_READ` (account:read only), `rk_test_HOME` (from 192.0.2.0/24 only). */
export async function openApi(more: Partial<ApiServices> = {}): Promise<ApiUnderTest> {
  const database = await openDatabase();
  const logged: string[] = [];
  let accountsAsked = 0;
  const clock = { now: () => Date.UTC(2026, 10, 2, 10) };
  const account = (): never => {
    accountsAsked += 1;
    throw new Error("the account cannot be heard");
  };
  const staff = { database, hashSecret, clock, bootstrapToken: staffToken };
  const log = createLog(clock, (line) => logged.push(line));
  const manage = { database, hashSecret, clock, installation: "live", account, switchProvider: account } as const;
  const housed = { database, clock, manage, account };
  const services: ApiServices = {
    clock,
    log,
    ...settings,
    authenticate: createAuthenticate({ database, hashSecret, clock, cache: newCredentialCache(), cacheMs: 1_000 }),
    authenticateStaff: createAuthenticateStaff(staff),
    account,
    database,
    staff,
    statements: { database, installation: "LC", clock, log, providers: new Map(), account },
    bulk: { database, clock, log, perMinute: 600, bulk: account },
    segments: { ...noSegments, database, clock, log, account, desk: account },
    manage,
    ...aboutProviders({ database, clock, account }),
    tests: { ...housed, providers: new Map() },
    webhooks: { hashSecret, resolve: async () => null, rulesFor: () => noRules, desk: account, account },
    readCounters: async () => [],
    copies: { database, clock, account, mayReturn: false },
    alerts: { read: async () => ({ standing: [], unsent: [] }), test: async () => [] },
    metrics: { token: metricsToken, read: async () => "# EOF\n" },
    reconcileNow: async () => ({ kind: "kept_apart" }),
    readRuns: async () => [],
    asset: async (path) => new Response(path === "/scalar/standalone.js" ? "scalar" : null, { status: 200 }),
    ...more,
  };
  const app = new Hono<ApiEnv>();
  app.use(async (c, next) => {
    c.set("services", services);
    await next();
  });
  app.onError((thrown, c) => c.get("answerThrown")(thrown));
  app.route("/", createApi());
  app.get("/API/APIService.aspx", (c) => c.text("another surface"));
  return { ask: async (path, init) => app.request(path, init), database, logged, accountsAsked: () => accountsAsked };
}

function aboutProviders({
  database,
  clock,
  account,
}: Pick<StaffRulesParts, "database" | "clock"> & { account: () => never }) {
  return {
    staffRules: {
      database,
      clock,
      providers: new Map([["first", { tabledCodeOf: () => null }]]),
      readRules: async () => firstRules,
      setRules: account,
      setBlocked: account,
    },
    numberSettings: { velocityPerDay: 10, velocityWindowMs: 86_400_000, repeatWindowMs: 900_000 },
    listProviders: async () => [],
    floats: { database, clock, providers: new Map(), desk: account },
  };
}

export const asPartner = { Authorization: "Bearer rk_test_ALL", "Content-Type": "application/json" };
export const asStaff = { Authorization: `Bearer ${staffToken}`, "Content-Type": "application/json" };

const noSegments = {
  providers: new Map(),
  times: { startByMs: 5_000, resolveMarginMs: 1_000 },
  leaseMs: 60_000,
  readBalance: async () => ({ balance: null, said: "" }),
};

/** A good order. */
export const order = {
  agent_id: "order-1",
  product: "in.airtel.prepaid",
  number: "9826386400",
  amount: "20.00",
} as const;
