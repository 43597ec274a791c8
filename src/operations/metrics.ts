// The pulse as families of metrics. The names are public: `docs/operations.md` lists them, and alert rules use them.
import type { Family, Sample } from "./exposition.ts";
import type { AccountsPulse, BreakerState, ProviderPulse, Pulse } from "./pulse.ts";

/** All families, as of the pulse; ages are counted to `now` (epoch ms). What the pulse does not know has no samples. */
export function metricsOf(pulse: Pulse, now: number): readonly Family[] {
  const age = (at: number): number => Math.max(0, now - at) / 1_000;
  return [
    ...runFamilies(pulse),
    ...(pulse.booked === null ? [] : bookedFamilies(pulse.booked, age)),
    ...(pulse.accounts === null ? [] : accountFamilies(pulse.accounts, age)),
    ...providerFamilies(pulse.providers, age),
  ];
}

type Age = (at: number) => number;

function gauge(name: string, help: string, samples: readonly Sample[]): Family {
  const unit = name.endsWith("_seconds") ? "seconds" : name.endsWith("_bytes") ? "bytes" : undefined;
  return { name, type: "gauge", help, samples, ...(unit !== undefined && { unit }) };
}

function alone(name: string, help: string, value: number | null | undefined): Family {
  return gauge(name, help, value === null || value === undefined ? [] : [{ labels: {}, value }]);
}

function runFamilies({ at, run, booked }: Pulse): readonly Family[] {
  return [
    alone(
      "gateway_pulse_timestamp_seconds",
      "When these figures were gathered; older than minutes: cron has stopped.",
      at / 1_000,
    ),
    alone("gateway_run_ok", "1: the last scheduled run went over all partners.", run === null ? 0 : 1),
    alone("gateway_ledger_up", "1: the ledger answered.", booked === null ? 0 : 1),
    alone("gateway_partners", "Partners of the installation.", run?.partners),
    alone("gateway_accounts_unheard", "Accounts that the last run could not ask.", run?.faults),
    alone("gateway_wallets_differing", "Figures of wallets that differ from the ledger.", run?.differences),
  ];
}

function bookedFamilies(booked: NonNullable<Pulse["booked"]>, age: Age): readonly Family[] {
  const kinds = booked.cases;
  return [
    gauge(
      "gateway_recharges_recent",
      "Recharges created in the last 15 minutes, by provider, product and state now.",
      booked.recent.map(({ count, ...labels }) => ({ labels, value: count })),
    ),
    gauge(
      "gateway_cases_open",
      "Recharges that need a person.",
      kinds.map(({ kind, count }) => ({ labels: { kind }, value: count })),
    ),
    gauge(
      "gateway_cases_oldest_seconds",
      "Age of the oldest open case.",
      kinds.map(({ kind, oldestAt }) => ({ labels: { kind }, value: age(oldestAt) })),
    ),
    alone("gateway_disputes_open", "Disputes that nobody has decided.", booked.disputes),
  ];
}

function accountFamilies(
  { open, outbox, webhooks, goneBack, rolled, largest }: AccountsPulse,
  age: Age,
): readonly Family[] {
  const labelled = (value: (group: AccountsPulse["open"][number]) => number) =>
    open.map((group) => {
      const { provider, currency, state } = group;
      return { labels: { provider, currency, state }, value: value(group) };
    });
  const oldest = (at: number | null) => (at === null ? 0 : age(at));
  return [
    gauge(
      "gateway_recharges_open",
      "Pending recharges, by the state of the attempt.",
      labelled(({ count }) => count),
    ),
    gauge(
      "gateway_recharges_open_oldest_seconds",
      "Age of the oldest.",
      labelled(({ oldestAt }) => age(oldestAt)),
    ),
    gauge(
      "gateway_money_at_risk_minor",
      "Held for them, in paisa or poisha.",
      labelled(({ cost }) => cost),
    ),
    alone("gateway_outbox_accounts", "Accounts with events that the ledger has not got.", outbox.accounts),
    alone("gateway_outbox_events", "Events that the ledger has not got.", outbox.events),
    alone("gateway_outbox_oldest_seconds", "Age of the oldest of them.", oldest(outbox.oldestAt)),
    alone("gateway_webhooks_pending", "Webhooks that are not delivered yet.", webhooks.pending),
    alone("gateway_webhooks_oldest_seconds", "Age of the oldest of them.", oldest(webhooks.oldestAt)),
    alone("gateway_webhooks_dead", "Webhooks whose last try failed.", webhooks.dead),
    alone("gateway_webhook_endpoints_stopped", "Endpoints that are paused or disabled.", webhooks.stopped),
    alone("gateway_accounts_gone_back", "Accounts that the ledger is ahead of.", goneBack),
    alone("gateway_events_rolled", "Events that left their accounts for the ledger and the archive.", rolled),
    alone("gateway_account_largest_bytes", "Database of the largest account object.", largest?.bytes),
  ];
}

const breakerStates = ["closed", "open", "half_open"] as const satisfies readonly BreakerState[];

function providerFamilies(providers: readonly ProviderPulse[], age: Age): readonly Family[] {
  return [breakerFamily(providers), ...floatFamilies(providers, age), ...rationFamilies(providers)];
}

function breakerFamily(providers: readonly ProviderPulse[]): Family {
  const breaker = "gateway_provider_breaker";
  const states = providers.flatMap(({ id, breaker: now }) =>
    breakerStates.map((state) => ({ labels: { provider: id, [breaker]: state }, value: state === now ? 1 : 0 })),
  );
  return { name: breaker, type: "stateset", help: "The breaker.", samples: states };
}

/** A sample for each provider of which this is known. */
function samplesOf(
  providers: readonly ProviderPulse[],
  value: (provider: ProviderPulse) => number | null | undefined,
): readonly Sample[] {
  return providers.flatMap((provider): Sample[] => {
    const known = value(provider);
    const { id, currency } = provider;
    return known === null || known === undefined ? [] : [{ labels: { provider: id, currency }, value: known }];
  });
}

function floatFamilies(providers: readonly ProviderPulse[], age: Age): readonly Family[] {
  const each = (value: Parameters<typeof samplesOf>[1]) => samplesOf(providers, value);
  return [
    gauge(
      "gateway_provider_off",
      "1: staff switched it off.",
      each(({ isOff }) => (isOff ? 1 : 0)),
    ),
    gauge(
      "gateway_provider_balance_minor",
      "Our balance there as last told.",
      each(({ balance }) => balance?.amount),
    ),
    gauge(
      "gateway_provider_balance_age_seconds",
      "How old that balance is.",
      each(({ balance }) => (balance === null ? null : age(balance.at))),
    ),
    gauge(
      "gateway_provider_float_difference_minor",
      "Its balance less what our book expects, as last compared.",
      each(({ float }) => float?.difference),
    ),
    gauge(
      "gateway_provider_float_differs",
      "1: nothing in flight explains that difference.",
      each(({ float }) => (float === null ? null : Number(float.finding === "differs"))),
    ),
  ];
}

function rationFamilies(providers: readonly ProviderPulse[]): readonly Family[] {
  const each = (value: Parameters<typeof samplesOf>[1]) => samplesOf(providers, value);
  return [
    gauge(
      "gateway_provider_lookups_left",
      "Lookups left today.",
      each(({ lookupsLeft }) => lookupsLeft),
    ),
    gauge(
      "gateway_provider_lookups_waiting",
      "Attempts that wait for one.",
      each((provider) => provider.waitingLookups),
    ),
    gauge(
      "gateway_provider_callbacks_kept",
      "Callbacks that matched nothing yet.",
      each((provider) => provider.keptCallbacks),
    ),
  ];
}
