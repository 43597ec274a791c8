// Files of recharges as lists: of one partner, and those of all partners that run now.
import type { Hono } from "hono";
import type { Child } from "hono/jsx";
import { type AskGateway, ask } from "./ask.ts";
import { type Bulk, bulkLooks, bulksAtWorkSchema, bulksSchema, costText, goodRows } from "./bulk-answers.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { Moment, Page } from "./page.tsx";
import { partnerApi, partnerPage, partnersPage, showPartner } from "./partner-frame.tsx";
import { RefusedNote } from "./refused.tsx";
import { Table } from "./table.tsx";

const allFiles = "/console/files";
const live = { "hx-get": allFiles, "hx-trigger": "every 5s", "hx-select": "#files", "hx-swap": "outerMorph" };

export function addBulkFiles(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  app.get(allFiles, async (c) => {
    const read = await ask(c, gateway, { path: "/admin/v1/bulk-recharges", schema: bulksAtWorkSchema });
    return c.html(
      <Page title="Files at work" section="/console/recharges" guest={c.get("session").guest}>
        <p class="muted">Partners' files of recharges that run now, and those that stopped within the last hour.</p>
        <div id="files" class="live" {...live}>
          {read.ok ? <AtWork {...read.value} /> : <RefusedNote refused={read.refused} />}
        </div>
      </Page>,
    );
  });
  app.get(`${partnerPage}/files`, (c) =>
    showPartner(c, gateway, "/files", async ({ id }) => {
      const read = await ask(c, gateway, { path: partnerApi(c, "/bulk-recharges"), schema: bulksSchema });
      if (!read.ok) return <RefusedNote refused={read.refused} />;
      return (
        <Table
          label="Files of recharges"
          head={head}
          figures={figures}
          empty="This partner has sent no file of recharges."
          rows={read.value.bulks.map((bulk) => rowOf(bulk, id))}
        />
      );
    }),
  );
}

function AtWork({ bulks, unheard }: ReturnType<(typeof bulksAtWorkSchema)["parse"]>) {
  return (
    <>
      {unheard.length === 0 ? null : (
        <p class="refused" role="alert">
          Could not be asked just now: {unheard.join(", ")}.
        </p>
      )}
      <Table
        label="Files at work"
        head={["Partner", ...head]}
        figures={figures.map((column) => column + 1)}
        empty="No file runs now."
        rows={bulks.map((bulk) => [
          <a href={`${partnersPage}/${bulk.partner}`}>{bulk.partner}</a>,
          ...rowOf(bulk, bulk.partner),
        ])}
      />
    </>
  );
}

const head = ["File", "State", "Rows asked", "Bad rows", "Still costs", "Sent"];
const figures = [2, 3, 4];

function rowOf(bulk: Bulk, partner: string): readonly Child[] {
  const { id, name, state, rows, stopped_by: stop } = bulk;
  return [
    <a href={`${partnersPage}/${partner}/files/${id}`}>{name || id}</a>,
    <>
      <span class={`badge ${bulkLooks(state)}`}>{state}</span>
      {stop === null ? null : <small class="words">{stop.detail}</small>}
    </>,
    `${rows.placed + rows.refused} of ${goodRows(bulk)}`,
    rows.bad,
    costText(bulk),
    <Moment at={bulk.created_at} />,
  ];
}
