// Which alerts stand, and what of them is told when: once, again after a while, and when it is over. Pure; times are epoch ms.
import { type AlertRule, type Finding, type Severity, severityOf } from "./alert-rules.ts";

export interface Alert extends Finding {
  readonly raisedAt: number;
  readonly toldAt: number;
  /** Since when it was not found any more; null: it was found the last time. */
  readonly goneAt: number | null;
}

export type NewsKind = "raised" | "again" | "over" | "test";

export interface News {
  /** The same on every try: whoever is told twice can know it. */
  readonly id: string;
  readonly kind: NewsKind;
  readonly rule: AlertRule | "test";
  readonly subject: string;
  readonly severity: Severity;
  readonly text: string;
  readonly raisedAt: number;
  readonly at: number;
}

export interface AlertTimes {
  readonly againAfterMs: number;
  /** What comes and goes is over once it was gone for so long. */
  readonly overAfterMs: number;
}

/** The alerts that stand after this run, and the news about them. `newId` makes an id for each piece of news. */
export function planAlerts(
  standing: readonly Alert[],
  { found, unknown }: { readonly found: readonly Finding[]; readonly unknown: ReadonlySet<AlertRule> },
  { now, times, newId }: { readonly now: number; readonly times: AlertTimes; readonly newId: () => string },
): { readonly standing: readonly Alert[]; readonly news: readonly News[] } {
  const news: News[] = [];
  const tell = (kind: NewsKind, { rule, subject, text }: Finding, raisedAt: number): void => {
    news.push({ id: newId(), kind, rule, subject, severity: severityOf[rule], text, raisedAt, at: now });
  };
  const known = new Map(standing.map((alert) => [keyOf(alert), alert]));
  const kept: Alert[] = found.map((finding) => {
    const alert = known.get(keyOf(finding));
    known.delete(keyOf(finding));
    if (alert === undefined) tell("raised", finding, now);
    else if (now - alert.toldAt >= times.againAfterMs) tell("again", finding, alert.raisedAt);
    else return { ...alert, ...finding, goneAt: null };
    return { ...finding, raisedAt: alert?.raisedAt ?? now, toldAt: now, goneAt: null };
  });
  for (const alert of known.values()) {
    const goneAt = unknown.has(alert.rule) ? null : (alert.goneAt ?? now);
    if (goneAt !== null && now - goneAt >= times.overAfterMs) tell("over", alert, alert.raisedAt);
    else kept.push({ ...alert, goneAt });
  }
  return { standing: kept, news };
}

function keyOf({ rule, subject }: Pick<Finding, "rule" | "subject">): string {
  return `${rule} ${subject}`;
}
