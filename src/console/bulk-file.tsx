// `/console/partners/{id}/files/{file}`: how far one file is, while one looks; its result; and stopping it.
import type { Context, Hono } from "hono";
import { z } from "zod";
import type { Guest } from "../partners/sessions.ts";
import { addAct } from "./act.tsx";
import { type AskGateway, ask } from "./ask.ts";
import { type BulkProgress, bulkLooks, bulkProgressSchema, costText, goodRows, isMoving } from "./bulk-answers.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { countText } from "./count-text.ts";
import { FactList } from "./fact-list.tsx";
import { Field, Press } from "./field.tsx";
import { OnlyFor } from "./only-for.tsx";
import { Moment } from "./page.tsx";
import { partnerApi, partnerBack, partnerPage, partnersPage, showPartner } from "./partner-frame.tsx";
import { RefusedNote } from "./refused.tsx";

const filePage = `${partnerPage}/files/:file`;

function fileIn(c: Context<ConsoleEnv>): string {
  return encodeURIComponent(c.req.param("file") ?? "");
}

function fileApi(c: Context<ConsoleEnv>, more = ""): string {
  return partnerApi(c, `/bulk-recharges/${fileIn(c)}${more}`);
}

export function addBulkFile(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  app.get(filePage, (c) =>
    showPartner(c, gateway, "/files", async ({ id }) => {
      const read = await ask(c, gateway, { path: fileApi(c), schema: bulkProgressSchema });
      if (!read.ok) return <RefusedNote refused={read.refused} />;
      const path = `${partnersPage}/${id}/files/${read.value.id}`;
      return <File bulk={read.value} path={path} guest={c.get("session").guest} />;
    }),
  );
  app.get(`${filePage}/result`, async (c) => {
    const file = await ask(c, gateway, { path: fileApi(c, "/result"), schema: z.string() });
    if (!file.ok) return showPartner(c, gateway, "/files", () => <RefusedNote refused={file.refused} />);
    c.header("Content-Type", "text/csv; charset=utf-8");
    c.header("Content-Disposition", `attachment; filename="${fileIn(c).replaceAll(/[^0-9a-z_]/g, "")}.csv"`);
    return c.body(file.value);
  });
  addVerbs(app, gateway);
}

interface FileProps {
  readonly bulk: BulkProgress;
  readonly path: string;
  readonly guest: Guest;
}

function File({ bulk, path, guest }: FileProps) {
  const live = isMoving(bulk)
    ? { "hx-get": path, "hx-trigger": "every 2s", "hx-select": "#file", "hx-swap": "outerMorph" }
    : {};
  const { state, stopped_by: stop } = bulk;
  return (
    <div id="file" class="live" {...live}>
      <h2>{bulk.name || bulk.id}</h2>
      <p>
        <span class={`badge ${bulkLooks(state)}`}>{state}</span> sent <Moment at={bulk.created_at} />
        {bulk.started_at === null ? null : (
          <>
            , started <Moment at={bulk.started_at} />
          </>
        )}
        {bulk.ended_at === null ? null : (
          <>
            , ended <Moment at={bulk.ended_at} />
          </>
        )}
      </p>
      {stop === null ? null : <p class="refused">{stop.detail}</p>}
      <Progress bulk={bulk} />
      <Facts bulk={bulk} />
      <p>
        <a class="button quiet" href={`${path}/result`}>
          Result as CSV
        </a>
      </p>
      <OnlyFor guest={guest} scope="operator">
        <Verbs state={state} path={path} />
      </OnlyFor>
    </div>
  );
}

function Facts({ bulk }: { readonly bulk: BulkProgress }) {
  const { rows, outcomes } = bulk;
  const facts: readonly (readonly [string, string | number])[] = [
    ["Wait for their turn", rows.waiting],
    ["Will cost", costText(bulk)],
    ["Placed", rows.placed],
    ...(outcomes === null ? [] : Object.entries(outcomes).map(([name, count]) => [`of them ${name}`, count] as const)),
    ["Refused", rows.refused],
    ["Bad, left out", rows.bad],
    ["Rows a minute, at most", bulk.per_minute ?? "not started"],
  ];
  return <FactList facts={facts} />;
}

function Progress({ bulk }: { readonly bulk: BulkProgress }) {
  const [asked, all] = [bulk.rows.placed + bulk.rows.refused, goodRows(bulk)];
  return (
    <p>
      <label>
        {asked} of {all} rows were asked of the account
        <progress value={asked} max={Math.max(all, 1)} />
      </label>
    </p>
  );
}

function Verbs({ state, path }: { readonly state: string; readonly path: string }) {
  const mayCancel = state === "checked" || state === "running" || state === "paused";
  if (!mayCancel) return <p class="muted">Nothing is left to stop.</p>;
  return (
    <div class="choices">
      {state === "running" ? <Press action={`${path}/pause`} text="Pause" /> : null}
      {state === "paused" ? <Press action={`${path}/resume`} text="Let it go on" /> : null}
      <Press action={`${path}/cancel`} text="Cancel" isDangerous />
    </div>
  );
}

function waitingText(bulk: BulkProgress): string {
  const { waiting, placed } = bulk.rows;
  return `${countText(waiting, "row waits", "rows wait")}, which will cost ${costText(bulk)}; ${countText(placed, "is", "are")} placed.`;
}

const verbs = {
  pause: ["Pause this file", "No further row is placed until it is started again, by its partner or by you."],
  resume: [
    "Let this file go on",
    "It goes on by the key that started it. No row costs more than its partner was told.",
  ],
  cancel: ["Cancel this file", "No further row is placed, for good. What was placed goes on."],
} as const;

function addVerbs(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  for (const verb of ["pause", "resume", "cancel"] as const)
    addAct(app, gateway, {
      path: `${filePage}/${verb}`,
      title: verbs[verb][0],
      section: partnersPage,
      isDangerous: verb === "cancel",
      back: (c) => partnerBack(`/files/${fileIn(c)}`)(c),
      done: "changed",
      says: async (_fields, c) => {
        const read = await ask(c, gateway, { path: fileApi(c), schema: bulkProgressSchema });
        return (
          <>
            <p>
              {verbs[verb][1]} {read.ok ? waitingText(read.value) : null}
            </p>
            <Field
              label="Reason"
              name="reason"
              hint={verb === "resume" ? "For the audit." : "For the audit; the partner reads it too."}
            />
          </>
        );
      },
      asks: (fields, c) => ({ method: "POST", path: fileApi(c, `/${verb}`), body: { reason: fields.one("reason") } }),
    });
}
