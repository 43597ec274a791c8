// `/console/reconciliation/statements/{provider}`: upload, dry run, apply, and what was imported.
import type { Context, Hono } from "hono";
import type { Child } from "hono/jsx";
import { z } from "zod";
import { type AskGateway, ask, type Refused } from "./ask.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { Moment, Page } from "./page.tsx";
import { RefusedNote } from "./refused.tsx";
import { mayDo } from "./role.ts";
import {
  appliedSchema,
  planSchema,
  providerApiPath,
  type Statement,
  statementsPath,
  statementsSchema,
} from "./statement-answers.ts";
import { StatementPlan } from "./statement-plan.tsx";

const path = "/console/reconciliation/statements/:provider";
const doneTexts: Readonly<Record<string, string>> = {
  replay: "It was applied before. Nothing was done again.",
  outdated: "Nothing was done: something was heard since the dry run. Upload the file again for another dry run.",
  mapped: "Remembered. Files of this provider are read so from now on.",
};

export function addStatements(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  app.get(path, (c) => show(c, gateway));
  app.post(`${path}/dry-run`, (c) => dryRun(c, gateway));
  app.post(`${path}/:id/apply`, (c) => apply(c, gateway));
}

async function apply(c: Context<ConsoleEnv>, gateway: AskGateway): Promise<Response> {
  const provider = c.req.param("provider") ?? "";
  const api = `${providerApiPath(provider)}/statements/${encodeURIComponent(c.req.param("id") ?? "")}/apply`;
  const applied = await ask(c, gateway, { method: "POST", path: api, schema: appliedSchema });
  if (!applied.ok) return show(c, gateway, applied.refused);
  const { kind, is_replay: isReplay, statement } = applied.value;
  const counted = `applied-${statement?.taken ?? 0}-${statement?.outdated ?? 0}`;
  const done = isReplay === true ? "replay" : kind === "applied" ? counted : kind;
  return c.redirect(`${statementsPath(provider)}?done=${done}`, 303);
}

/** The address carries figures and never a text. */
function doneText(done: string): string | undefined {
  const [, taken, late] = /^applied-(\d{1,9})-(\d{1,9})$/.exec(done) ?? [];
  if (taken === undefined) return doneTexts[done];
  if (late === "0") return `Applied: the accounts took every word that the dry run showed (${taken}).`;
  return `Applied: the accounts took ${taken} words; ${late} came too late, because their account heard something in that moment. Another dry run says what is left of them.`;
}

/** The answer to the upload itself: the same file again is the same dry run, so sending it twice does no harm. */
async function dryRun(c: Context<ConsoleEnv>, gateway: AskGateway): Promise<Response> {
  const provider = c.req.param("provider") ?? "";
  const { file } = await c.req.parseBody();
  const csv = file instanceof File ? await file.arrayBuffer() : new ArrayBuffer(0);
  const api = `${providerApiPath(provider)}/statements?dry_run=true`;
  const planned = await ask(c, gateway, { method: "POST", path: api, csv, schema: planSchema });
  if (!planned.ok) return show(c, gateway, planned.refused);
  const { guest } = c.get("session");
  return c.html(
    <Page title={`Dry run for ${provider}`} section="/console/reconciliation" guest={guest}>
      <p>
        <a href={statementsPath(provider)}>Back to the statements of {provider}</a>
      </p>
      <StatementPlan plan={planned.value} provider={provider} mayApply={mayDo(guest, "operator")} />
    </Page>,
  );
}

async function show(c: Context<ConsoleEnv>, gateway: AskGateway, refused?: Refused): Promise<Response> {
  const provider = c.req.param("provider") ?? "";
  const { guest } = c.get("session");
  const [listed, mapping] = await Promise.all([
    ask(c, gateway, { path: `${providerApiPath(provider)}/statements`, schema: statementsSchema }),
    ask(c, gateway, { path: `${providerApiPath(provider)}/statement-mapping`, schema: z.object({ version: z.int() }) }),
  ]);
  const done = refused === undefined ? doneText(c.req.query("done") ?? "") : undefined;
  const version = mapping.ok ? mapping.value.version : null;
  return c.html(
    <Page
      title={`Statements of ${provider}`}
      section="/console/reconciliation"
      guest={guest}
      {...(done === undefined ? {} : { note: done })}
    >
      {refused === undefined ? null : <RefusedNote refused={refused} />}
      {listed.ok ? (
        <>
          <Upload provider={provider} version={version} mayPlan={mayDo(guest, "operator")} />
          <Imports statements={listed.value.statements} />
        </>
      ) : (
        <RefusedNote refused={listed.refused} />
      )}
    </Page>,
    statusOf(refused ?? (listed.ok ? undefined : listed.refused)),
  );
}

function statusOf(refused: Refused | undefined): 200 | 403 | 404 | 422 {
  if (refused === undefined) return 200;
  return refused.status === 403 || refused.status === 404 ? refused.status : 422;
}

function Upload(props: { readonly provider: string; readonly version: number | null; readonly mayPlan: boolean }) {
  const { provider, version, mayPlan } = props;
  return (
    <section aria-labelledby="upload">
      <h2 id="upload">Import a statement</h2>
      {version === null ? (
        <p class="empty">Nobody has said yet how files of this provider are read.</p>
      ) : (
        <form
          method="post"
          action={`${statementsPath(provider)}/dry-run`}
          enctype="multipart/form-data"
          class="card"
          data-busy="The file is read and every account is asked…"
        >
          <label for="file">File (CSV, UTF-8, at most 5 MiB)</label>
          <input id="file" name="file" type="file" accept=".csv,text/csv" required disabled={!mayPlan} />
          <button type="submit" disabled={!mayPlan}>
            Dry run
          </button>
          <p class="muted">It is read by version {version} of the mapping. A dry run moves nothing.</p>
          {mayPlan ? null : <p class="muted">Your role may not import: it takes the scope operator.</p>}
          <p role="status" class="busy" />
        </form>
      )}
      <p>
        <a href={`${statementsPath(provider)}/mapping`}>How its files are read: columns, words, times</a>
      </p>
    </section>
  );
}

function Imports({ statements }: { readonly statements: readonly Statement[] }): Child {
  return (
    <section aria-labelledby="imports">
      <h2 id="imports">Dry runs and imports</h2>
      {statements.length === 0 ? <p class="empty">None yet.</p> : <ImportTable statements={statements} />}
    </section>
  );
}

const stateTexts = {
  planned: ["", "dry run"],
  applying: ["doubt", "… interrupted: upload and apply it again"],
  applied: ["succeeded", "✓ applied"],
} as const satisfies Record<Statement["state"], readonly [tone: string, text: string]>;

function ImportTable({ statements }: { readonly statements: readonly Statement[] }) {
  return (
    <div class="table">
      <table class="stacks">
        <thead>
          <tr>
            {["File", "State", "Words", "Foots", "Dry run by", "Applied by"].map((name) => (
              <th scope="col">{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {statements.map((one) => {
            const [tone, text] = stateTexts[one.state];
            return (
              <tr>
                <th scope="row">
                  <code>{one.file_hash.slice(0, 12)}</code>
                </th>
                <td data-label="State">
                  <span class={`badge ${tone}`}>{text}</span>
                </td>
                <td data-label="Words">
                  {one.counts.words}
                  {one.taken === null ? "" : `, ${one.taken} taken, ${one.outdated ?? 0} too late`}
                </td>
                <td data-label="Foots">{one.counts.foots ? "yes" : "no"}</td>
                <td data-label="Dry run by">
                  {one.created_by} <Moment at={one.created_at} />
                </td>
                <td data-label="Applied by">
                  {one.applied_at === null ? (
                    "—"
                  ) : (
                    <>
                      {one.applied_by} <Moment at={one.applied_at} />
                    </>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
