// `/console/reconciliation`: what differs between accounts, ledger and upstream floats, a run now, and the way to statements.
import type { Context, Hono } from "hono";
import { z } from "zod";
import { type AskGateway, ask, type Asked, type Refused } from "./ask.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { countText } from "./count-text.ts";
import { DifferenceTable, differencesSchema } from "./difference-table.tsx";
import { type Floats, FloatTable, floatsSchema } from "./float-table.tsx";
import { Page } from "./page.tsx";
import { formIdName } from "./form-id.tsx";
import { RefusedNote } from "./refused.tsx";
import { sendOnce } from "./send-once.ts";
import { mayDo } from "./role.ts";
import { RunList, runsSchema } from "./run-list.tsx";

const section = "/console/reconciliation";
const runSchema = z.object({
  kind: z.enum(["done", "kept_apart"]),
  partners: z.int().optional(),
  differences: z.int().optional(),
  faults: z.int().optional(),
});

const doneTexts: Readonly<Record<string, string>> = {
  kept_apart: "Another run is at work; this one did nothing.",
  accepted: "Accepted. Later comparisons start from there.",
};

const acceptSchema = z.object({
  reason: z.string().catch(""),
  checked_at: z.string().catch(""),
  [formIdName]: z.string().catch(""),
});

export function addReconciliation(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  app.get(section, (c) => show(c, gateway));
  app.get(`${section}/runs`, async (c) => c.html(<RunList asked={await askRuns(c, gateway)} />));
  app.post(`${section}/run`, async (c) => {
    const run = await ask(c, gateway, { method: "POST", path: "/admin/v1/reconcile", schema: runSchema });
    if (!run.ok) return show(c, gateway, run.refused);
    const { kind, partners = 0, differences = 0, faults = 0 } = run.value;
    const done = kind === "done" ? `run-${partners}-${differences}-${faults}` : kind;
    return c.redirect(`${section}?done=${done}`, 303);
  });
  app.post(`${section}/floats/:provider/accept`, async (c) => {
    const sent = acceptSchema.parse(await c.req.parseBody());
    const path = `/admin/v1/floats/${encodeURIComponent(c.req.param("provider"))}/accept`;
    const body = { checked_at: sent.checked_at, reason: sent.reason };
    const accepted = await sendOnce(c, sent[formIdName], () =>
      ask(c, gateway, { method: "POST", path, body, schema: z.unknown() }),
    );
    return accepted.ok ? c.redirect(`${section}?done=accepted`, 303) : show(c, gateway, accepted.refused);
  });
}

const askRuns = (c: Context<ConsoleEnv>, gateway: AskGateway) =>
  ask(c, gateway, { path: "/admin/v1/reconciliation-runs", schema: runsSchema });

async function show(c: Context<ConsoleEnv>, gateway: AskGateway, refused?: Refused): Promise<Response> {
  const { guest } = c.get("session");
  const [runs, floats, differences] = await Promise.all([
    askRuns(c, gateway),
    ask(c, gateway, { path: "/admin/v1/floats", schema: floatsSchema }),
    ask(c, gateway, { path: "/admin/v1/differences", schema: differencesSchema }),
  ]);
  const done = refused === undefined ? doneText(c.req.query("done") ?? "") : undefined;
  return c.html(
    <Page title="Reconciliation" section={section} guest={guest} {...(done === undefined ? {} : { note: done })}>
      {refused === undefined ? null : <RefusedNote refused={refused} />}
      <section aria-labelledby="runs-title">
        <h2 id="runs-title">Runs</h2>
        <RunNow mayRun={mayDo(guest, "operator")} />
        <RunList asked={runs} />
      </section>
      <section aria-labelledby="differences">
        <h2 id="differences">Accounts against the ledger</h2>
        {differences.ok ? (
          <DifferenceTable differences={differences.value.differences} />
        ) : (
          <RefusedNote refused={differences.refused} />
        )}
      </section>
      <section aria-labelledby="floats">
        <h2 id="floats">Our money at the providers against the book</h2>
        {floats.ok ? (
          <FloatTable floats={floats.value.floats} mayAccept={mayDo(guest, "finance")} />
        ) : (
          <RefusedNote refused={floats.refused} />
        )}
      </section>
      <Statements floats={floats} />
    </Page>,
    refused === undefined ? 200 : refused.status === 403 ? 403 : 422,
  );
}

/** The address carries figures and never a text. */
function doneText(done: string): string | undefined {
  const [, partners, differences, faults] = /^run-(\d{1,9})-(\d{1,9})-(\d{1,9})$/.exec(done) ?? [];
  if (partners === undefined) return doneTexts[done];
  const asked = `The run is done: ${countText(Number(partners), "partner was", "partners were")} asked, ${countText(Number(differences), "figure differs", "figures differ")}.`;
  return faults === "0" ? asked : `${asked} ${faults} could not be asked; they are asked again by the next run.`;
}

function RunNow({ mayRun }: { readonly mayRun: boolean }) {
  return (
    <form method="post" action={`${section}/run`} class="card" data-busy="The run is at work: it asks every partner…">
      <p>
        Every minute a run wakes what was left behind and compares every account with the ledger; a run now also adds up
        every wallet from its transfers, and reads the balances at the providers. It reports, and repairs nothing.
      </p>
      <button type="submit" disabled={!mayRun}>
        Run now
      </button>
      {mayRun ? null : <p class="muted">Your role may not start a run: it takes the scope operator.</p>}
      <p role="status" class="busy" />
    </form>
  );
}

function Statements({ floats }: { readonly floats: Asked<Floats> }) {
  return (
    <section aria-labelledby="statements">
      <h2 id="statements">Statements of the providers</h2>
      <p>
        A statement settles what was lost: first a dry run that moves nothing, then applying exactly what it showed.
      </p>
      <ul>
        {(floats.ok ? floats.value.floats : []).map(({ provider }) => (
          <li>
            <a href={`${section}/statements/${encodeURIComponent(provider)}`}>Statements of {provider}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}
