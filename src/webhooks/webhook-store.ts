// The SQL of a partner's webhook desk: endpoints, and the deliveries with their schedule.
import { runSchemaSteps } from "../base/schema-steps.ts";
import type { Backlog, Delivery, DeliveryState, ToldEvent } from "./delivery.ts";
import type { Endpoint } from "./endpoint.ts";

/** Each step brings the tables one version further. A step that was ever deployed is never changed. */
export const webhookSchemaSteps: readonly (readonly string[])[] = [
  [
    // Without autoincrement a removed endpoint's number would be given again, and old messages would name the new one.
    "create table endpoints (serial integer primary key autoincrement, id text not null unique, removed_at integer, data text not null)",
    `create table deliveries (endpoint integer not null, event integer not null, type text not null, at integer not null,
       state text not null, due_at integer, tries integer not null, sent integer not null, log text not null,
       created_at integer not null, finished_at integer, primary key (endpoint, event)) without rowid`,
    "create index deliveries_due on deliveries (endpoint, due_at) where due_at is not null",
    "create index deliveries_dead on deliveries (endpoint, event) where state = 'dead'",
  ],
];

type DeliveryRow = {
  event: number;
  type: Delivery["type"];
  at: number;
  state: DeliveryState;
  due_at: number | null;
  tries: number;
  sent: number;
  log: string;
  created_at: number;
  finished_at: number | null;
};

/** What the log of a delivery keeps: the latest tries. */
const logAtMost = 20;

export class WebhookStore {
  private readonly sql: SqlStorage;
  private endpoints: ReadonlyMap<number, Endpoint> | null = null;

  constructor(storage: DurableObjectStorage) {
    runSchemaSteps(storage, webhookSchemaSteps, "webhook desk");
    this.sql = storage.sql;
  }

  /** After a write that was rolled back: what is remembered may never have been. */
  forget(): void {
    this.endpoints = null;
  }

  /** Those that are not removed, oldest first. */
  readEndpoints(): readonly Endpoint[] {
    return [...this.known().values()];
  }

  findEndpoint(name: { readonly id: string } | { readonly serial: number }): Endpoint | null {
    if ("serial" in name) return this.known().get(name.serial) ?? null;
    return this.readEndpoints().find((endpoint) => endpoint.id === name.id) ?? null;
  }

  insertEndpoint(endpoint: Omit<Endpoint, "serial">): Endpoint {
    const { serial } = this.sql
      .exec<{ serial: number }>(
        "insert into endpoints (id, data) values (?, ?) returning serial",
        endpoint.id,
        JSON.stringify(endpoint),
      )
      .one();
    this.endpoints = null;
    return { ...endpoint, serial };
  }

  writeEndpoint({ serial, ...endpoint }: Endpoint): void {
    this.sql.exec("update endpoints set data = ? where serial = ?", JSON.stringify(endpoint), serial);
    this.endpoints = null;
  }

  /** Its deliveries go later, page by page (`prune.ts`). */
  removeEndpoint(serial: number, now: number): void {
    this.sql.exec("update endpoints set removed_at = ? where serial = ?", now, serial);
    this.endpoints = null;
  }

  /** A removed endpoint whose deliveries are still here. */
  findRemoved(): { readonly serial: number; readonly id: string } | null {
    const sql = "select serial, id from endpoints where removed_at is not null limit 1";
    return this.sql.exec<{ serial: number; id: string }>(sql).toArray()[0] ?? null;
  }

  /** Once nothing of it is left. */
  forgetRemoved(serial: number): void {
    const left = "exists (select 1 from deliveries where endpoint = endpoints.serial)";
    this.sql.exec(`delete from endpoints where serial = ? and removed_at is not null and not ${left}`, serial);
  }

  /** Events are numbered by age. */
  readOldest(serial: number, limit: number): readonly Delivery[] {
    return this.readWhere("endpoint = ? order by event limit ?", [serial, limit]);
  }

  /** Deletes a delivery that is as it was read. */
  dropUnchanged(serial: number, delivery: Delivery): void {
    const now = this.findDelivery(serial, delivery.event);
    if (JSON.stringify(now) === JSON.stringify(delivery))
      this.sql.exec("delete from deliveries where endpoint = ? and event = ?", serial, delivery.event);
  }

  /** False: it was there already. */
  insertDelivery(serial: number, event: ToldEvent | (Omit<ToldEvent, "type"> & Pick<Delivery, "type">), now: number) {
    const cursor = this.sql.exec(
      `insert or ignore into deliveries (endpoint, event, type, at, state, due_at, tries, sent, log, created_at)
       values (?, ?, ?, ?, 'pending', ?, 0, 0, '[]', ?)`,
      serial,
      event.number,
      event.type,
      event.at,
      now,
      now,
    );
    return cursor.rowsWritten > 0;
  }

  writeDelivery(serial: number, delivery: Delivery): void {
    this.sql.exec(
      `update deliveries set state = ?, due_at = ?, tries = ?, sent = ?, log = ?, finished_at = ?
       where endpoint = ? and event = ?`,
      delivery.state,
      delivery.dueAt,
      delivery.tries,
      delivery.sent,
      JSON.stringify(delivery.log.slice(-logAtMost)),
      delivery.finishedAt,
      serial,
      delivery.event,
    );
  }

  findDelivery(serial: number, event: number): Delivery | null {
    return this.readWhere("endpoint = ? and event = ?", [serial, event])[0] ?? null;
  }

  /** The latest event first, from below `before`. Tests, whose numbers are negative, come last. */
  readDeliveries(
    serial: number,
    page: { readonly before: number; readonly limit: number; readonly state: DeliveryState | null },
  ): readonly Delivery[] {
    const { before, limit, state } = page;
    // Written out, so that the index of the dead ones is used.
    const where = {
      pending: "and due_at is not null",
      delivered: "and state = 'delivered'",
      dead: "and state = 'dead'",
    };
    const only = state === null ? "" : where[state];
    return this.readWhere(`endpoint = ? and event < ? ${only} order by event desc limit ?`, [serial, before, limit]);
  }

  /** Number of the endpoint's next test: -1, -2, … */
  nextTest(serial: number): number {
    const sql = "select min(event) as first from deliveries where endpoint = ?";
    return Math.min(this.sql.exec<{ first: number | null }>(sql, serial).one().first ?? 0, 0) - 1;
  }

  readDue(serial: number, now: number, limit: number): readonly { readonly event: number; readonly sent: number }[] {
    return this.sql
      .exec<{ event: number; sent: number }>(
        "select event, sent from deliveries where endpoint = ? and due_at <= ? order by due_at, event limit ?",
        serial,
        now,
        limit,
      )
      .toArray();
  }

  firstDueAt(serial: number): number | null {
    const sql = "select min(due_at) as first from deliveries where endpoint = ? and due_at is not null";
    return this.sql.exec<{ first: number | null }>(sql, serial).one().first;
  }

  postpone(serial: number, events: readonly number[], dueAt: number): void {
    this.sql.exec(
      `update deliveries set due_at = ? where endpoint = ? and due_at is not null
         and event in (select value from json_each(?))`,
      dueAt,
      serial,
      JSON.stringify(events),
    );
  }

  countBacklog(): Pick<Backlog, "pending" | "dead" | "oldestAt"> {
    const waiting = "select count(*) as count, min(created_at) as oldest from deliveries where due_at is not null";
    const { count, oldest } = this.sql.exec<{ count: number; oldest: number | null }>(waiting).one();
    const dead = this.sql
      .exec<{ count: number }>("select count(*) as count from deliveries where state = 'dead'")
      .one();
    return { pending: count, dead: dead.count, oldestAt: oldest };
  }

  private known(): ReadonlyMap<number, Endpoint> {
    this.endpoints ??= new Map(
      this.sql
        .exec<{ serial: number; data: string }>(
          "select serial, data from endpoints where removed_at is null order by serial",
        )
        .toArray()
        .map(({ serial, data }) => [serial, { ...JSON.parse(data), serial }]),
    );
    return this.endpoints;
  }

  private readWhere(where: string, values: readonly (string | number)[]): readonly Delivery[] {
    const columns = "event, type, at, state, due_at, tries, sent, log, created_at, finished_at";
    return this.sql
      .exec<DeliveryRow>(`select ${columns} from deliveries where ${where}`, ...values)
      .toArray()
      .map(({ due_at: dueAt, created_at: createdAt, finished_at: finishedAt, log, ...row }) => {
        return { ...row, dueAt, createdAt, finishedAt, log: JSON.parse(log) };
      });
  }
}
