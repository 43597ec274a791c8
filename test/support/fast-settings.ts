// The settings of a sandbox whose times are divided by 100: what takes a minute there takes 600 ms here.

export const timeDivisor = 100;

/** `PROVIDERS`, each at `baseUrl`. */
export function fastProviders(baseUrl: string): string {
  const common = { mode: "sandbox", baseUrl, callLimitMs: 100, finalAfterMs: 6_000, staleForMs: 100 };
  const schedule = [100, 300, 600, 3_000];
  return JSON.stringify([
    {
      ...common,
      id: "backnpay-sandbox",
      protocol: "backnpay",
      lookupScheduleMs: schedule,
      notFoundTexts: ["NOTFOUND"],
      notFoundSettlesAfterMs: 600,
      repeatWindowMs: 9_000,
      lookupsPerDay: 250_000,
      balanceEveryMs: 10,
      caseAfterMs: 8_000,
      order: 10,
    },
    {
      ...common,
      id: "aopay-sandbox",
      protocol: "aopay",
      geocode: "23.8103,90.4125",
      caseAfterMs: 1_000,
      order: 20,
      orderOf: { "in.jio.prepaid": 5 },
    },
    { ...common, id: "nurr-sandbox", protocol: "nurr", caseAfterMs: 1_000, order: 10 },
  ]);
}

/** `TIMES`. */
export const fastTimes = JSON.stringify({
  startByMs: 500,
  repeatWindowMs: 9_000,
  outboxDelayMs: 5,
  outboxRetryMs: 50,
  resolveMarginMs: 10,
  waitDefaultMs: 2_000,
  waitMaxMs: 5_000,
  dialectWaitMs: 2_000,
  credentialCacheMs: 300,
  leaseMs: 1_000,
  lookupCollectMs: 50,
  breakerOpensForMs: 600,
  webhookLimitMs: 150,
  webhookPutBackMs: 1_200,
  bulkTickMs: 20,
  bulkRetryMs: 50,
  breakerProbeMs: 3_000,
  chatWaitMs: 1_000,
  chatRetryMs: 50,
});
