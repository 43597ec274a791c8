// Reads the settings `PROVIDERS` and `PROVIDER_SECRETS`. Whatever is wrong is named, all at once, never with its value.
import { z } from "zod";
import { unreachable } from "../base/assert.ts";
import { maySubmitByGet } from "../recharges/safety.ts";
import { protocolSafety, safetyOf } from "./safety.ts";
import { type ProviderInstance, type ProviderSettings, providersSchema, secretSchemas } from "./settings-schema.ts";

/**
 * Reads the provider instances out of the bindings (each setting JSON text or an object). Throws one error that lists
 * every setting that is missing or wrong.
 */
export function readProviderSettings(env: Readonly<Record<string, unknown>>): readonly ProviderInstance[] {
  const read = providersSchema.safeParse(jsonOf(env["PROVIDERS"]));
  if (!read.success) throw new Error(`wrong settings: ${describe("PROVIDERS", read.error.issues).join("; ")}`);
  const secrets = z.record(z.string(), z.unknown()).safeParse(jsonOf(env["PROVIDER_SECRETS"]));
  if (!secrets.success)
    throw new Error(`wrong settings: ${describe("PROVIDER_SECRETS", secrets.error.issues).join("; ")}`);
  const given = new Map(Object.entries(secrets.data));
  const problems = [
    ...duplicateIds(read.data),
    ...read.data.flatMap((settings, index) =>
      problemsOf(settings, env["INSTALLATION"] === "live").map((problem) => `PROVIDERS.${index}.${problem}`),
    ),
    ...[...given.keys()]
      .filter((id) => !read.data.some((settings) => settings.id === id))
      .map((id) => `PROVIDER_SECRETS.${id}: no provider has this id`),
  ];
  const instances = read.data.flatMap((settings) => {
    const instance = withSecrets(settings, given.get(settings.id));
    if (!Array.isArray(instance)) return [instance];
    problems.push(...instance);
    return [];
  });
  if (problems.length > 0) throw new Error(`wrong settings: ${problems.join("; ")}`);
  return instances;
}

/** The instance, or what is wrong with its secrets. */
function withSecrets(settings: ProviderSettings, given: unknown): ProviderInstance | string[] {
  switch (settings.protocol) {
    case "backnpay": {
      const secrets = secretSchemas.backnpay.safeParse(given);
      if (!secrets.success) return secretProblems(settings.id, secrets.error);
      if (settings.callbacks.basic && secrets.data.callback === undefined)
        return [`PROVIDER_SECRETS.${settings.id}.callback: required where callbacks.basic is set`];
      return { ...settings, secrets: secrets.data };
    }
    case "aopay": {
      const secrets = secretSchemas.aopay.safeParse(given);
      return secrets.success ? { ...settings, secrets: secrets.data } : secretProblems(settings.id, secrets.error);
    }
    case "nurr": {
      const secrets = secretSchemas.nurr.safeParse(given);
      return secrets.success ? { ...settings, secrets: secrets.data } : secretProblems(settings.id, secrets.error);
    }
    default:
      return unreachable(settings);
  }
}

function secretProblems(id: string, error: z.ZodError): string[] {
  return describe(`PROVIDER_SECRETS.${id}`, error.issues);
}

function duplicateIds(all: readonly ProviderSettings[]): string[] {
  return all.flatMap((settings, index) =>
    all.findIndex((other) => other.id === settings.id) < index
      ? [`PROVIDERS.${index}.id: an earlier provider has the same id`]
      : [],
  );
}

/** What the schema cannot see: legal submits, floors of live mode, a simulator among live providers. */
function problemsOf(settings: ProviderSettings, isLiveInstallation: boolean): string[] {
  const problems: string[] = [];
  if (settings.protocol === "backnpay" && settings.submitBy === "get" && !maySubmitByGet(safetyOf(settings)))
    problems.push("submitBy: a GET may be repeated on the way, so it needs a provider that rejects duplicates");
  if (settings.mode === "sandbox") return problems;
  if (isLiveInstallation && isLoopback(settings.baseUrl))
    problems.push("baseUrl: a live provider cannot be on this machine");
  return [...problems, ...belowFloors(settings)];
}

function belowFloors(settings: ProviderSettings): string[] {
  const base = protocolSafety[settings.protocol];
  const problems: string[] = [];
  if (settings.finalAfterMs < base.finalAfterMs)
    problems.push(`finalAfterMs: at least ${base.finalAfterMs} in live mode`);
  if (settings.staleForMs < base.staleForMs) problems.push(`staleForMs: at least ${base.staleForMs} in live mode`);
  if (settings.callLimitMs < 10_000) problems.push("callLimitMs: at least 10000 in live mode");
  if (settings.caseAfterMs < base.finalAfterMs)
    problems.push(`caseAfterMs: at least ${base.finalAfterMs} in live mode`);
  if (settings.lookupScheduleMs.some((wait) => wait < 5_000))
    problems.push("lookupScheduleMs: each at least 5000 in live mode");
  if (settings.protocol !== "backnpay") return problems;
  const { notFoundSettlesAfterMs, repeatWindowMs, lookupsPerDay } = settings;
  if (notFoundSettlesAfterMs !== null && notFoundSettlesAfterMs < base.finalAfterMs)
    problems.push(`notFoundSettlesAfterMs: null or at least ${base.finalAfterMs} in live mode`);
  if (repeatWindowMs < protocolSafety.backnpay.repeatWindowMs)
    problems.push(`repeatWindowMs: at least ${protocolSafety.backnpay.repeatWindowMs} in live mode`);
  if (lookupsPerDay > protocolSafety.backnpay.lookupsPerDay)
    problems.push(`lookupsPerDay: at most ${protocolSafety.backnpay.lookupsPerDay} in live mode`);
  return problems;
}

/** The URL class folds `127.1`, `0x7f000001` and upper case into the one spelling that is looked for. */
function isLoopback(baseUrl: string): boolean {
  const host = new URL(baseUrl).hostname.replace(/\.$/, "");
  return /^(127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\]|\[::ffff:7f[0-9a-f]{2}:[0-9a-f]+\]|(.+\.)?localhost)$/.test(host);
}

function describe(setting: string, issues: readonly z.core.$ZodIssue[]): string[] {
  return issues.map((issue) => `${[setting, ...issue.path.map(String)].join(".")}: ${issue.message}`);
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
