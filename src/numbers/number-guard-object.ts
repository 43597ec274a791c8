// A shard of the number guard: keeps who claimed which number, asks the owners of earlier claims, answers with what provider may be asked.
import { DurableObject } from "cloudflare:workers";
import type { Clock } from "../base/clock.ts";
import type {
  ClaimAnswer,
  ClaimConfirmation,
  ClaimOwner,
  ProbePermits,
  ProviderSwitch,
  StaffRules,
} from "../recharges/ports.ts";
import type { HashedRelease, HashedSend } from "./claims.ts";
import { Counted } from "./counted.ts";
import { type SwitchInShard, switchAfter } from "./candidates.ts";
import { compact, decideClaim, emptyRecord, expiryOf, ownPart, withoutClaim, withSend } from "./number-guard.ts";
import type { ClaimDecision, ClaimQuestion, GuardRules, HashedClaim, KeptClaim, NumberRecord } from "./number-guard.ts";
import { insertNumber, migrateNumbers, pruneNumbers, readNumber, readRules, readSwitches } from "./number-store.ts";
import { writeNumber, writeRules, writeSwitch } from "./number-store.ts";

export interface NumberGuardServices {
  readonly clock: Clock;
  /** Ms; settings of the installation. */
  readonly times: { readonly repeatWindowMs: number; readonly velocityWindowMs: number };
  readonly velocityPerDay: number;
  /** The account that has this number. */
  owner(account: number): ClaimOwner;
  /** The desk of a provider, asked only where its breaker is half open. */
  probes(provider: string): ProbePermits;
}

/** An owner that has not answered after this long counts as one that holds its claim, a desk as one that lets nobody through. */
const answersWithinMs = 2_000;
/** Others may claim the number while owners are asked; after this many rounds the claim is refused as a repeat. */
const askRounds = 5;
/** Rows that one round of pruning looks at; a round that found some is followed by another one soon. */
const prunedRows = 2_000;
const pruneDelayMs = 3_600_000;
const pruneAgainMs = 10_000;

/** Methods take hashed numbers and return values; they throw faults only. One row is written per claim. */
export abstract class NumberGuard<Bindings = unknown> extends DurableObject<Bindings> {
  protected abstract readonly services: NumberGuardServices;
  private readonly switches: Map<string, SwitchInShard>;
  private staffRules: StaffRules;
  private readonly counted = new Counted();
  private isPruningPlanned = false;

  constructor(ctx: DurableObjectState, env: Bindings) {
    super(ctx, env);
    migrateNumbers(ctx.storage);
    const known = readSwitches(ctx.storage.sql);
    this.switches = new Map(known.map((state) => [state.provider, { ...state, probedUntil: null }]));
    this.staffRules = readRules(ctx.storage.sql);
  }

  async claim(request: HashedClaim): Promise<ClaimAnswer> {
    const answer = this.takeAtOnce(request) ?? (await this.answer(request, "take"));
    if (answer.kind === "claimed") await this.planPruning();
    return answer;
  }

  /** Several claims of one account, in their order; null: that one is asked by `claim`, which hears others first. */
  async claimAtOnce(requests: readonly HashedClaim[]): Promise<readonly (ClaimAnswer | null)[]> {
    const answers = requests.map((request) => this.takeAtOnce(request));
    if (answers.some((answer) => answer?.kind === "claimed")) await this.planPruning();
    return answers;
  }

  async peek(request: HashedClaim): Promise<ClaimAnswer> {
    return this.answer(request, "look");
  }

  async release(request: HashedRelease): Promise<void> {
    const record = readNumber(this.ctx.storage.sql, request.numberHash);
    const left = withoutClaim(record, request);
    if (left.claims.length < record.claims.length) this.keep(request.numberHash, left);
  }

  async noteSend(request: HashedSend): Promise<void> {
    const { numberHash, provider, amount } = request;
    const now = this.services.clock.now();
    const record = readNumber(this.ctx.storage.sql, numberHash);
    this.keep(numberHash, withSend(record, { provider, amount, at: now }));
  }

  async takeSwitch(state: ProviderSwitch): Promise<void> {
    const known = this.switches.get(state.provider);
    const next = switchAfter(known, state);
    if (next === known) return;
    writeSwitch(this.ctx.storage.sql, state);
    this.switches.set(state.provider, next);
  }

  async takeRules(rules: StaffRules): Promise<void> {
    if (rules.version <= this.staffRules.version) return;
    writeRules(this.ctx.storage.sql, rules);
    this.staffRules = rules;
  }

  async setBlocked(numberHash: string, isBlocked: boolean): Promise<void> {
    const { isBlocked: _before, ...record } = readNumber(this.ctx.storage.sql, numberHash);
    this.keep(numberHash, isBlocked ? { ...record, isBlocked } : record);
  }

  /** Forgets numbers about which nothing is left to know, a few at a time and from a random place on. */
  override async alarm(): Promise<void> {
    this.isPruningPlanned = false;
    const from = crypto.randomUUID().replaceAll("-", "");
    const pruned = pruneNumbers(this.ctx.storage.sql, from, prunedRows, this.services.clock.now());
    if (pruned > 0) await this.ctx.storage.setAlarm(Date.now() + pruneAgainMs);
  }

  /**
   * Asks owners until every rival has answered. The input gate is open while they are asked, so the record is read again
   * after each wait, and decided on and written without any wait between.
   */
  private async answer(request: HashedClaim, intent: "take" | "look"): Promise<ClaimAnswer> {
    const answers = new Map<number, ClaimConfirmation | null>();
    const probes = new Map<string, boolean>();
    for (let round = 0; round < askRounds; ) {
      const record = readNumber(this.ctx.storage.sql, request.numberHash);
      const seen = intent === "take" ? record : ownPart(record, request.account);
      const decision = this.decide(request, seen, { answers, probes });
      if (decision.kind === "probe") {
        const { provider } = decision;
        // oxlint-disable-next-line eslint/no-await-in-loop -- one provider is tried, and whether the next one is asked depends on it
        probes.set(provider, intent === "look" || (await this.askDesk(provider, request)));
        continue;
      }
      if (decision.kind !== "ask") {
        if (decision.kind === "take" && intent === "take") this.keep(request.numberHash, decision.record);
        return decision.answer;
      }
      round += 1;
      // oxlint-disable-next-line eslint/no-await-in-loop -- each round depends on what the one before heard
      const heard = await Promise.all(decision.claims.map((claim) => this.askOwner(claim)));
      for (const [serial, answer] of heard) answers.set(serial, answer);
    }
    return { kind: "repeat", earlier: null, retryAfterMs: this.services.times.repeatWindowMs };
  }

  /** Most numbers are new to the shard: such a claim is one statement. Null: the number is known, or somebody must be asked. */
  private takeAtOnce(request: HashedClaim): ClaimAnswer | null {
    const { account, counted } = request;
    if (counted !== undefined && this.counted.isSetBack(account, counted)) return { kind: "set_back" };
    const decision = this.decide(request, emptyRecord, { answers: new Map(), probes: new Map() });
    if (decision.kind !== "take") return null;
    const expiresAt = expiryOf(decision.record, this.rules());
    const isNew = insertNumber(this.ctx.storage.sql, request.numberHash, decision.record, expiresAt);
    return isNew ? decision.answer : null;
  }

  private decide(
    request: HashedClaim,
    record: NumberRecord,
    heard: Pick<ClaimQuestion, "answers" | "probes">,
  ): ClaimDecision {
    return decideClaim({
      record,
      request,
      ...heard,
      switches: this.switches,
      order: this.staffRules.order,
      codes: this.staffRules.codes,
      now: this.services.clock.now(),
      rules: this.rules(),
    });
  }

  private async askOwner(claim: KeptClaim): Promise<readonly [number, ClaimConfirmation | null]> {
    const { account, agentId } = claim;
    return [claim.serial, await inTime(async () => this.services.owner(account).confirmClaim(agentId))];
  }

  private async askDesk(provider: string, { account, agentId }: HashedClaim): Promise<boolean> {
    const answer = await inTime(async () => this.services.probes(provider).takeProbe(`${account}:${agentId}`));
    if (answer?.granted === true) return true;
    const known = this.switches.get(provider);
    if (known !== undefined && answer !== null) this.switches.set(provider, { ...known, probedUntil: answer.retryAt });
    return false;
  }

  private keep(numberHash: string, record: NumberRecord): void {
    const kept = compact(record, this.services.clock.now(), this.rules());
    writeNumber(this.ctx.storage.sql, numberHash, kept, expiryOf(kept, this.rules()));
  }

  private async planPruning(): Promise<void> {
    if (this.isPruningPlanned) return;
    this.isPruningPlanned = true;
    if ((await this.ctx.storage.getAlarm()) === null) await this.ctx.storage.setAlarm(Date.now() + pruneDelayMs);
  }

  private rules(): GuardRules {
    const { times, velocityPerDay } = this.services;
    return { ...times, velocityPerDay: this.staffRules.velocityPerDay ?? velocityPerDay };
  }
}

/** What another object answers; null where it throws or takes too long. */
async function inTime<Answer>(ask: () => Promise<Answer>): Promise<Answer | null> {
  const { promise: limit, resolve: giveUp } = Promise.withResolvers<null>();
  const timer = setTimeout(() => giveUp(null), answersWithinMs);
  try {
    return await Promise.race([ask(), limit]);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}
