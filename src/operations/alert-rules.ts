// What a person must be told of the pulse: a closed list of rules, each judged by the pulse and the limits alone. Pure.
import { formatAmount, type Minor, minor } from "../base/money.ts";
import type { OpenStanding } from "../accounts/account.ts";
import type { ProviderPulse, Pulse } from "./pulse.ts";

export const alertRules = [
  "run_failed",
  "ledger_down",
  "accounts_unheard",
  "doubt_old",
  "case_old",
  "outbox_lag",
  "account_gone_back",
  "wallets_differ",
  "recharges_forgotten",
  "float_low",
  "float_differs",
  "breaker_open",
  "lookups_spent",
  "webhooks_dead",
  "account_large",
] as const;
export type AlertRule = (typeof alertRules)[number];

/** `page`: money or the service is in danger now; `ticket`: within the day. */
export type Severity = "page" | "ticket";

export const severityOf = {
  run_failed: "page",
  ledger_down: "page",
  accounts_unheard: "page",
  doubt_old: "page",
  case_old: "ticket",
  outbox_lag: "page",
  account_gone_back: "page",
  wallets_differ: "page",
  recharges_forgotten: "page",
  float_low: "page",
  float_differs: "page",
  breaker_open: "page",
  lookups_spent: "ticket",
  webhooks_dead: "ticket",
  account_large: "ticket",
} as const satisfies Record<AlertRule, Severity>;

/** Times in ms. */
export interface AlertLimits {
  readonly doubtAgeMs: number;
  readonly caseAgeMs: number;
  readonly outboxLagMs: number;
  /** By provider, in minor units of its currency; the desk's own floor counts as well. */
  readonly floatBelow: ReadonlyMap<string, Minor>;
  readonly webhooksDead: number;
  readonly objectBytes: number;
}

/** One thing that is wrong; `subject` keeps two of one rule apart: a provider, a kind of case, or nothing. */
export interface Finding {
  readonly rule: AlertRule;
  readonly subject: string;
  /** One sentence for a person: no secrets, no subscriber's number. */
  readonly text: string;
}

/** What is wrong now; null: the pulse does not know, and then what was wrong counts as wrong still. */
type Judge = (pulse: Pulse, limits: AlertLimits) => readonly Omit<Finding, "rule">[] | null;

const judges = {
  run_failed: ({ run }) =>
    run === null ? [alone("The scheduled run broke off: nobody is woken, nothing compared.")] : [],
  ledger_down: ({ booked }) => (booked === null ? [alone("The ledger does not answer. Recharges go on.")] : []),
  accounts_unheard: ({ run }) => counted(run?.faults, "accounts could not be asked"),
  doubt_old: judgeDoubt,
  case_old: judgeCases,
  outbox_lag: judgeOutbox,
  account_gone_back: ({ accounts }) =>
    counted(accounts?.goneBack, "accounts know less than the ledger and take no new recharges"),
  // A quick run compares less than a thorough one: what it does not find may be there.
  wallets_differ: ({ run, isThorough }) => {
    const found = counted(run?.differences, "figures of wallets differ from the ledger");
    return found?.length === 0 && !isThorough ? null : found;
  },
  recharges_forgotten: ({ run, isThorough }) =>
    isThorough ? counted(run?.forgotten, "pending recharges have neither a settlement planned nor a case") : null,
  float_low: ({ providers }, { floatBelow }) =>
    providers.flatMap((provider) => lowFloat(provider, floatBelow.get(provider.id) ?? null)),
  float_differs: ({ providers }) => providers.flatMap(differingFloat),
  breaker_open: ({ providers }) =>
    providers.flatMap(({ id, breaker }) =>
      breaker === "closed" ? [] : [{ subject: id, text: `The breaker of ${id} is open: no recharge goes there.` }],
    ),
  lookups_spent: ({ providers }) =>
    providers.flatMap(({ id, lookupsLeft, waitingLookups }) =>
      lookupsLeft === 0
        ? [{ subject: id, text: `${id} has no lookups left today; ${waitingLookups} attempts wait.` }]
        : [],
    ),
  webhooks_dead: ({ accounts }, { webhooksDead }) =>
    accounts === null
      ? null
      : accounts.webhooks.dead < webhooksDead
        ? []
        : [alone(`${accounts.webhooks.dead} webhooks are dead: their partners were not told.`)],
  account_large: ({ accounts }, { objectBytes }) =>
    accounts === null
      ? null
      : accounts.largest === null || accounts.largest.bytes < objectBytes
        ? []
        : [alone(`The database of account ${accounts.largest.account} has ${accounts.largest.bytes} bytes.`)],
} as const satisfies Record<AlertRule, Judge>;

/** Everything that is wrong, and the rules of which the pulse says nothing. */
export function findAlerts(
  pulse: Pulse,
  limits: AlertLimits,
): { readonly found: readonly Finding[]; readonly unknown: ReadonlySet<AlertRule> } {
  const judged = alertRules.map((rule) => ({ rule, findings: judges[rule](pulse, limits) }));
  const silent = new Set(pulse.unheard);
  return {
    found: judged.flatMap(({ rule, findings }) => (findings ?? []).map((one) => ({ rule, ...one }))),
    unknown: new Set(
      judged.flatMap(({ rule, findings }) => (findings === null || isPartial(rule, pulse, silent) ? [rule] : [])),
    ),
  };
}

const ofAccounts: readonly AlertRule[] = [
  "doubt_old",
  "outbox_lag",
  "account_gone_back",
  "webhooks_dead",
  "account_large",
  "wallets_differ",
];
const ofProviders: readonly AlertRule[] = ["float_low", "float_differs", "breaker_open", "lookups_spent"];

/** Of somebody who did not answer nothing is over. */
function isPartial(rule: AlertRule, { run }: Pulse, silent: ReadonlySet<string>): boolean {
  if (ofProviders.includes(rule)) return silent.size > 0;
  return ofAccounts.includes(rule) && run !== null && run.faults > 0;
}

function judgeDoubt({ at, accounts }: Pulse, { doubtAgeMs }: AlertLimits): ReturnType<Judge> {
  if (accounts === null) return null;
  const old = accounts.open.filter(({ oldestAt }) => at - oldestAt >= doubtAgeMs);
  const providers = [...new Set(old.map(({ provider }) => provider))];
  return providers.map((provider) => {
    const groups = accounts.open.filter((group) => group.provider === provider);
    const minutes = Math.floor((at - Math.min(...groups.map(({ oldestAt }) => oldestAt))) / 60_000);
    return {
      subject: provider,
      text: `${sum(groups, "count")} recharges at ${provider} are pending, the oldest for ${minutes} min; ${held(groups)} is held.`,
    };
  });
}

function held(groups: readonly OpenStanding[]): string {
  const currencies = [...new Set(groups.map(({ currency }) => currency))];
  return currencies
    .map(
      (currency) =>
        `${formatAmount(
          minor(
            sum(
              groups.filter((one) => one.currency === currency),
              "cost",
            ),
          ),
        )} ${currency}`,
    )
    .join(" and ");
}

function sum(groups: readonly OpenStanding[], what: "count" | "cost"): number {
  return groups.reduce((total, group) => total + group[what], 0);
}

function judgeCases({ at, booked }: Pulse, { caseAgeMs }: AlertLimits): ReturnType<Judge> {
  if (booked === null) return null;
  return booked.cases.flatMap(({ kind, count, oldestAt }) => {
    const hours = Math.floor((at - oldestAt) / 3_600_000);
    return at - oldestAt < caseAgeMs
      ? []
      : [{ subject: kind, text: `${count} cases of ${kind} are open, the oldest for ${hours} h.` }];
  });
}

function judgeOutbox({ at, accounts }: Pulse, { outboxLagMs }: AlertLimits): ReturnType<Judge> {
  if (accounts === null) return null;
  const { oldestAt, events, accounts: behind } = accounts.outbox;
  if (oldestAt === null || at - oldestAt < outboxLagMs) return [];
  const minutes = Math.floor((at - oldestAt) / 60_000);
  return [alone(`The ledger lacks ${events} events of ${behind} accounts, the oldest for ${minutes} min.`)];
}

function lowFloat(
  { id, currency, balance, floor }: ProviderPulse,
  below: Minor | null,
): readonly Omit<Finding, "rule">[] {
  const least = Math.max(below ?? 0, floor ?? 0);
  if (balance === null || least === 0 || balance.amount >= least) return [];
  const text = `Our balance at ${id} is ${formatAmount(balance.amount)} ${currency}, below ${formatAmount(minor(least))}.`;
  return [{ subject: id, text }];
}

function differingFloat({ id, currency, float }: ProviderPulse): readonly Omit<Finding, "rule">[] {
  if (float?.finding !== "differs" || float.difference === null) return [];
  const by = formatAmount(minor(float.difference));
  return [{ subject: id, text: `The balance of ${id} differs by ${by} ${currency} from what our book expects.` }];
}

function counted(count: number | undefined, what: string): readonly Omit<Finding, "rule">[] | null {
  if (count === undefined) return null;
  return count === 0 ? [] : [alone(`${count} ${what}.`)];
}

function alone(text: string): Omit<Finding, "rule"> {
  return { subject: "", text };
}
