// The webhook desk of one partner: endpoints, and the schedule of what is on its way to them. Off the recharge path; it sends nothing itself.
import { DurableObject } from "cloudflare:workers";
import type { Refusal } from "../base/refusal.ts";
import { ok, type Result, refuse } from "../base/result.ts";
import type { Backlog, Delivery, Leased, Reported, ToldEvent, WebhookMessage } from "./delivery.ts";
import type { DeskContext, WebhookDeskServices } from "./desk-context.ts";
import type { Endpoint, EndpointChange, EndpointMade } from "./endpoint.ts";
import { handOutDue, nextHandOutAt } from "./hand-out.ts";
import {
  changeEndpoint,
  makeEndpoint,
  noSuchEndpoint,
  payNotices,
  removeEndpoint,
  rotateSecret,
} from "./keep-endpoints.ts";
import { leaseDeliveries, reportTries } from "./lease.ts";
import type { DeliveryPage, WebhookDeskCalls } from "./ports.ts";
import { pruneOld, purgeRemoved } from "./prune.ts";
import { redeliverEvents, redeliverOne, takeEvents, takeTest } from "./take-events.ts";
import { WebhookStore } from "./webhook-store.ts";

const noticeRetryMs = 5_000;

/** Methods return values; they throw faults only. */
export abstract class WebhookDesk<Bindings = unknown> extends DurableObject<Bindings> implements WebhookDeskCalls {
  protected abstract readonly services: WebhookDeskServices;
  private opened: DeskContext | null = null;
  /** Epoch ms for which the alarm is set; null: not known to be set. */
  private armedFor: number | null = null;
  private isPruning = false;

  /** What the account tells. `isWanted` false: there is no endpoint, and nothing was written. */
  async take(events: readonly ToldEvent[]): Promise<{ readonly isWanted: boolean }> {
    const isWanted = takeEvents(this.desk, events);
    if (isWanted) await this.goOn();
    return { isWanted };
  }

  async make(made: EndpointMade): Promise<Result<Endpoint, Refusal>> {
    return makeEndpoint(this.desk, made);
  }

  async change(id: string, wanted: EndpointChange): Promise<Result<Endpoint, Refusal>> {
    const changed = changeEndpoint(this.desk, id, wanted);
    if (changed.ok) await this.goOn();
    return changed;
  }

  async rotate(id: string): Promise<Result<Endpoint, Refusal>> {
    return rotateSecret(this.desk, id);
  }

  async remove(id: string): Promise<Result<null, Refusal>> {
    const removed = removeEndpoint(this.desk, id);
    if (removed.ok) await this.arm(this.services.clock.now());
    return removed;
  }

  async readEndpoints(): Promise<readonly Endpoint[]> {
    return this.desk.store.readEndpoints();
  }

  async findEndpoint(id: string): Promise<Result<Endpoint, Refusal>> {
    const endpoint = this.desk.store.findEndpoint({ id });
    return endpoint === null ? refuse(noSuchEndpoint) : ok(endpoint);
  }

  async readDeliveries(id: string, page: DeliveryPage): Promise<Result<readonly Delivery[], Refusal>> {
    const endpoint = this.desk.store.findEndpoint({ id });
    return endpoint === null ? refuse(noSuchEndpoint) : ok(this.desk.store.readDeliveries(endpoint.serial, page));
  }

  async sendTest(id: string): Promise<Result<Delivery, Refusal>> {
    return this.begin(id, (endpoint) => takeTest(this.desk, endpoint));
  }

  async redeliver(id: string, event: number): Promise<Result<Delivery, Refusal>> {
    return this.begin(id, (endpoint) => redeliverOne(this.desk, endpoint, event));
  }

  /** How many of the events the endpoint wants; each is sent to it anew. */
  async redeliverAll(id: string, events: readonly ToldEvent[]): Promise<Result<number, Refusal>> {
    return this.begin(id, (endpoint) => redeliverEvents(this.desk, endpoint, events));
  }

  async lease(message: WebhookMessage): Promise<Leased | null> {
    return leaseDeliveries(this.desk, message);
  }

  async report(endpoint: number, reports: readonly Reported[]): Promise<void> {
    reportTries(this.desk, endpoint, reports);
    await this.goOn();
  }

  /** Hands out what is due and was forgotten. `isThorough`: what is too old begins to leave for the archive. */
  async sweep(isThorough: boolean): Promise<Backlog> {
    const { store } = this.desk;
    this.armedFor = await this.ctx.storage.getAlarm();
    await this.goOn();
    if (isThorough) this.pruneBeside(pruneOld);
    const endpoints = store.readEndpoints();
    const stopped = endpoints.filter(({ state }) => state !== "active").length;
    return { endpoints: endpoints.length, stopped, ...store.countBacklog() };
  }

  /** Armed again whatever happens, or the alarm is lost for good. */
  override async alarm(): Promise<void> {
    this.armedFor = null;
    await this.goOn();
    this.pruneBeside(null);
  }

  /**
   * Beside everything else, and one at a time: an archive that cannot be asked, or never answers, keeps what is old here and
   * holds up nothing. `first`, then a page of what removed endpoints left.
   */
  private pruneBeside(first: ((desk: DeskContext) => Promise<void>) | null): void {
    if (this.isPruning) return;
    this.isPruning = true;
    const prune = async (): Promise<void> => {
      try {
        await first?.(this.desk);
        if (await purgeRemoved(this.desk)) await this.arm(this.services.clock.now());
      } catch (fault) {
        this.services.log.error("webhooks.archive", { account: this.services.account }, fault);
      } finally {
        this.isPruning = false;
      }
    };
    this.ctx.waitUntil(prune());
  }

  private async begin<Value>(
    id: string,
    start: (endpoint: Endpoint) => Result<Value, Refusal>,
  ): Promise<Result<Value, Refusal>> {
    const endpoint = this.desk.store.findEndpoint({ id });
    if (endpoint === null) return refuse(noSuchEndpoint);
    const begun = start(endpoint);
    if (begun.ok) await this.goOn();
    return begun;
  }

  /** Hands out what is due, tells the account what is owed, and plans the next look at it. */
  private async goOn(): Promise<void> {
    let next: number | null = null;
    try {
      await handOutDue(this.desk);
      await payNotices(this.desk);
    } catch (fault) {
      this.services.log.error("webhooks.desk", { account: this.services.account }, fault);
      next = this.services.clock.now() + noticeRetryMs;
    } finally {
      const due = nextHandOutAt(this.desk);
      const at = next === null || due === null ? (next ?? due) : Math.min(next, due);
      if (at !== null) await this.arm(at);
    }
  }

  private async arm(wanted: number): Promise<void> {
    const at = Math.max(wanted, this.services.clock.now() + 1);
    if (this.armedFor !== null && this.armedFor <= at) return;
    this.armedFor = at;
    await this.ctx.storage.setAlarm(at);
  }

  /** Opened at the first use: the services are there only after the constructor. */
  private get desk(): DeskContext {
    this.opened ??= openDesk(this.ctx.storage, this.services);
    return this.opened;
  }
}

function openDesk(storage: DurableObjectStorage, services: WebhookDeskServices): DeskContext {
  const store = new WebhookStore(storage);
  return {
    services,
    store,
    out: new Map(),
    noticing: new Set(),
    atomically: (write) => {
      try {
        return storage.transactionSync(write);
      } catch (fault) {
        store.forget();
        throw fault;
      }
    },
  };
}
