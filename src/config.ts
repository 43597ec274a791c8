// The zod schema of every setting. A wrong or missing setting names itself and stops the start.
import { z } from "zod";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

const secondMs = 1_000;
const minuteMs = 60_000;

/** Webhooks, all in ms. */
const webhookTimes = {
  webhookLimitMs: z.int().positive().default(15_000),
  /** Waits between tries: 27 hours and a half, so that a receiver that is down for a day misses nothing. */
  webhookRetryMs: z
    .array(z.int().positive())
    .min(1)
    .default([5 * secondMs, minuteMs, 5 * minuteMs, 30 * minuteMs, 2 * hourMs, 5 * hourMs, 8 * hourMs, 12 * hourMs]),
  webhookPutBackMs: z
    .int()
    .positive()
    .default(2 * minuteMs),
  webhookPauseAfterMs: z
    .int()
    .positive()
    .default(48 * hourMs),
  webhookSecretOverlapMs: z
    .int()
    .positive()
    .default(24 * hourMs),
  webhookKeptMs: z
    .int()
    .positive()
    .default(30 * 24 * hourMs),
};

/** All times in ms. Defaults are those of a live installation (`lists.md`, "Safety per protocol"); tests divide them. */
const timesSchema = z.strictObject({
  startByMs: z.int().positive().default(5_000),
  repeatWindowMs: z.int().positive().default(900_000),
  velocityWindowMs: z
    .int()
    .positive()
    .default(24 * hourMs),
  outboxDelayMs: z.int().nonnegative().default(500),
  outboxRetryMs: z.int().positive().default(5_000),
  resolveMarginMs: z.int().nonnegative().default(1_000),
  waitDefaultMs: z.int().positive().default(30_000),
  waitMaxMs: z.int().positive().default(60_000),
  credentialCacheMs: z.int().nonnegative().default(30_000),
  leaseMs: z.int().positive().default(60_000),
  /** How long asks for lookups are collected, once a provider's ration is scarce, before the weightiest of them is granted. */
  lookupCollectMs: z.int().positive().default(5_000),
  breakerOpensForMs: z.int().positive().default(60_000),
  /** How long a half-open breaker waits to hear of the one recharge that it let through; longer than a call and its report. */
  breakerProbeMs: z.int().positive().default(60_000),
  /** How long a dialect waits for the answer: as long as the clients of such APIs do. */
  dialectWaitMs: z.int().positive().default(60_000),
  /** How often the runs of partners' files place rows, and how soon one whose answer was lost is asked about again. */
  bulkTickMs: z.int().positive().default(1_000),
  bulkRetryMs: z.int().positive().default(5_000),
  /** How long a file is kept once it ended, or was never started. */
  bulkKeptMs: z
    .int()
    .positive()
    .default(90 * 24 * hourMs),
  /** How old an event of an account is before it may leave it for the ledger and the archive. */
  eventsKeptMs: z
    .int()
    .positive()
    .default(90 * dayMs),
  /** How far the timestamp of a signed request may be from now. */
  signatureMs: z.int().positive().default(300_000),
  ...webhookTimes,
  /** How long a chat waits for the end of a recharge before it is told that it is pending. */
  chatWaitMs: z.int().positive().default(8_000),
  /** The first wait before a chat's work or message is tried again; doubled each time. */
  chatRetryMs: z.int().positive().default(2_000),
  /** How long a code that links a chat can be used. */
  chatCodeMs: z.int().positive().default(900_000),
});

/** Cloudflare Access before the console: all three, or none. An empty audience would let any application's token in. */
const accessSettings = {
  ACCESS_TEAM: z
    .string()
    .regex(/^[a-z0-9-]+$/i, "the team's name in <team>.cloudflareaccess.com")
    .optional(),
  ACCESS_AUDIENCE: z
    .string()
    .regex(/^[0-9a-f]{64}$/, "the application's audience tag, 64 hex digits")
    .optional(),
  ACCESS_ROLES: z
    .preprocess(
      jsonOf,
      z.record(z.email().toLowerCase(), z.array(z.enum(["viewer", "operator", "finance", "admin"])).min(1)),
    )
    .optional(),
};

const settingsSchema = z.strictObject({
  INSTALLATION: z.enum(["local", "live"]),
  INSTALLATION_CODE: z.string().regex(/^[0-9A-Z]{2}$/, "two characters of 0-9 and A-Z"),
  GUARD_SHARDS: z.coerce.number().int().min(1).max(4_096).default(2),
  VELOCITY_PER_DAY: z.coerce.number().int().min(1).default(10),
  RATE_PER_MINUTE: z.coerce.number().int().min(1).default(6_000),
  /** Rows of a partner's file that are placed in a minute, at most. */
  BULK_PER_MINUTE: z.coerce.number().int().min(1).max(60_000).default(600),
  /** So many provider-side refusals and doubts in a row open a provider's breaker. */
  BREAKER_OPENS_AFTER: z.coerce.number().int().min(1).default(20),
  /** So many of a hundred, over the last `BREAKER_WINDOW` submits, open it too. */
  BREAKER_OPENS_AT_PERCENT: z.coerce.number().int().min(1).max(100).default(50),
  BREAKER_WINDOW: z.coerce.number().int().min(2).max(10_000).default(50),
  LEDGER: z.enum(["d1", "libsql"]).default("d1"),
  /** The client over WebSockets is not in the bundle. */
  LIBSQL_URL: z.url({ protocol: /^(https?|libsql)$/ }).optional(),
  LIBSQL_TOKEN: z.string().optional(),
  /** Secret under which keys, tokens and numbers are hashed; fixed for an installation. */
  HASH_SECRET: z.string().min(32, "at least 32 characters"),
  /** A staff token with every scope, for the first staff member and for local use; absent: none. */
  BOOTSTRAP_STAFF_TOKEN: z.string().min(24, "at least 24 characters").optional(),
  ...accessSettings,
  /** Set while a copy of a lost account is put back; else a live installation refuses that. */
  ALLOW_RETURN: z.literal("yes").optional(),
  /** What a scraper of `/metrics` sends as its bearer token; absent: staff tokens only. */
  METRICS_TOKEN: z.string().min(24, "at least 24 characters").optional(),
  /** Our own hosts, apart from each other by commas: no webhook goes there. The host of each request that makes an endpoint is one, too. */
  OWN_HOSTS: z
    .string()
    .default("")
    .transform((text) => text.split(",").flatMap((host) => host.trim().toLowerCase() || [])),
  TIMES: z.preprocess(jsonOf, timesSchema).default(timesSchema.parse({})),
});

export type Settings = z.infer<typeof settingsSchema>;

/** Names of the settings that this schema reads; the provider settings have a schema of their own in `providers/`. */
export const settingNames = Object.keys(settingsSchema.shape);

/** Reads the settings out of the bindings. Throws one error that names each setting that is wrong, never its value. */
export function readSettings(env: Readonly<Record<string, unknown>>): Settings {
  const given = Object.fromEntries(
    settingNames.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])),
  );
  const read = settingsSchema.safeParse(given);
  if (!read.success) throw new Error(`wrong settings: ${read.error.issues.map(describeIssue).join("; ")}`);
  if (read.data.LEDGER === "libsql" && read.data.LIBSQL_URL === undefined)
    throw new Error("wrong settings: LIBSQL_URL: required when LEDGER is libsql");
  const access = (["ACCESS_TEAM", "ACCESS_AUDIENCE", "ACCESS_ROLES"] as const).filter(
    (name) => read.data[name] === undefined,
  );
  if (access.length === 1 || access.length === 2)
    throw new Error(`wrong settings: ${access.join(", ")}: required where Cloudflare Access is set`);
  return read.data;
}

export function describeIssue(issue: { readonly path: readonly PropertyKey[]; readonly message: string }): string {
  return `${issue.path.map(String).join(".") || "(root)"}: ${issue.message}`;
}

/** Text is read as JSON; anything else, and text that is no JSON, goes on to the schema as it is. */
function jsonOf(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
