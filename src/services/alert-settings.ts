// The zod schema of the setting `ALERTS`: who is told of what goes wrong, and from when on.
import { z } from "zod";
import { parseAmount } from "../base/money.ts";
import { describeIssue } from "../config.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const name = z.string().regex(/^[\w-]{1,32}$/, "1 to 32 of A-Z, a-z, 0-9, _ and -");
const ms = (standard: number) => z.int().nonnegative().default(standard);

const channelSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("webhook"),
    name,
    url: z.url(),
    secret: z.string().regex(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/, "whsec_ and at least 24 bytes in base 64"),
  }),
  z.strictObject({
    kind: z.literal("telegram"),
    name,
    token: z.string().regex(/^\d{5,20}:[\w-]{20,100}$/, "the token that BotFather gave"),
    chatId: z.string().regex(/^(-?\d{1,20}|@\w{5,32})$/, "the id of the chat, or @ and the name of a channel"),
    apiUrl: z.url().default("https://api.telegram.org"),
  }),
]);

const alertsSchema = z
  .strictObject({
    channels: z.array(channelSchema).max(8).default([]),
    doubtAgeMs: ms(30 * minuteMs),
    caseAgeMs: ms(4 * hourMs),
    outboxLagMs: ms(5 * minuteMs),
    /** By provider, in its currency: `{"nurr-1": "50000.00"}`. */
    floatBelow: z
      .record(
        z.string(),
        z.string().transform((text, context) => {
          const amount = parseAmount(text);
          if (amount === null) context.addIssue("an amount such as 50000.00");
          return amount ?? z.NEVER;
        }),
      )
      .default({})
      .transform((amounts) => new Map(Object.entries(amounts))),
    webhooksDead: z.int().positive().default(1),
    objectBytes: z.int().positive().default(8_000_000_000),
    againAfterMs: ms(6 * hourMs),
    overAfterMs: ms(2 * minuteMs),
  })
  .refine(({ channels }) => new Set(channels.map((one) => one.name)).size === channels.length, {
    message: "each channel has a name of its own",
    path: ["channels"],
  });

export type AlertSettings = z.infer<typeof alertsSchema>;

/** Reads `ALERTS`; not set: nobody is told, and the limits are the standard ones. Throws with each part that is wrong, never its value. */
export function readAlertSettings(
  env: Readonly<Record<string, unknown>>,
  installation: "local" | "live",
): AlertSettings {
  const read = alertsSchema.safeParse(parse(env["ALERTS"] ?? "{}"));
  if (!read.success) throw new Error(`wrong settings: ALERTS: ${read.error.issues.map(describeIssue).join("; ")}`);
  const open = read.data.channels.find((one) => !isHttps("url" in one ? one.url : one.apiUrl));
  if (installation === "live" && open !== undefined)
    throw new Error(`wrong settings: ALERTS: the channel ${open.name} is not https`);
  return read.data;
}

function isHttps(url: string): boolean {
  return new URL(url).protocol === "https:";
}

function parse(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}
