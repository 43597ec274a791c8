// Metrics: a strict reader takes the text, whatever the labels say, and finds in it what the pulse says.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minor } from "../../../src/base/money.ts";
import { writeExposition } from "../../../src/operations/exposition.ts";
import { metricsOf } from "../../../src/operations/metrics.ts";
import { addAccount, noAccounts } from "../../../src/operations/pulse.ts";
import type { SeenAccount } from "../../../src/reconciliation/run.ts";
import { readOpenMetrics, sampleOf } from "../../support/open-metrics.ts";
import { goodProvider, goodPulse } from "../../support/sample-pulse.ts";

const read = (pulse: typeof goodPulse, now = 60_000) => readOpenMetrics(writeExposition(metricsOf(pulse, now)));

describe("the text", () => {
  it("keeps every label and help as it was, whatever is in it", () => {
    const family = { name: "gateway_some", type: "gauge", help: "" } as const;
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.integer(), (text, value) => {
        const written = writeExposition([{ ...family, help: text, samples: [{ labels: { text }, value }] }]);
        const [sample] = readOpenMetrics(written).get("gateway_some")?.samples ?? [];
        expect(sample).toEqual({ labels: { text }, value });
      }),
    );
  });

  it("is its end alone where nothing is known", () => {
    expect(writeExposition([])).toBe("# EOF\n");
  });

  it.each([
    "gateway_a 1\n# EOF\n",
    "# TYPE gateway_a gauge\ngateway_a 1\n",
    "# TYPE gateway_a gauge\n# HELP gateway_a x\n# EOF\n",
    '# TYPE gateway_a gauge\ngateway_a{b="\\x"} 1\n# EOF\n',
    "# TYPE gateway_a gauge\ngateway_a 1\ngateway_a 2\n# EOF\n",
    "# TYPE gateway_a gauge\n# UNIT gateway_a seconds\ngateway_a 1\n# EOF\n",
    "# TYPE gateway_a gauge\ngateway_a one\n# EOF\n",
    "# TYPE gateway_a stateset\ngateway_a 1\n# EOF\n",
  ])("is refused by the reader of these tests where it is wrong: %j", (text) => {
    expect(() => readOpenMetrics(text)).toThrow(/./);
  });
});

const seen: SeenAccount = {
  account: 1,
  standing: {
    open: [
      { provider: "nurr-1", currency: "BDT", state: "in_doubt", count: 2, cost: minor(3_960), oldestAt: 10_000 },
      { provider: "nurr-1", currency: "BDT", state: "sent", count: 1, cost: minor(1_980), oldestAt: 50_000 },
    ],
    unshippedAt: 40_000,
    bytes: 8_192,
    isGoneBack: true,
    rolled: 500,
  },
  behind: 3,
  webhooks: { endpoints: 1, stopped: 1, pending: 4, dead: 2, oldestAt: 20_000 },
};

describe("the pulse", () => {
  it("is summed over the accounts, with the oldest and the largest", () => {
    const [open] = seen.standing.open;
    const more: SeenAccount = {
      account: 2,
      standing: {
        open: open === undefined ? [] : [{ ...open, oldestAt: 5_000 }],
        unshippedAt: 30_000,
        bytes: 4_096,
        isGoneBack: false,
        rolled: 20,
      },
      behind: 1,
      webhooks: null,
    };
    const idle: SeenAccount = {
      account: 3,
      standing: { open: [], unshippedAt: null, bytes: 1, isGoneBack: false, rolled: 0 },
      behind: 0,
      webhooks: null,
    };
    const families = read({ ...goodPulse, accounts: [seen, more, idle].reduce(addAccount, noAccounts) });
    const doubt = { provider: "nurr-1", currency: "BDT", state: "in_doubt" };
    expect(sampleOf(families, "gateway_recharges_open", doubt)).toBe(4);
    expect(sampleOf(families, "gateway_money_at_risk_minor", doubt)).toBe(7_920);
    expect(sampleOf(families, "gateway_recharges_open_oldest_seconds", doubt)).toBe(55);
    expect(sampleOf(families, "gateway_recharges_open", { ...doubt, state: "sent" })).toBe(1);
    expect(sampleOf(families, "gateway_outbox_accounts")).toBe(2);
    expect(sampleOf(families, "gateway_outbox_events")).toBe(4);
    expect(sampleOf(families, "gateway_outbox_oldest_seconds")).toBe(30);
    expect(sampleOf(families, "gateway_webhooks_pending")).toBe(4);
    expect(sampleOf(families, "gateway_webhooks_dead")).toBe(2);
    expect(sampleOf(families, "gateway_webhook_endpoints_stopped")).toBe(1);
    expect(sampleOf(families, "gateway_webhooks_oldest_seconds")).toBe(40);
    expect(sampleOf(families, "gateway_accounts_gone_back")).toBe(1);
    expect(sampleOf(families, "gateway_account_largest_bytes")).toBe(8_192);
    expect(sampleOf(families, "gateway_events_rolled")).toBe(520);
  });
});

describe("the pulse of the others", () => {
  it("says of each provider its breaker, float and ration", () => {
    const provider = {
      ...goodProvider,
      isOff: true,
      breaker: "half_open" as const,
      float: { finding: "differs" as const, difference: -700, checkedAt: 1 },
      lookupsLeft: 12,
      waitingLookups: 3,
      keptCallbacks: 1,
    };
    const families = read({ ...goodPulse, providers: [provider] });
    const of = (name: string) => sampleOf(families, name, { provider: "nurr-1", currency: "BDT" });
    const breaker = (state: string) =>
      sampleOf(families, "gateway_provider_breaker", { provider: "nurr-1", gateway_provider_breaker: state });
    expect([breaker("closed"), breaker("open"), breaker("half_open")]).toEqual([0, 0, 1]);
    expect(of("gateway_provider_off")).toBe(1);
    expect(of("gateway_provider_balance_minor")).toBe(500_000);
    expect(of("gateway_provider_balance_age_seconds")).toBe(60);
    expect(of("gateway_provider_float_difference_minor")).toBe(-700);
    expect(of("gateway_provider_float_differs")).toBe(1);
    expect(of("gateway_provider_lookups_left")).toBe(12);
    expect(of("gateway_provider_lookups_waiting")).toBe(3);
    expect(of("gateway_provider_callbacks_kept")).toBe(1);
  });

  it("shows recharges by state, provider and product, and what waits for a person", () => {
    const labels = { provider: "nurr-1", product: "bd.robi.prepaid", state: "succeeded" } as const;
    const booked = {
      recent: [{ ...labels, count: 7 }],
      cases: [{ kind: "doubt" as const, count: 2, oldestAt: 1_000 }],
      disputes: 3,
    };
    const families = read({ ...goodPulse, booked });
    expect(sampleOf(families, "gateway_recharges_recent", labels)).toBe(7);
    expect(sampleOf(families, "gateway_cases_open", { kind: "doubt" })).toBe(2);
    expect(sampleOf(families, "gateway_cases_oldest_seconds", { kind: "doubt" })).toBe(59);
    expect(sampleOf(families, "gateway_disputes_open")).toBe(3);
  });

  it("has no value for what nobody said: a ledger that is down, a run that broke off", () => {
    const families = read({ ...goodPulse, run: null, accounts: null, booked: null, providers: [] });
    expect([...families.keys()]).toEqual(["gateway_pulse_timestamp_seconds", "gateway_run_ok", "gateway_ledger_up"]);
    expect(sampleOf(families, "gateway_ledger_up")).toBe(0);
    expect(sampleOf(read(goodPulse), "gateway_ledger_up")).toBe(1);
  });
});
