// The gateway with a D1 that fails on demand and objects that can be aborted. Only soak runs start it, and its controls
// answer nowhere but in a local installation; `functions/worker.ts`, which is deployed, has none of this.
import { env } from "cloudflare:workers";
import { z } from "zod";
import gateway, * as concrete from "../../../functions/worker.ts";

export * from "../../../functions/worker.ts";

/** `before`: nothing is written; `after`: all is written, and then it fails. */
const failureSchema = z.enum(["before", "after"]);
const ledgerSchema = z.strictObject({ isDown: z.boolean(), failures: z.array(failureSchema) });
const abortSchema = z.strictObject({ kind: z.enum(["account", "guard", "desk"]), name: z.string() });

let ledger: z.infer<typeof ledgerSchema> = { isDown: false, failures: [] };

/** A `kill -9` forgets the failures that were still to come: then the ledger is well again. */
async function failOnDemand(write: () => unknown): Promise<unknown> {
  const failure = ledger.isDown ? "before" : ledger.failures.shift();
  if (failure === undefined) return write();
  console.log(`soak.ledger_failed ${failure}`);
  if (failure === "after") await write();
  throw new Error("D1_ERROR: Network connection lost.");
}

type Method = (this: object, ...given: unknown[]) => unknown;

function isMethod(value: unknown): value is Method {
  return typeof value === "function";
}

function makeFail(holder: object, name: string): void {
  const original: unknown = Reflect.get(holder, name);
  if (!isMethod(original)) throw new Error(`D1 has no ${name}`);
  Reflect.set(holder, name, function failing(this: object, ...given: unknown[]) {
    return failOnDemand(() => original.apply(this, given));
  });
}

// All objects of an isolate share these, and a soak run has one isolate.
makeFail(Object.getPrototypeOf(env.DB), "batch");
makeFail(Object.getPrototypeOf(env.DB.prepare("select 1")), "all");

export class AccountObject extends concrete.AccountObject {
  async abortNow(): Promise<void> {
    this.ctx.abort("aborted by a soak run");
  }
}

export class NumberGuardObject extends concrete.NumberGuardObject {
  async abortNow(): Promise<void> {
    this.ctx.abort("aborted by a soak run");
  }
}

export class ProviderDeskObject extends concrete.ProviderDeskObject {
  async abortNow(): Promise<void> {
    this.ctx.abort("aborted by a soak run");
  }
}

interface Abortable {
  abortNow(): Promise<void>;
}

/** The bindings are typed by the deployed classes; in this Worker they are those above. */
function asAbortable(stub: object): Abortable {
  return stub as Abortable;
}

const namespaces = { account: env.ACCOUNT, guard: env.NUMBER_GUARD, desk: env.PROVIDER_DESK };

/** Null: not a control of a soak run. */
async function control(request: Request, installation: string): Promise<Response | null> {
  const { pathname } = new URL(request.url);
  if (installation !== "local" || !pathname.startsWith("/soak/")) return null;
  if (request.method === "PUT" && pathname === "/soak/ledger") {
    ledger = ledgerSchema.parse(await request.json());
    return Response.json(ledger);
  }
  if (request.method === "POST" && pathname === "/soak/abort") {
    const { kind, name } = abortSchema.parse(await request.json());
    // It never answers: the call ends with its object.
    await asAbortable(namespaces[kind].getByName(name))
      .abortNow()
      .catch(() => null);
    return Response.json({ aborted: name });
  }
  return null;
}

export default {
  ...gateway,
  async fetch(request: Request, bindings: Env, context: ExecutionContext): Promise<Response> {
    return (await control(request, bindings.INSTALLATION)) ?? gateway.fetch(request, bindings, context);
  },
};
