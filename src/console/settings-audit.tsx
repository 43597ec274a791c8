// `/console/settings/audit`: who of staff did what, to whom, and how it was before.
import type { Hono } from "hono";
import { z } from "zod";
import { type AskGateway, ask } from "./ask.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { Field } from "./field.tsx";
import { Moment } from "./page.tsx";
import { RefusedNote } from "./refused.tsx";
import { Settings, settingsPage } from "./settings-frame.tsx";
import { Table } from "./table.tsx";

const auditPage = `${settingsPage}/audit`;
const linesAtOnce = 50;
const filters = ["staff", "verb", "subject"] as const;
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
    const query = new URLSearchParams(chosen);
    query.set("order", "newest");
    query.set("limit", String(linesAtOnce));
    const cursor = /^\d{1,9}$/.exec(c.req.query("cursor") ?? "")?.[0];
    if (cursor !== undefined) query.set("cursor", cursor);
    const audit = await ask(c, gateway, { path: `/admin/v1/audit?${query.toString()}`, schema: auditSchema });
    return c.html(
      <Settings c={c} tab="/audit">
        <form method="get" action={auditPage} class="filters">
          <Field label="Who" name="staff" value={chosen.get("staff") ?? ""} isOptional />
          <Field label="What" name="verb" value={chosen.get("verb") ?? ""} isOptional />
          <Field label="About" name="subject" value={chosen.get("subject") ?? ""} isOptional />
          <button type="submit">Show</button>
        </form>
        {audit.ok ? <Lines {...audit.value} chosen={chosen} /> : <RefusedNote refused={audit.refused} />}
      </Settings>,
    );
  });
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
