// The desk of a provider: what all accounts share about it. Off the recharge path; the guard's shards are told what a recharge must know.
import { DurableObject } from "cloudflare:workers";
import type { Clock } from "../base/clock.ts";
import type { Minor } from "../base/money.ts";
import type { Archive } from "../recharges/archive.ts";
import type { FloatBook, FloatDesk, FloatNote } from "../recharges/float-check.ts";
import type { LookupPermits, ProbePermits, RulesTaker, StaffRules, SwitchTaker } from "../recharges/ports.ts";
import { archiveOldCallbacks } from "./archive-callbacks.ts";
import { countCallbacks, dropCallback, keepCallback, type KeptCallback, takeDueCallbacks } from "./desk-callbacks.ts";
import { addToCounter, type Counter, type CounterName, readCounters } from "./desk-counters.ts";
import { changeRules, readKeptRules, type RulesChange, type RulesResult, tellRules } from "./desk-rules.ts";
import { type DeskView, keptText, type SwitchResult } from "./desk-view.ts";
import { deleteLease, migrateDesk, readDeskState, readLease, readLookups, readNote } from "./desk-store.ts";
import { writeDeskState, writeLease, writeNote } from "./desk-store.ts";
import { breakerAfter, type BreakerRules, probeAfter, type ReportedOutcome } from "./breaker.ts";
import { readFloatChecks, keepFloatNote } from "./desk-floats.ts";
import { deskAfter, deskAfterBalance, deskAfterReplies, mayAskBalance, leaseAfter, switchOf } from "./desk.ts";
import type { DeskState } from "./desk.ts";
import { LookupDesk } from "./lookup-desk.ts";
import type { NoteAnswer, SegmentBook, SegmentDesk, SegmentNote } from "../recharges/segment-book.ts";
import { keepReading, keepSegmentNote, noteLost, readSegmentBook } from "./desk-segments.ts";
import { quietAfter, quietOf, quietProbe } from "./quiet.ts";

export interface ProviderDeskServices {
  readonly clock: Clock;
  /** Null at the desk named `installation`, which only keeps leases. */
  readonly provider: {
    readonly id: string;
    readonly lookupsPerDay: number | null;
    /** Calls for the balance are at least this far apart, ms. */
    readonly balanceEveryMs: number;
  } | null;
  /** How long asks for lookups are collected once the ration is scarce, ms. */
  readonly lookupCollectMs: number;
  readonly breaker: BreakerRules;
  /** Null: none is bound, and what was authenticated stays. */
  readonly archive: Archive | null;
  /** Every shard of the guard, in the order of their indices. */
  shards(): readonly (SwitchTaker & RulesTaker)[];
}

const pushAgainMs = 5_000;

/** Methods return values; they throw faults only. */
export abstract class ProviderDesk<Bindings = unknown>
  extends DurableObject<Bindings>
  implements LookupPermits, ProbePermits, SegmentDesk, FloatDesk
{
  protected abstract readonly services: ProviderDeskServices;
  private state: DeskState;
  private readonly lookups: LookupDesk;

  constructor(ctx: DurableObjectState, env: Bindings) {
    super(ctx, env);
    migrateDesk(ctx.storage);
    this.state = readDeskState(ctx.storage.sql);
    this.lookups = new LookupDesk(ctx.storage.sql);
  }

  async takeLookup(request: Parameters<LookupPermits["takeLookup"]>[0]): ReturnType<LookupPermits["takeLookup"]> {
    const lookupsPerDay = this.services.provider?.lookupsPerDay ?? null;
    const rules = { lookupsPerDay, collectMs: this.services.lookupCollectMs };
    return this.lookups.take(request, this.services.clock.now(), rules);
  }

  /** Staff switch the provider off or on. Saying it again pushes it again to shards that missed it. */
  async setOff(isOff: boolean): Promise<SwitchResult> {
    this.keep(deskAfter(this.state, { isOff }));
    return this.push();
  }

  /** Staff keep so much of the float back, in minor units of the provider's currency; null: the float decides nothing. */
  async setFloor(floor: Minor | null): Promise<SwitchResult> {
    this.keep(deskAfter(this.state, { floor }));
    return this.push();
  }

  /** A balance that the provider told, in minor units of its currency, and the time (epoch ms) that it speaks for. */
  async takeBalance(balance: Minor, at: number): Promise<void> {
    this.keep(deskAfterBalance(this.state, balance, at));
    keepReading(this.ctx.storage.sql, { askedAt: at, answeredAt: Math.max(at, this.services.clock.now()), balance });
    writeDeskState(this.ctx.storage.sql, this.state);
    await this.pushNews();
  }

  /** What submits came to, told by an account with each flush of its outbox; told twice, it counts twice. */
  async reportOutcomes(outcomes: readonly ReportedOutcome[]): Promise<void> {
    const breaker = breakerAfter(this.state.breaker, outcomes, this.services.breaker);
    const { quiet = null } = this.state;
    const next = deskAfter(this.state, { breaker, ...(quiet !== null && { quiet: quietAfter(quiet, outcomes) }) });
    this.keep(deskAfterReplies(next, outcomes));
    for (const { kind, sentAt } of outcomes) if (kind === "in_doubt") noteLost(this.ctx.storage.sql, sentAt);
    await this.pushNews();
  }

  async takeProbe(by: string): ReturnType<ProbePermits["takeProbe"]> {
    const { probeEveryMs } = this.services.breaker;
    const asked = { by, now: this.services.clock.now(), probeEveryMs };
    const { quiet = null } = this.state;
    const alone = quietProbe(quiet, asked);
    if (!alone.granted) return alone;
    const answer = probeAfter(this.state.breaker, asked);
    if (!answer.granted) return answer;
    const next = { breaker: answer.breaker, ...(quiet !== null && { quiet: alone.quiet }) };
    this.keep(deskAfter(this.state, next));
    // The shard that asks is one of those that are told.
    this.ctx.waitUntil(this.pushNews());
    return { granted: true };
  }

  /** What it keeps for balance segments. */
  async readSegments(): Promise<SegmentBook> {
    return { ...readSegmentBook(this.ctx.storage.sql), quiet: this.state.quiet ?? null };
  }

  /** Keeps a declaration, a movement or a finding; the same again changes nothing. */
  async keepSegments(note: SegmentNote): Promise<NoteAnswer> {
    if (!keepSegmentNote(this.ctx.storage.sql, note, this.services.clock.now())) return { kind: "differs" };
    const quiet = quietOf(note, this.state.quiet ?? null);
    if (quiet !== (this.state.quiet ?? null)) this.keep(deskAfter(this.state, { quiet }));
    await this.pushNews();
    return { kind: "kept", book: await this.readSegments() };
  }

  async takeBalanceCall(isThorough: boolean): Promise<boolean> {
    const now = this.services.clock.now();
    const balanceEveryMs = this.services.provider?.balanceEveryMs ?? 0;
    if (!mayAskBalance(this.state, { isThorough, now, balanceEveryMs })) return false;
    this.keep({ ...this.state, balanceAskedAt: now });
    return true;
  }

  async readFloat(): Promise<FloatBook> {
    const { balance, floor } = this.state;
    return { balance, floor, ...readFloatChecks(this.ctx.storage.sql) };
  }

  async keepFloat(note: FloatNote): Promise<FloatBook> {
    keepFloatNote(this.ctx.storage.sql, note);
    return this.readFloat();
  }

  /** Keeps two runs apart: a holder has the lease for `ms`, or until it ends it. The holder itself may renew it. */
  async takeLease(name: string, holder: string, ms: number): Promise<{ granted: boolean; until: number }> {
    const { sql } = this.ctx.storage;
    const { granted, lease } = leaseAfter(readLease(sql, name), { holder, ms, now: this.services.clock.now() });
    if (granted) writeLease(sql, name, lease);
    return { granted, until: lease.until };
  }

  async endLease(name: string, holder: string): Promise<void> {
    deleteLease(this.ctx.storage.sql, name, holder);
  }

  /** What the scheduled run kept under this name; null: nothing. At the desk named `installation`. */
  async readNote(name: string): Promise<string | null> {
    return readNote(this.ctx.storage.sql, name);
  }

  async keepNote(name: string, data: string): Promise<void> {
    writeNote(this.ctx.storage.sql, name, data);
  }

  async readDesk(): Promise<DeskView> {
    const { sql } = this.ctx.storage;
    const waitingLookups = this.lookups.waitingCount;
    return { ...this.state, lookups: readLookups(sql), waitingLookups, keptCallbacks: countCallbacks(sql) };
  }

  /** Keeps a callback that matched nothing for 7 days. */
  async keepCallback(kept: KeptCallback): Promise<void> {
    keepCallback(this.ctx.storage.sql, kept);
  }

  /** The kept callbacks whose turn it is to be tried again. */
  async takeDueCallbacks(limit: number): Promise<readonly KeptCallback[]> {
    const { archive, clock, provider } = this.services;
    const now = clock.now();
    // Beside it: an archive that cannot be asked keeps what is old here, and holds up nothing.
    this.ctx.waitUntil(archiveOldCallbacks(this.ctx.storage.sql, archive, { provider: provider?.id ?? "", now }));
    return takeDueCallbacks(this.ctx.storage.sql, now, limit);
  }

  /** Forgets a kept callback that found its attempt. */
  async dropCallback(key: string): Promise<void> {
    dropCallback(this.ctx.storage.sql, key);
  }

  /** Counts one thing of an account; 0 where it belongs to none. At the desk named `installation`. */
  async count(name: CounterName, account: number): Promise<void> {
    addToCounter(this.ctx.storage.sql, name, account, this.services.clock.now());
  }

  async readCounters(): Promise<readonly Counter[]> {
    return readCounters(this.ctx.storage.sql);
  }

  /** Staff set what holds for the whole installation; told to every shard before it answers. At the desk `installation`. */
  async setRules(change: RulesChange): Promise<RulesResult> {
    changeRules(this.ctx.storage.sql, change);
    return this.pushRules();
  }

  async readRules(): Promise<StaffRules> {
    return readKeptRules(this.ctx.storage.sql).rules;
  }

  /** Tells the shards that missed the last change, until all have it. */
  override async alarm(): Promise<void> {
    await this.pushNews();
    const { rules, taken } = readKeptRules(this.ctx.storage.sql);
    if (taken < rules.version) await this.pushRules();
  }

  /** The alarm is set first: a crash on the way is made good by it. */
  private async pushRules(): Promise<RulesResult> {
    const { sql } = this.ctx.storage;
    await this.ctx.storage.setAlarm(Date.now() + pushAgainMs);
    const missed = await tellRules(sql, this.services.shards());
    const { rules, taken } = readKeptRules(sql);
    if (taken === rules.version) await this.ctx.storage.deleteAlarm();
    return { rules, missed };
  }

  private async pushNews(): Promise<void> {
    if (this.state.takenVersion < this.state.version) await this.push();
  }

  /** Tells every shard. The alarm is set first: a crash on the way is made good by it. */
  private async push(): Promise<SwitchResult> {
    const { provider } = this.services;
    const { version } = this.state;
    if (provider === null) return { isComplete: true, missed: [], version };
    await this.ctx.storage.setAlarm(Date.now() + pushAgainMs);
    const state = switchOf(provider.id, this.state);
    const taken = await Promise.allSettled(this.services.shards().map(async (shard) => shard.takeSwitch(state)));
    const missed = taken.flatMap(({ status }, index) => (status === "rejected" ? [index] : []));
    if (missed.length === 0) {
      this.keep({ ...this.state, takenVersion: Math.max(this.state.takenVersion, version) });
      if (this.state.takenVersion === this.state.version) await this.ctx.storage.deleteAlarm();
    }
    return { isComplete: missed.length === 0, missed, version };
  }

  /** Good outcomes after good ones, and balances of replies that no shard must know, are remembered while the object is awake: they are not worth a row each. */
  private keep(state: DeskState): void {
    if (keptText(state) !== keptText(this.state)) writeDeskState(this.ctx.storage.sql, state);
    this.state = state;
  }
}
