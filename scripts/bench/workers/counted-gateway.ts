// The gateway, counting what the bench reports: calls of objects, rows written by objects and by D1.
import type { AccountCalls } from "../../../src/accounts/account.ts";
import type { NumberGuardShard } from "../../../src/numbers/claims.ts";
import type { ClaimOwner, SwitchTaker } from "../../../src/recharges/ports.ts";
import gateway, * as concrete from "../../../functions/worker.ts";

export * from "../../../functions/worker.ts";

const cursors: { readonly object: string; readonly cursor: SqlStorageCursor<Record<string, SqlStorageValue>> }[] = [];
const calls: Record<string, number> = {};
const d1 = { rowsWritten: 0, batches: 0 };
const nameOf = new WeakMap<object, string>();

interface Counts {
  readonly calls: Readonly<Record<string, number>>;
  readonly objectRows: Readonly<Record<string, number>>;
  readonly d1: { readonly rowsWritten: number; readonly batches: number };
}

type Method = (this: object, ...given: unknown[]) => unknown;

/** Puts `around` in the place of a method; the platform's own methods live on prototypes, too. */
function wrap(
  holder: object,
  name: string,
  around: (original: Method, self: object, given: unknown[]) => unknown,
): void {
  const original: unknown = Reflect.get(holder, name);
  if (!isMethod(original)) return;
  Reflect.set(holder, name, function wrapped(this: object, ...given: unknown[]) {
    return around(original, this, given);
  });
}

function isMethod(value: unknown): value is Method {
  return typeof value === "function";
}

function count(name: string, by = 1): void {
  calls[name] = (calls[name] ?? 0) + by;
}

let isSqlWrapped = false;

/** Every cursor is kept: it knows how many rows it wrote. An alarm that is set is a row as well. */
function watchState(object: string, state: DurableObjectState): DurableObjectState {
  nameOf.set(state.storage.sql, object);
  nameOf.set(state.storage, object);
  if (isSqlWrapped) return state;
  isSqlWrapped = true;
  wrap(Object.getPrototypeOf(state.storage.sql), "exec", (original, self, given) => {
    const cursor = original.apply(self, given);
    if (isCursor(cursor)) cursors.push({ object: nameOf.get(self) ?? "unnamed", cursor });
    return cursor;
  });
  wrap(Object.getPrototypeOf(state.storage), "setAlarm", (original, self, given) => {
    count(`${nameOf.get(self) ?? "unnamed"}: alarms set`);
    return original.apply(self, given);
  });
  return state;
}

function isCursor(value: unknown): value is SqlStorageCursor<Record<string, SqlStorageValue>> {
  return typeof value === "object" && value !== null && "rowsWritten" in value;
}

/** What an object is asked from outside; what it calls of its own is no hop. */
const asked = {
  account: ["place", "confirmClaim", "alarm"] satisfies readonly (keyof (AccountCalls & ClaimOwner) | "alarm")[],
  guard: ["claim", "claimAtOnce", "peek", "release", "noteSend", "takeSwitch", "alarm"] satisfies readonly (
    | keyof (NumberGuardShard & SwitchTaker)
    | "alarm"
  )[],
  desk: ["takeLookup", "reportOutcomes", "alarm"],
};

function watchCalls(object: keyof typeof asked, concreteClass: { readonly prototype: object }): void {
  for (const name of asked[object]) {
    const holder = holderOf(concreteClass.prototype, name);
    if (holder === null) continue;
    wrap(holder, name, (original, self, given) => {
      count(`${object}.${name}`);
      return original.apply(self, given);
    });
  }
}

/** The prototype in the chain that has the method itself. */
function holderOf(prototype: object, name: string): object | null {
  if (Object.hasOwn(prototype, name)) return prototype;
  const above: unknown = Object.getPrototypeOf(prototype);
  return typeof above === "object" && above !== null ? holderOf(above, name) : null;
}

let isD1Wrapped = false;

function watchD1(database: D1Database): void {
  if (isD1Wrapped) return;
  isD1Wrapped = true;
  wrap(Object.getPrototypeOf(database), "batch", async (original, self, given) => {
    const results = await original.apply(self, given);
    d1.batches += 1;
    if (Array.isArray(results)) for (const result of results) addWritten(result);
    return results;
  });
  for (const method of ["run", "all"])
    wrap(Object.getPrototypeOf(database.prepare("select 1")), method, async (original, self, given) => {
      const result = await original.apply(self, given);
      addWritten(result);
      return result;
    });
}

function addWritten(result: unknown): void {
  if (typeof result !== "object" || result === null || !("meta" in result)) return;
  const { meta } = result;
  if (typeof meta === "object" && meta !== null && "rows_written" in meta) d1.rowsWritten += Number(meta.rows_written);
}

function readCounts(): Counts {
  const objectRows: Record<string, number> = {};
  for (const { object, cursor } of cursors) objectRows[object] = (objectRows[object] ?? 0) + cursor.rowsWritten;
  return { calls, objectRows, d1 };
}

export class AccountObject extends concrete.AccountObject {
  constructor(state: DurableObjectState, env: Env) {
    super(watchState("account", state), env);
  }
}
watchCalls("account", AccountObject);

export class NumberGuardObject extends concrete.NumberGuardObject {
  constructor(state: DurableObjectState, env: Env) {
    super(watchState("guard", state), env);
  }
}
watchCalls("guard", NumberGuardObject);

export class ProviderDeskObject extends concrete.ProviderDeskObject {
  constructor(state: DurableObjectState, env: Env) {
    super(watchState("desk", state), env);
  }
}
watchCalls("desk", ProviderDeskObject);

export default {
  ...gateway,
  async fetch(request: Request, env: Env, context: ExecutionContext): Promise<Response> {
    watchD1(env.DB);
    if (new URL(request.url).pathname === "/counts") return Response.json(readCounts());
    return await gateway.fetch(request, env, context);
  },
};
