// A whole installation on this machine: the gateway, and the simulator of its upstreams, each on a workerd of its own.
import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unstable_splitSqlQuery as splitSql } from "wrangler";
import { z } from "zod";
import { readSettings } from "../src/config.ts";
import { readProviderSettings } from "../src/providers/settings.ts";
import { readVars, startWorker, type WorkerProcess } from "./worker-process.ts";

export interface InstallationOptions {
  /** Directory of everything that survives a restart. */
  readonly statePath: string;
  readonly gatewayPort: number;
  readonly simulatorPort: number;
  readonly vars?: Readonly<Record<string, string>>;
  readonly simulatorVars?: Readonly<Record<string, string>>;
  /** Settings that each configured provider gets besides its own. */
  readonly providerSettings?: (protocol: string) => Readonly<Record<string, unknown>>;
  readonly withPages?: boolean;
  /** Another entry of the gateway, for the bench. */
  readonly gatewayMain?: string;
  readonly onLog?: (message: string) => void;
}

export interface Installation {
  readonly gateway: WorkerProcess;
  readonly simulator: WorkerProcess;
  readonly staffToken: string;
  /** Id of the sandbox partner. */
  readonly partner: string;
  /** Fires the cron trigger; returns the platform's word for its outcome. */
  fireCron(): Promise<string>;
  dispose(): Promise<void>;
}

const partnerSchema = z.looseObject({ id: z.string() });
const gatewayConfig = "wrangler.toml";
const simulatorConfig = "wrangler.simulator.toml";

/**
 * Starts both, applies the migrations and seeds the sandbox partner. Nothing is left running when it throws; a wrong
 * setting is named by what it throws.
 */
export async function startInstallation(options: InstallationOptions): Promise<Installation> {
  const { staffToken, hashSecret } = keepSecrets(options.statePath);
  const log = options.onLog === undefined ? {} : { onLog: options.onLog };
  const simulator = await startWorker({
    name: "simulator",
    config: simulatorConfig,
    port: options.simulatorPort,
    statePath: join(options.statePath, "simulator"),
    vars: { CALLBACK_URL: callbackUrlAt(options.gatewayPort), ...options.simulatorVars },
    ...log,
  });
  const running = [simulator];
  try {
    const vars = gatewayVars(options, { simulatorUrl: simulator.url, staffToken, hashSecret });
    const gateway = await startWorker({
      name: "gateway",
      config: gatewayConfig,
      ...(options.gatewayMain === undefined ? {} : { main: options.gatewayMain }),
      port: options.gatewayPort,
      statePath: join(options.statePath, "gateway"),
      withPages: options.withPages ?? false,
      vars,
      ...log,
    });
    running.push(gateway);
    await migrate(gateway);
    const partner = await seedSandbox(gateway.url, staffToken);
    return {
      gateway,
      simulator,
      staffToken,
      partner,
      fireCron: () => fireCron(gateway),
      dispose: async () => {
        await Promise.all(running.map((worker) => worker.dispose()));
      },
    };
  } catch (error) {
    await Promise.all(running.map((worker) => worker.dispose()));
    throw error;
  }
}

/** The settings of the gateway; throws where one is wrong, before anything of it is started. */
function gatewayVars(
  options: InstallationOptions,
  { simulatorUrl, staffToken, hashSecret }: LocalSecrets & { readonly simulatorUrl: string },
): Record<string, string> {
  const vars = {
    ...readVars(gatewayConfig),
    PROVIDERS: providersAt(simulatorUrl, options.providerSettings ?? (() => ({}))),
    HASH_SECRET: hashSecret,
    BOOTSTRAP_STAFF_TOKEN: staffToken,
    OWN_HOSTS: `127.0.0.1:${options.gatewayPort}`,
    ...options.vars,
  };
  readSettings(vars);
  readProviderSettings(vars);
  return vars;
}

/** Where the simulator's backnpay calls back: the hook of the provider that the gateway has for it. */
export function callbackUrlAt(gatewayPort: number): string {
  return `http://127.0.0.1:${gatewayPort}/hooks/backnpay-sandbox`;
}

const providersSchema = z.array(z.looseObject({ protocol: z.string() }));

/** The configured providers with the simulator's address in place of the one in wrangler.toml. */
function providersAt(
  simulatorUrl: string,
  settingsOf: (protocol: string) => Readonly<Record<string, unknown>>,
): string {
  const providers = providersSchema.parse(JSON.parse(readVars(gatewayConfig)["PROVIDERS"] ?? "null"));
  return JSON.stringify(
    providers.map((provider) => ({ ...provider, baseUrl: simulatorUrl, ...settingsOf(provider.protocol) })),
  );
}

export interface LocalSecrets {
  /** The bootstrap staff token: every scope. */
  readonly staffToken: string;
  readonly hashSecret: string;
}

/** The secrets of the installation whose state is there, made on the first call. */
export function keepSecrets(statePath: string): LocalSecrets {
  return {
    staffToken: keepSecret(join(statePath, "staff-token"), "rs_"),
    hashSecret: keepSecret(join(statePath, "hash-secret"), ""),
  };
}

/** Reads a secret of this installation, or makes one of 256 bits that only its owner can read. */
function keepSecret(path: string, prefix: string): string {
  mkdirSync(join(path, ".."), { recursive: true });
  try {
    writeFileSync(path, `${prefix}${randomBytes(32).toString("base64url")}`, { mode: 0o600, flag: "wx" });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  return readFileSync(path, "utf8").trim();
}

/** Applies what is missing, each file in one batch with the row that says so; the table is wrangler's own. */
async function migrate(gateway: WorkerProcess): Promise<void> {
  const db = await gateway.miniflare.getD1Database("DB");
  await db
    .prepare(
      "create table if not exists d1_migrations (id integer primary key autoincrement, name text unique, applied_at timestamp default current_timestamp not null)",
    )
    .run();
  const { results } = await db.prepare("select name from d1_migrations").all<{ name: string }>();
  const applied = new Set(results.map(({ name }: { name: string }) => name));
  const missing = readdirSync("migrations").filter((file) => file.endsWith(".sql") && !applied.has(file));
  for (const name of missing.toSorted()) {
    const statements = splitSql(readFileSync(join("migrations", name), "utf8"));
    await db.batch([
      ...statements.map((sql) => db.prepare(sql)),
      db.prepare("insert into d1_migrations (name) values (?)").bind(name),
    ]);
  }
}

/** Seeding is idempotent: a second start finds the partner there. Returns its id. */
export async function seedSandbox(gatewayUrl: string, staffToken: string): Promise<string> {
  const reply = await fetch(`${gatewayUrl}/admin/v1/sandbox`, {
    method: "POST",
    headers: { authorization: `Bearer ${staffToken}` },
  });
  const text = await reply.text();
  if (!reply.ok) throw new Error(`cannot seed the sandbox partner: ${reply.status} ${text}`);
  return partnerSchema.parse(JSON.parse(text)).id;
}

const linkSchema = z.looseObject({ path: z.string() });

/** A link that signs the first person of staff in to the console, once, within 15 minutes. */
export async function issueFirstLink(gatewayUrl: string, staffToken: string): Promise<string> {
  const reply = await fetch(`${gatewayUrl}/admin/v1/sign-in-links`, {
    method: "POST",
    headers: { authorization: `Bearer ${staffToken}`, "content-type": "application/json" },
    body: JSON.stringify({ person: "owner", scopes: ["viewer", "operator", "finance", "admin"] }),
  });
  const text = await reply.text();
  if (!reply.ok) throw new Error(`cannot issue a sign-in link: ${reply.status} ${text}`);
  // By name: an address of numbers can have no passkey.
  return `${gatewayUrl.replace("127.0.0.1", "localhost")}${linkSchema.parse(JSON.parse(text)).path}`;
}

interface Scheduled {
  scheduled(options: { cron: string; scheduledTime: Date }): Promise<{ outcome: string }>;
}

/** Takes the stub anew each time: after a crash of workerd Miniflare restarts it and old stubs are poisoned. */
async function fireCron(gateway: WorkerProcess): Promise<string> {
  const worker = await gateway.miniflare.getWorker("gateway");
  const { outcome } = await scheduledOf(worker).scheduled({ cron: "* * * * *", scheduledTime: new Date() });
  return outcome;
}

/** Miniflare's type of a Worker leaves its `scheduled` out; the platform has it. */
function scheduledOf(worker: unknown): Scheduled {
  return worker as Scheduled;
}
