// `/console/bots`: the bots, how they do, and the way to each partner's chat users.
import type { Hono } from "hono";
import { z } from "zod";
import { type AskGateway, ask } from "./ask.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { Page } from "./page.tsx";
import { partnerSchema, partnersPage, StatusBadge } from "./partner-frame.tsx";
import { RefusedNote } from "./refused.tsx";
import { Table } from "./table.tsx";

export const botsPage = "/console/bots";
const botsSchema = z.object({
  bots: z.array(
    z.object({
      channel: z.string(),
      is_set_up: z.boolean(),
      name: z.string().nullable(),
      webhook_path: z.string(),
    }),
  ),
  given_up: z.array(z.object({ day: z.string(), count: z.int() })),
});
const partnersSchema = z.object({ partners: z.array(partnerSchema), next_after: z.int().nullable() });
const daysShown = 7;

export function addBots(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  app.get(botsPage, async (c) => {
    const after = /^\d{1,8}$/.exec(c.req.query("after") ?? "")?.[0] ?? "0";
    const [bots, partners] = await Promise.all([
      ask(c, gateway, { path: "/admin/v1/bots", schema: botsSchema }),
      ask(c, gateway, { path: `/admin/v1/partners?limit=50&after=${after}`, schema: partnersSchema }),
    ]);
    return c.html(
      <Page title="Bots" section={botsPage} guest={c.get("session").guest}>
        {bots.ok ? <Bots {...bots.value} /> : <RefusedNote refused={bots.refused} />}
        <h2>Who recharges by chat</h2>
        {partners.ok ? <Partners {...partners.value} /> : <RefusedNote refused={partners.refused} />}
      </Page>,
    );
  });
}

function Bots({ bots, given_up: givenUp }: z.infer<typeof botsSchema>) {
  return (
    <>
      <Table
        label="Bots"
        head={["Channel", "", "Found as", "Its platform sends to"]}
        empty="There is no channel."
        rows={bots.map((bot) => [
          bot.channel,
          <span class={`badge ${bot.is_set_up ? "succeeded" : "pending"}`}>
            {bot.is_set_up ? "set up" : "not set up"}
          </span>,
          bot.name === null ? "–" : `@${bot.name}`,
          <code>{bot.webhook_path}</code>,
        ])}
      />
      <h2>Messages that no platform took</h2>
      <Table
        label="Messages given up, by day"
        head={["Day (UTC)", "Given up"]}
        figures={[1]}
        empty="None in the last 90 days."
        rows={givenUp.slice(0, daysShown).map(({ day, count }) => [day, count])}
      />
    </>
  );
}

function Partners({ partners, next_after: nextAfter }: z.infer<typeof partnersSchema>) {
  return (
    <>
      <Table
        label="Partners"
        head={["Partner", "Id", "Status", ""]}
        empty="There is no partner yet."
        rows={partners.map(({ id, name, status }) => [
          name,
          <code>{id}</code>,
          <StatusBadge status={status} />,
          <a href={`${partnersPage}/${id}/chat-users`} aria-label={`Chat users of ${name}`}>
            Chat users
          </a>,
        ])}
      />
      {nextAfter === null ? null : (
        <p>
          <a href={`${botsPage}?after=${nextAfter}`}>More partners</a>
        </p>
      )}
    </>
  );
}
