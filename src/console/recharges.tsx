// `/console/recharges`: the list, what narrows it, and the search. What somebody looks for goes by POST and is in no address.
import type { Context, Hono } from "hono";
import { z } from "zod";
import { type AskGateway, ask, type Asked } from "./ask.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { Page } from "./page.tsx";
import { type Filter, queryOf, readFilter, searchOf } from "./recharge-filter.ts";
import { FilterForm, OtherPages, Views } from "./recharge-forms.tsx";
import { listedRecharge, RechargeTable } from "./recharge-table.tsx";
import { RefusedNote } from "./refused.tsx";
import { dropView, keepView, readViews } from "./saved-views.ts";

const place = "/console/recharges";
const pageSchema = z.object({ recharges: z.array(listedRecharge), next_cursor: z.string().nullable() });
const search = { method: "POST", path: "/admin/v1/recharges/search" } as const;

export function addRecharges(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  app.get(place, (c) => showList(c, gateway, { filter: readFilter(c.req.query()), text: "" }));
  app.post(place, async (c) => {
    const { filter, text } = await readForm(c);
    const id = text.toLowerCase();
    if (/^rch_[0-9a-z]{12}$/.test(id)) return c.redirect(`${place}/${id}`, 303);
    return text === "" ? c.redirect(addressOf(filter), 303) : showList(c, gateway, { filter, text });
  });
  app.post(`${place}/csv`, async (c) => {
    const { filter, text } = await readForm(c);
    const { cursor: _cursor, ...narrowed } = filter;
    const now = c.get("services").clock.now();
    const body = { ...searchOf(narrowed, text, now), format: "csv" };
    const file = await ask(c, gateway, { ...search, body, schema: z.string() });
    if (!file.ok) return showPage(c, { filter, text }, file);
    c.header("Content-Type", "text/csv; charset=utf-8");
    c.header("Content-Disposition", `attachment; filename="recharges-${new Date(now).toISOString().slice(0, 10)}.csv"`);
    return c.body(file.value);
  });
  app.post(`${place}/views`, async (c) => {
    const form = await c.req.parseBody();
    const { cursor: _cursor, ...filter } = readFilter(form);
    const { drop } = form;
    if (typeof drop === "string") dropView(c, drop);
    else keepView(c, form);
    return c.redirect(addressOf(filter), 303);
  });
}

interface Sought {
  readonly filter: Filter;
  readonly text: string;
}

async function readForm(c: Context<ConsoleEnv>): Promise<Sought> {
  const form = await c.req.parseBody();
  const { text } = form;
  return { filter: readFilter(form), text: typeof text === "string" ? text.trim() : "" };
}

function addressOf(filter: Filter): string {
  const query = queryOf(filter);
  return query === "" ? place : `${place}?${query}`;
}

async function showList(c: Context<ConsoleEnv>, gateway: AskGateway, sought: Sought): Promise<Response> {
  const body = { ...searchOf(sought.filter, sought.text, c.get("services").clock.now()), limit: 50 };
  return showPage(c, sought, await ask(c, gateway, { ...search, body, schema: pageSchema }));
}

function showPage(
  c: Context<ConsoleEnv>,
  { filter, text }: Sought,
  answer: Asked<z.infer<typeof pageSchema>> | Extract<Asked<never>, { ok: false }>,
): Response | Promise<Response> {
  const page = (
    <Page title="Recharges" section={place} guest={c.get("session").guest}>
      <FilterForm filter={filter} text={text} />
      <Views views={readViews(c)} filter={filter} />
      {answer.ok ? (
        <>
          <RechargeTable recharges={answer.value.recharges} isNarrowed={text !== "" || queryOf(filter) !== ""} />
          <OtherPages filter={filter} text={text} nextCursor={answer.value.next_cursor} />
        </>
      ) : (
        <RefusedNote refused={answer.refused} />
      )}
    </Page>
  );
  return c.html(page, answer.ok ? 200 : 422);
}
