// The Durable Object of a partner's files of recharges: keeps them, and hands their rows to the account at a set pace.
import { DurableObject } from "cloudflare:workers";
import type { Caller } from "../accounts/caller.ts";
import { type Refusal, refusal } from "../base/refusal.ts";
import { ok, type Result, refuse } from "../base/result.ts";
import type { BulkCalls, BulkSummary, BulkUpload, BulkView, RowPage, StartWanted } from "./bulk.ts";
import { type BulkRecord, BulkStore } from "./bulk-store.ts";
import { changedByStaff } from "./by-staff.ts";
import { checkRows } from "./check-rows.ts";
import { dropOld, mayLeaveFrom } from "./drop-old.ts";
import { nextTickAt } from "./pace.ts";
import { accountOf, type BulkContext, type BulkServices, finishCancelling, placeDue } from "./run.ts";
import { startBulk } from "./start.ts";
import { migrateBulk } from "./tables.ts";
import { rowOf, summaryOf, viewOf } from "./views.ts";

const noSuchFile = refusal("not_found", "You have no file of recharges of this id.");
const listedAtMost = 50;
const rowsPerPage = 1_000;

const archiveRetryMs = 3_600_000;

export abstract class Bulk<Env = unknown> extends DurableObject<Env> implements BulkCalls {
  protected abstract readonly services: BulkServices;
  private readonly store: BulkStore;
  /** Files whose rows this instance has handed out: of another one, what was being asked about is asked again. */
  private readonly resumed = new Set<number>();

  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    migrateBulk(state.storage);
    this.store = new BulkStore(state.storage.sql);
  }

  async take(upload: BulkUpload): Promise<Result<{ readonly view: BulkView; readonly isNew: boolean }, Refusal>> {
    const { id, name, caller, rows } = upload;
    const admitted = await accountOf(this.context, upload).admit(caller);
    if (!admitted.ok) return admitted;
    const kept = this.store.find(id);
    if (kept !== null && !isEnded(kept)) return ok({ view: viewOf(this.store, kept), isNew: false });
    const checked = await checkRows(accountOf(this.context, upload), caller, rows);
    if (!checked.ok) return checked;
    const standing = this.store.find(id);
    if (standing !== null && !isEnded(standing)) return ok({ view: viewOf(this.store, standing), isNew: false });
    const written = this.ctx.storage.transactionSync(() => {
      const { number, createdAt } = standing ?? this.store.write(this.newBulk(upload));
      this.store.writeRows(number, checked.value);
      const { waiting } = this.store.countRows(number);
      // What was ended and has nothing left to place stays ended.
      if (standing !== null && waiting === 0) return standing;
      return this.store.write({ ...this.newBulk({ id, name, caller }), createdAt });
    });
    await this.armNext();
    return ok({ view: viewOf(this.store, written), isNew: standing === null });
  }

  async start(id: string, wanted: StartWanted): Promise<Result<BulkView, Refusal>> {
    const found = await this.findFor(id, wanted.caller);
    if (!found.ok) return found;
    const started = await startBulk(this.context, found.value, wanted);
    return started.ok ? this.changed(id, (bulk) => bulk) : started;
  }

  async pause(id: string, caller: Caller): Promise<Result<BulkView, Refusal>> {
    const found = await this.findFor(id, caller);
    if (!found.ok) return found;
    return this.changed(id, (bulk) => (bulk.state === "running" ? { ...bulk, state: "paused" } : bulk));
  }

  async cancel(id: string, caller: Caller): Promise<Result<BulkView, Refusal>> {
    const found = await this.findFor(id, caller);
    if (!found.ok) return found;
    return this.changed(id, (bulk) => {
      if (isEnded(bulk)) return bulk;
      if (this.store.handedOut(bulk).length > 0) return { ...bulk, state: "cancelling", caller };
      return { ...bulk, state: "cancelled", endedAt: this.services.clock.now() };
    });
  }

  async changeByStaff(...[id, wish]: Parameters<BulkCalls["changeByStaff"]>): ReturnType<BulkCalls["changeByStaff"]> {
    const before = this.store.find(id);
    if (before === null) return refuse(noSuchFile);
    const isAllHeard = this.store.handedOut(before).length === 0;
    const changed = await this.changed(id, (bulk) =>
      changedByStaff(bulk, wish, { now: this.services.clock.now(), isAllHeard }),
    );
    return changed.ok ? ok({ before: before.state, view: changed.value }) : changed;
  }

  async read(id: string, caller: Caller | null): Promise<Result<BulkView, Refusal>> {
    const found = await this.findFor(id, caller);
    return found.ok ? ok(viewOf(this.store, found.value)) : found;
  }

  async list(account: number, caller: Caller | null): Promise<Result<readonly BulkSummary[], Refusal>> {
    const admitted = caller === null ? ok(null) : await this.services.account(account).admit(caller);
    if (!admitted.ok) return admitted;
    return ok(this.store.list(listedAtMost).map((bulk) => summaryOf(this.store, bulk)));
  }

  async readRows(
    id: string,
    caller: Caller | null,
    page: { readonly after: number; readonly isBadOnly: boolean },
  ): Promise<Result<RowPage, Refusal>> {
    const found = await this.findFor(id, caller);
    if (!found.ok) return found;
    const rows = this.store.readRows(found.value.number, { ...page, limit: rowsPerPage });
    const nextAfter = rows.length < rowsPerPage ? null : (rows.at(-1)?.line ?? null);
    return ok({ rows: rows.map((row) => rowOf(found.value, row)), nextAfter });
  }

  async sweep(): Promise<{ readonly isIdle: boolean }> {
    const isIdle = this.store.atWork().length === 0;
    if (!isIdle && (await this.ctx.storage.getAlarm()) === null) await this.armNext();
    return { isIdle };
  }

  /** Armed again whatever happens, or the alarm is lost for good. */
  override async alarm(): Promise<void> {
    let retryAt = 0;
    try {
      for (const { id } of this.store.atWork()) retryAt = Math.max(retryAt, await this.workOn(id));
      await this.dropOld();
    } finally {
      await this.armNext(retryAt);
    }
  }

  /** Returns when it wants to be tried again, epoch ms; 0: with the next tick. */
  private async workOn(id: string): Promise<number> {
    const bulk = this.store.find(id);
    if (bulk === null) return 0;
    try {
      if (bulk.state === "cancelling") return (await finishCancelling(this.context, bulk)) ?? 0;
      if (!this.resumed.has(bulk.number)) this.store.returnHandedOut(bulk, this.services.clock.now());
      this.resumed.add(bulk.number);
      if (bulk.state === "running") await placeDue(this.context, bulk);
      return 0;
    } catch (fault) {
      this.services.log.error("bulk.run", { bulk: id }, fault);
      return this.services.clock.now() + this.services.times.bulkRetryMs;
    }
  }

  private newBulk({ id, name, caller }: Omit<BulkUpload, "rows">): Omit<BulkRecord, "number"> {
    const never = { perMinute: null, pacedAt: 0, askedThrough: 0, stoppedBy: null, startedAt: null, endedAt: null };
    return { id, name, caller, state: "checked", createdAt: this.services.clock.now(), ...never };
  }

  private async findFor(id: string, caller: Caller | null): Promise<Result<BulkRecord, Refusal>> {
    const admitted = caller === null ? ok(null) : await accountOf(this.context, { id }).admit(caller);
    if (!admitted.ok) return admitted;
    const bulk = this.store.find(id);
    return bulk === null ? refuse(noSuchFile) : ok(bulk);
  }

  /** Changes the file as it stands now, in one turn, and arms for what it wants next. */
  private async changed(id: string, change: (bulk: BulkRecord) => BulkRecord): Promise<Result<BulkView, Refusal>> {
    const standing = this.store.find(id);
    if (standing === null) return refuse(noSuchFile);
    const bulk = change(standing);
    if (bulk !== standing) this.store.write(bulk);
    await this.armNext();
    return ok(viewOf(this.store, bulk));
  }

  /** An archive that cannot be asked keeps old files here, and holds up no run. */
  private async dropOld(): Promise<void> {
    try {
      await dropOld(this.context);
    } catch (fault) {
      this.services.log.error("bulk.archive", {}, fault);
    }
  }

  /** Arms for the next work, not before `notBefore`: a tick of what runs, else the day on which the oldest file is forgotten. */
  private async armNext(notBefore = 0): Promise<void> {
    const { clock, times } = this.services;
    const now = clock.now();
    const ticks = this.store
      .atWork()
      .map(({ perMinute, pacedAt }) =>
        nextTickAt({ perMinute: perMinute ?? 60_000, pacedAt, tickMs: times.bulkTickMs }, now),
      );
    const all = this.services.archive === null ? [] : this.store.list(Number.MAX_SAFE_INTEGER);
    // What should have left and could not is tried again in a while.
    const leaves = all.flatMap((bulk) => mayLeaveFrom(bulk, times.bulkKeptMs) ?? []);
    const next = Math.min(...ticks, ...leaves.map((from) => (from <= now ? now + archiveRetryMs : from)));
    if (Number.isFinite(next)) await this.ctx.storage.setAlarm(Math.max(next, notBefore, now + 1));
  }

  private get context(): BulkContext {
    return {
      services: this.services,
      store: this.store,
      atomically: (write) => this.ctx.storage.transactionSync(write),
    };
  }
}

function isEnded({ state }: BulkRecord): boolean {
  return state === "cancelled" || state === "done";
}
