// The settings of a soak run: a live installation's times and schedules divided by 100.
import type { InstallationOptions } from "../installation.ts";

const divisor = 100;
const minuteMs = 60_000 / divisor;
const hourMs = 60 * minuteMs;
/** The machine is not a hundred times faster: a call has as long to begin, and to answer, as two busy cores need. */
const callMs = 2_000;
/** With it the simulator executes late after a call's limit, and before an absence would count. */
const simulatorDivisor = 15;

const times = {
  startByMs: callMs,
  repeatWindowMs: 15 * minuteMs,
  outboxDelayMs: 5,
  outboxRetryMs: 50,
  resolveMarginMs: 10,
  waitDefaultMs: 30_000 / divisor,
  waitMaxMs: 60_000 / divisor,
  // Divided, every recharge would wait for an outage's end at the door, and none would meet it inside.
  credentialCacheMs: 30_000,
  leaseMs: minuteMs,
  breakerOpensForMs: minuteMs,
  // Longer than a call and its report.
  breakerProbeMs: callMs + 500,
};

const common = { callLimitMs: callMs, finalAfterMs: 10 * minuteMs };
const ofProtocol: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  backnpay: {
    lookupScheduleMs: [100, 300, minuteMs, 5 * minuteMs, 15 * minuteMs, hourMs],
    notFoundSettlesAfterMs: minuteMs,
    repeatWindowMs: 15 * minuteMs,
    lookupsPerDay: 10_000_000,
    // A day divided would keep the run waiting for a quarter of an hour.
    caseAfterMs: 10 * minuteMs,
  },
  // An hour divided would do the same.
  aopay: { caseAfterMs: minuteMs },
  nurr: { caseAfterMs: minuteMs },
};

/** Those of an installation that a soak run is made on. */
export const soakSettings = {
  vars: {
    TIMES: JSON.stringify(times),
    RATE_PER_MINUTE: "100000000",
    // Half of the recharges have a fault: a breaker for usual days would be open most of the time.
    BREAKER_OPENS_AFTER: "200",
    BREAKER_OPENS_AT_PERCENT: "95",
  },
  simulatorVars: { TIME_DIVISOR: String(simulatorDivisor) },
  providerSettings: (protocol: string) => ({ ...common, ...ofProtocol[protocol] }),
  gatewayMain: "scripts/soak/workers/faulty-gateway.ts",
} satisfies Partial<InstallationOptions>;
