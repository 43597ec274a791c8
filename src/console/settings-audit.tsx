// `/console/settings/audit`: who of staff did what, to whom, and how it was before.
import type { Hono } from "hono";
import { z } from "zod";
import { type AskGateway, ask } from "./ask.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { Field } from "./field.tsx";
import { Moment } from "./page.tsx";
import { RefusedNote } from "./refused.tsx";
import { Settings, settingsPage } from "./settings-frame.tsx";
import { Options, Suggestions } from "./suggestions.tsx";
import { Table } from "./table.tsx";

const auditPage = `${settingsPage}/audit`;
const linesAtOnce = 50;
const filters = ["staff", "verb", "subject", "from", "to"] as const;
const dayMs = 86_400_000;
const auditSchema = z.object({
  lines: z.array(
    z.object({
      id: z.int(),
      at: z.string(),
      staff: z.string(),
      verb: z.string(),
      subject: z.string(),
      before: z.unknown(),
      after: z.unknown(),
    }),
  ),
  next_cursor: z.int().nullable(),
});

export function addSettingsAudit(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  app.get(auditPage, async (c) => {
    const chosen = new URLSearchParams(
      filters.flatMap((name) => {
        const value = c.req.query(name)?.trim() ?? "";
        return value === "" ? [] : [[name, value]];
      }),
    );
    const query = queryOf(chosen);
    query.set("order", "newest");
    query.set("limit", String(linesAtOnce));
    const cursor = /^\d{1,9}$/.exec(c.req.query("cursor") ?? "")?.[0];
    if (cursor !== undefined) query.set("cursor", cursor);
    const audit = await ask(c, gateway, { path: `/admin/v1/audit?${query.toString()}`, schema: auditSchema });
    return c.html(
      <Settings c={c} tab="/audit">
        <form method="get" action={auditPage} class="filters">
          <Field label="Who" name="staff" value={chosen.get("staff") ?? ""} isOptional suggests="people" />
          <Field label="What" name="verb" value={chosen.get("verb") ?? ""} isOptional suggests="verbs" />
          <Field label="About" name="subject" value={chosen.get("subject") ?? ""} isOptional suggests="partners" />
          <Field label="From (day, UTC)" name="from" type="date" value={chosen.get("from") ?? ""} isOptional />
          <Field label="To, included" name="to" type="date" value={chosen.get("to") ?? ""} isOptional />
          <button type="submit">Show</button>
        </form>
        <Suggestions />
        {audit.ok ? <Seen lines={audit.value.lines} /> : null}
        {audit.ok ? <Lines {...audit.value} chosen={chosen} /> : <RefusedNote refused={audit.refused} />}
      </Settings>,
    );
  });
}

/** For the API: what was done may be written as it is shown, and days are those of UTC. */
function queryOf(chosen: URLSearchParams): URLSearchParams {
  const query = new URLSearchParams(chosen);
  const verb = chosen.get("verb")?.toLowerCase().replaceAll(" ", "_");
  if (verb !== undefined) query.set("verb", verb);
  for (const [name, later] of [
    ["from", 0],
    ["to", dayMs],
  ] as const) {
    const at = Date.parse(`${chosen.get(name) ?? ""}T00:00:00Z`);
    if (!Number.isNaN(at)) query.set(name, new Date(at + later).toISOString());
  }
  return query;
}

/** What the fields suggest: whoever and whatever is on the page. */
function Seen({ lines }: Pick<z.infer<typeof auditSchema>, "lines">) {
  return (
    <>
      <Options id="people" of={listed(lines.map(({ staff }) => staff))} />
      <Options id="verbs" of={listed(lines.map(({ verb }) => verb.replaceAll("_", " ")))} />
    </>
  );
}

function listed(of: readonly string[]) {
  return [...new Set(of)].toSorted().map((one) => [one, ""] as const);
}

interface LinesProps extends z.infer<typeof auditSchema> {
  readonly chosen: URLSearchParams;
}

function Lines({ lines, next_cursor: next, chosen }: LinesProps) {
  const more = new URLSearchParams(chosen);
  if (next !== null) more.set("cursor", String(next));
  return (
    <>
      <Table
        label="Audit"
        head={["When", "Who", "What", "About", "Before and after"]}
        empty="Nobody did such a thing."
        rows={lines.map((line) => [
          <Moment at={line.at} />,
          line.staff,
          line.verb.replaceAll("_", " "),
          <code>{line.subject}</code>,
          <details>
            <summary>Show</summary>
            <pre>{said(line.before)}</pre>
            <pre>{said(line.after)}</pre>
          </details>,
        ])}
      />
      {next === null ? null : (
        <p>
          <a href={`${auditPage}?${more.toString()}`}>Earlier ones</a>
        </p>
      )}
    </>
  );
}

function said(value: unknown): string {
  return value === null || value === undefined ? "–" : JSON.stringify(value, null, 1);
}
