// Alerts in the scheduled run: judged, kept, told, and told again to the channels that did not take them. Nothing here stops a run.
import type { Log } from "../base/log.ts";
import { type Alert, type AlertTimes, type News, planAlerts } from "./alert-plan.ts";
import { type AlertLimits, findAlerts } from "./alert-rules.ts";
import { type AlertChannel, sendNews, type SendParts } from "./alert-send.ts";
import type { Notes } from "./kept.ts";
import type { Pulse } from "./pulse.ts";

export interface WatchParts extends SendParts {
  readonly log: Log;
  readonly notes: Notes;
  /** One run at a time judges and tells. */
  readonly leases: {
    takeLease(name: string, holder: string, ms: number): Promise<{ readonly granted: boolean }>;
    endLease(name: string, holder: string): Promise<void>;
  };
  readonly leaseMs: number;
  readonly limits: AlertLimits;
  readonly times: AlertTimes;
  readonly channels: readonly AlertChannel[];
}

/** News that a channel, by its name, has not taken yet. */
interface Unsent {
  readonly channel: string;
  readonly news: News;
}

interface Kept {
  readonly standing: readonly Alert[];
  readonly unsent: readonly Unsent[];
}

const noteName = "alerts";
const leaseName = "alerts";
/** A channel that is down for longer hears of what still stands by the next telling. */
const keptMs = 24 * 3_600_000;
const unsentAtMost = 200;
/** How long a channel may take of one run. */
const turnMs = 20_000;

/** Judges a pulse and tells the channels; then tries again what they did not take. */
export async function watchPulse(parts: WatchParts, pulse: Pulse): Promise<void> {
  await underLease(parts, (kept) => {
    const now = parts.clock.now();
    const plan = planAlerts(kept.standing, findAlerts(pulse, parts.limits), { now, times: parts.times, newId });
    for (const { kind, rule, subject, text } of plan.news) parts.log.warn(`alert.${kind}`, { rule, subject, text });
    return { standing: plan.standing, unsent: [...kept.unsent, ...forAll(parts.channels, plan.news)] };
  });
}

/** Sends a test to every channel, now; the names of those that took it. */
export async function testChannels(parts: WatchParts): Promise<readonly { name: string; isTaken: boolean }[]> {
  const at = parts.clock.now();
  const text = "A test: nothing is wrong.";
  const news: News = {
    id: newId(),
    kind: "test",
    rule: "test",
    subject: "",
    severity: "ticket",
    text,
    raisedAt: at,
    at,
  };
  return Promise.all(
    parts.channels.map(async (channel) => ({
      name: channel.name,
      isTaken: await sendNews(parts, channel, news),
    })),
  );
}

/** What stands, and how many pieces of news each channel has not taken. */
export async function readAlerts(notes: Notes): Promise<Kept> {
  const text = await notes.readNote(noteName);
  return text === null ? { standing: [], unsent: [] } : parseKept(text);
}

/** Kept before it is sent: a crash on the way tells it again, under the same id, and forgets nothing. */
async function underLease(parts: WatchParts, change: (kept: Kept) => Kept): Promise<void> {
  const { leases, leaseMs, notes, log } = parts;
  const holder = crypto.randomUUID();
  if (!(await leases.takeLease(leaseName, holder, leaseMs)).granted) return;
  try {
    const { standing, unsent } = change(await readAlerts(notes));
    const since = parts.clock.now() - keptMs;
    const waiting = unsent.filter(({ news }) => news.at >= since).slice(-unsentAtMost);
    await keep(notes, { standing, unsent: waiting });
    const sent = await sendAll(parts, waiting);
    if (sent.size === 0) return;
    // Read again: what came meanwhile stays.
    const now = await readAlerts(notes);
    await keep(notes, { ...now, unsent: now.unsent.filter((one) => !sent.has(keyOf(one))) });
    if (sent.size < waiting.length) log.warn("alert.unsent", { count: waiting.length - sent.size });
  } finally {
    await leases.endLease(leaseName, holder);
  }
}

/** Keys of what was taken. */
async function sendAll(parts: WatchParts, waiting: readonly Unsent[]): Promise<ReadonlySet<string>> {
  const taken = await Promise.all(
    parts.channels.map(async (channel) =>
      sendInOrder(
        parts,
        channel,
        waiting.filter((one) => one.channel === channel.name),
      ),
    ),
  );
  return new Set(taken.flat().map(keyOf));
}

function keyOf({ channel, news }: Unsent): string {
  return `${channel} ${news.id}`;
}

/** In the order in which it happened; the first that is not taken ends the turn of its channel. */
async function sendInOrder(
  parts: WatchParts,
  channel: AlertChannel,
  waiting: readonly Unsent[],
): Promise<readonly Unsent[]> {
  const until = parts.clock.now() + turnMs;
  // oxlint-disable-next-line no-await-in-loop -- in order
  for (const [index, { news }] of waiting.entries())
    if (parts.clock.now() >= until || !(await sendNews(parts, channel, news))) return waiting.slice(0, index);
  return waiting;
}

function forAll(channels: readonly AlertChannel[], news: readonly News[]): readonly Unsent[] {
  return news.flatMap((one) => channels.map(({ name }) => ({ channel: name, news: one })));
}

async function keep(notes: Notes, kept: Kept): Promise<void> {
  await notes.keepNote(noteName, JSON.stringify(kept));
}

// What only this file wrote is trusted.
function parseKept(text: string): Kept {
  return JSON.parse(text) as Kept;
}

function newId(): string {
  return `alt_${crypto.randomUUID().replaceAll("-", "")}`;
}
