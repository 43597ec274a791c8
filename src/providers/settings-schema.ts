// The zod schema of one provider instance and of its secrets; defaults are filled in here.
import { z } from "zod";
import type { Currency } from "../base/money.ts";
import type { Mode } from "../recharges/recharge.ts";
import type { Protocol } from "../wire/protocol.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const ms = z.int().positive();
const productId = z.string().regex(/^[a-z]{2}(\.[a-z0-9-]+){2}$/, "a product id");

const callLimitMs = { sandbox: 10_000, live: 30_000 } as const satisfies Record<Mode, number>;
const lookupScheduleMs = [10_000, 30_000, minuteMs, 5 * minuteMs, 15 * minuteMs, hourMs, 6 * hourMs, 24 * hourMs];
const notFound = {
  sandbox: { texts: ["NOTFOUND"], settlesAfterMs: 60_000 },
  live: { texts: [], settlesAfterMs: null },
} as const satisfies Record<Mode, object>;

/** Every protocol of ours sells in one currency. */
export const currencyOfProtocol = { backnpay: "INR", aopay: "INR", nurr: "BDT" } as const satisfies Record<
  Protocol,
  Currency
>;

const common = {
  id: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, "1-32 of a-z, 0-9 and -, beginning with a letter"),
  mode: z.enum(["sandbox", "live"]),
  /** Scheme and host; the path is a setting of its own. */
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .refine((url) => /^https?:\/\/[^/?#@]+\/?$/.test(url), "scheme and host only"),
  callLimitMs: ms.optional(),
  /** Waits before the first, second … lookup; the last one repeats. */
  lookupScheduleMs: z.array(ms).min(1).default(lookupScheduleMs),
  finalAfterMs: ms.default(600_000),
  /** For so long the provider may show a balance as it was before (`docs/balance-segments.md`). */
  staleForMs: ms.default(10_000),
  /** Place among the candidates; lower is asked first. `orderOf` overrides it for a product. */
  order: z.int().default(100),
  orderOf: z.record(productId, z.int()).default({}),
  /** Codes that staff have seen work at this provider. They go before the tables of the seeds. */
  codes: z
    .record(productId, z.strictObject({ code: z.string().min(1).max(16), provenance: z.literal("certified") }))
    .default({}),
};

const path = (standard: string) =>
  z
    .string()
    .regex(/^\/[\w./-]*$/, "a path")
    .default(standard);
const jsonTypes = ["application/json", "text/json"];
/** Content types whose words count; a host that labels its JSON `text/html` is listed here by staff. */
const contentTypes = (standard: readonly string[]) =>
  z
    .array(z.string().toLowerCase())
    .min(1)
    .default([...standard]);

/** An address or CIDR range. */
const addressRange = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);

/** Which callbacks are more than hints: those from these addresses, those with the Basic credentials of the secrets, or both. */
const callbacksSchema = z.strictObject({
  addresses: z.array(addressRange).default([]),
  basic: z.boolean().default(false),
  /** Whether such a callback may take back a success that the provider cannot be asked about. */
  mayReverse: z.boolean().default(false),
});

const backnpaySchema = z.strictObject({
  ...common,
  protocol: z.literal("backnpay"),
  path: path("/API/APIService.aspx"),
  contentTypes: contentTypes([...jsonTypes, "text/xml", "application/xml"]),
  caseAfterMs: ms.default(24 * hourMs),
  submitBy: z.enum(["get", "post"]).default("get"),
  codeTable: z.enum(["numeric", "alphabetic"]).default("numeric"),
  /** `unknown` where a host's repeat rule is not certified: then only POST is legal. */
  duplicate: z.enum(["rejects", "unknown"]).default("rejects"),
  /** What `STATUS` says, exactly, of a reference that the upstream does not know. */
  notFoundTexts: z.array(z.string().min(1)).optional(),
  notFoundSettlesAfterMs: ms.nullable().optional(),
  repeatWindowMs: ms.default(900_000),
  lookupsPerDay: z.int().positive().default(1_000),
  /** Calls for the balance are at least this far apart. */
  balanceEveryMs: ms.default(600_000),
  callbacks: callbacksSchema.default(callbacksSchema.parse({})),
});

const geocodePattern = /^-?\d{1,2}(\.\d{1,8})?,-?\d{1,3}(\.\d{1,8})?$/;

const aopaySchema = z.strictObject({
  ...common,
  protocol: z.literal("aopay"),
  path: path("/api/AOP/V2/MobileRecharge"),
  contentTypes: contentTypes(jsonTypes),
  caseAfterMs: ms.default(hourMs),
  /** Where orders come from that name no place of their own; never invented, so there is no default. */
  geocode: z.string().regex(geocodePattern, "latitude,longitude"),
});

const nurrSchema = z.strictObject({
  ...common,
  protocol: z.literal("nurr"),
  path: path("/api/mobile-recharge.php"),
  contentTypes: contentTypes(jsonTypes),
  caseAfterMs: ms.default(hourMs),
});

export const providersSchema = z.array(
  z.discriminatedUnion("protocol", [
    backnpaySchema.transform((given) => ({
      ...given,
      callLimitMs: given.callLimitMs ?? callLimitMs[given.mode],
      notFoundTexts: given.notFoundTexts ?? notFound[given.mode].texts,
      notFoundSettlesAfterMs:
        given.notFoundSettlesAfterMs === undefined ? notFound[given.mode].settlesAfterMs : given.notFoundSettlesAfterMs,
    })),
    aopaySchema.transform((given) => ({ ...given, callLimitMs: given.callLimitMs ?? callLimitMs[given.mode] })),
    nurrSchema.transform((given) => ({ ...given, callLimitMs: given.callLimitMs ?? callLimitMs[given.mode] })),
  ]),
);

export type ProviderSettings = z.infer<typeof providersSchema>[number];

const secret = z.string().min(1);
export const secretSchemas = {
  backnpay: z.strictObject({
    userid: secret,
    pass: secret,
    /** Basic credentials in the callback URL that the upstream was given. */
    callback: z.strictObject({ user: secret.regex(/^[^:]+$/, "without a colon"), pass: secret }).optional(),
  }),
  aopay: z.strictObject({ registrationId: secret, signingSecret: secret.optional() }),
  nurr: z.strictObject({ api_key: secret, api_secret: secret }),
} as const satisfies Record<Protocol, z.ZodType>;

type Of<P extends Protocol> = Extract<ProviderSettings, { readonly protocol: P }> & {
  readonly secrets: z.infer<(typeof secretSchemas)[P]>;
};
export type BacknpaySettings = Of<"backnpay">;
export type AopaySettings = Of<"aopay">;
export type NurrSettings = Of<"nurr">;
/** One provider instance with its secrets, ready to be made into a client. */
export type ProviderInstance = BacknpaySettings | AopaySettings | NurrSettings;
