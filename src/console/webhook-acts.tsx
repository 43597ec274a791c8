// What is done with webhook endpoints, by staff for a partner and by the partner itself.
import type { Context, Hono } from "hono";
import { type Act, addAct } from "./act.tsx";
import type { AskGateway } from "./ask.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { momentText } from "./moment-text.ts";
import { ShownOnce } from "./shown-once.tsx";
import { newSecretSchema } from "./webhook-answers.ts";

export interface WebhookPages {
  /** Of the list of endpoints, as the router knows it. */
  readonly page: string;
  readonly section: string;
  /** Path of the API's endpoints. */
  readonly api: (c: Context<ConsoleEnv>) => string;
  readonly back: (c: Context<ConsoleEnv>) => string;
  /** Of the list of endpoints, as a link. */
  readonly place: (c: Context<ConsoleEnv>) => string;
}

type Ctx = Context<ConsoleEnv>;

export function addWebhookActs(app: Hono<ConsoleEnv>, gateway: AskGateway, pages: WebhookPages): void {
  for (const act of [...actsOnEndpoints(pages), ...actsOnDeliveries(pages)]) addAct(app, gateway, act);
}

function endpointIn(c: Ctx): string {
  return encodeURIComponent(c.req.param("endpoint") ?? "");
}

function actsOnEndpoints({ page, section, api, back }: WebhookPages): readonly Act[] {
  const one = `${page}/:endpoint`;
  return [
    {
      path: page,
      title: "Add a webhook endpoint",
      section,
      back,
      done: "added",
      says: (fields) => (
        <p>
          <code>{fields.one("url")}</code> is told everything that happens from now on, with figures and masked numbers.
          Its secret is shown on the next page, once.
        </p>
      ),
      asks: (fields, c) => {
        const description = fields.one("description");
        const wanted = { url: fields.one("url"), form: fields.one("form") };
        return { method: "POST", path: api(c), body: description === "" ? wanted : { ...wanted, description } };
      },
      shows: showSecret,
    },
    {
      path: `${one}/remove`,
      title: "Remove a webhook endpoint",
      section,
      button: "Yes, remove it",
      isDangerous: true,
      back,
      done: "removed",
      says: () => (
        <p>It is told nothing any more, and its deliveries are forgotten. What is on its way may still arrive.</p>
      ),
      asks: (_fields, c) => ({ method: "DELETE", path: `${api(c)}/${endpointIn(c)}` }),
    },
    {
      path: `${one}/secret`,
      title: "A new secret",
      section,
      button: "Yes, make a new one",
      back,
      done: "changed",
      says: () => <p>For one day both secrets sign, then only the new one. It is shown on the next page, once.</p>,
      asks: (_fields, c) => ({ method: "POST", path: `${api(c)}/${endpointIn(c)}/secret` }),
      shows: showSecret,
    },
  ];
}

function showSecret(answer: unknown) {
  const { secret } = newSecretSchema.parse(answer);
  return <ShownOnce secrets={{ secret }} />;
}

function actsOnDeliveries({ page, section, api, place }: WebhookPages): readonly Act[] {
  const one = `${page}/:endpoint`;
  const back = (c: Ctx) => `${place(c)}/${endpointIn(c)}`;
  const same = { section, back, done: "sent" } as const;
  return [
    {
      ...same,
      path: `${one}/test`,
      title: "Send a test",
      asks: (_fields, c) => ({ method: "POST", path: `${api(c)}/${endpointIn(c)}/test` }),
    },
    {
      ...same,
      path: `${one}/redeliver`,
      title: "Send it again",
      asks: (fields, c) => ({
        method: "POST",
        path: `${api(c)}/${endpointIn(c)}/deliveries/${encodeURIComponent(fields.one("delivery"))}/redeliver`,
      }),
    },
    {
      ...same,
      path: `${one}/redeliver-since`,
      title: "Send everything again",
      says: (fields) => (
        <p>
          Everything since {fields.one("since").replace("T", " ")} UTC is sent again, delivered or not, at most 10 000.
        </p>
      ),
      asks: (fields, c) => ({
        method: "POST",
        path: `${api(c)}/${endpointIn(c)}/redeliveries`,
        body: { since: momentText(fields.one("since")) },
      }),
    },
  ];
}
