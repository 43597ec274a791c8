// How safely each protocol may be used (`lists.md`, "Safety per protocol"); a provider's settings only narrow it.
import type { Safety } from "../recharges/safety.ts";
import type { Protocol } from "../wire/protocol.ts";
import type { ProviderSettings } from "./settings-schema.ts";

const statelessPost = {
  reference: { kind: "none" },
  duplicate: "unknown",
  lookup: "none",
  notFoundSettlesAfterMs: null,
  finalAfterMs: 600_000,
  staleForMs: 10_000,
  repeatWindowMs: null,
  lookupsPerDay: null,
} as const;

export const protocolSafety = {
  backnpay: {
    reference: { kind: "travels", field: "agentid", pattern: /^[0-9A-Z]{8,20}$/, validDays: null },
    duplicate: "rejects",
    lookup: "by_our_reference",
    notFoundSettlesAfterMs: null,
    balance: { endpoint: true, inReplies: "after" },
    finalAfterMs: 600_000,
    staleForMs: 10_000,
    repeatWindowMs: 900_000,
    lookupsPerDay: 1_000,
  },
  aopay: { ...statelessPost, balance: { endpoint: false, inReplies: "none" } },
  nurr: { ...statelessPost, balance: { endpoint: false, inReplies: "before_and_after" } },
} as const satisfies Record<Protocol, Safety>;

/** The descriptor of one provider: its protocol's, with what its settings say. */
export function safetyOf(settings: ProviderSettings): Safety {
  const base = protocolSafety[settings.protocol];
  if (settings.protocol !== "backnpay")
    return { ...base, finalAfterMs: settings.finalAfterMs, staleForMs: settings.staleForMs };
  const { finalAfterMs, staleForMs, notFoundSettlesAfterMs, repeatWindowMs, lookupsPerDay, duplicate } = settings;
  return { ...base, finalAfterMs, staleForMs, notFoundSettlesAfterMs, repeatWindowMs, lookupsPerDay, duplicate };
}
