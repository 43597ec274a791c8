// A double click, a reload and a lost answer: every form of console and portal does its work once, and says the same again.
import { Hono } from "hono";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { FloatTable } from "../../../src/console/float-table.tsx";
import { ask, askStaff, newPartner, orderBody, rechargeIn } from "../../support/api-journey.ts";
import {
  asked,
  type Fields,
  type Filled,
  type Given,
  hook,
  once,
  pressed,
  questions,
} from "../../support/console-forms.ts";
import { allRoutes, browse, signIn } from "../../support/console-journey.ts";
import { useSimulator } from "../../support/sandbox.ts";

let given: Given;
let staff: string;
let portal: string;
beforeAll(async () => {
  useSimulator();
  staff = await signIn({ person: `Staff ${crypto.randomUUID()}`, scopes: ["admin", "finance", "operator"] });
  const partner = await newPartner();
  portal = await signIn({ partner: partner.id, person: "Mina" });
  const named = z.looseObject({ id: z.string() });
  const endpoint = named.parse(
    (await askStaff(`/partners/${partner.id}/webhook-endpoints`, { url: hook().url })).body,
  ).id;
  const recharge = rechargeIn(await ask(partner.key, "/v1/recharges", { body: orderBody() })).id;
  const issued = await askStaff("/staff-tokens", { staff: "form", scopes: ["viewer"] });
  given = { partner, endpoint, recharge, token: z.looseObject({ token_id: z.string() }).parse(issued.body).token_id };
});

function pathOf(route: string, { parameters }: Filled): string {
  const { partner, endpoint, recharge } = given;
  const all: Fields = { partner: partner.id, endpoint, id: recharge, ...parameters?.(given) };
  return route.replaceAll(/:(\w+)/g, (_whole, name: string) => all[name] ?? "");
}

async function send(path: string, form: Fields) {
  const cookie = path.startsWith("/portal") ? portal : staff;
  const answer = await browse(path, { method: "POST", cookie, body: new URLSearchParams(form) });
  return { status: answer.status, location: answer.headers.get("location"), text: await answer.text() };
}

const hidden = (page: string): Fields =>
  Object.fromEntries(
    [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, name = "", value = ""]) => [
      name,
      value,
    ]),
  );
const auditSchema = z.looseObject({ lines: z.array(z.looseObject({ id: z.int() })) });
const lastLine = async () => auditSchema.parse((await askStaff("/audit?order=newest&limit=1")).body).lines[0]?.id ?? 0;
const withoutIds = (text: string) => text.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "");

/** Twice at once and once later: how often it was done by the audit, and whether all were answered alike. */
async function sendThrice(path: string, form: Fields) {
  const before = await lastLine();
  const answers = await Promise.all([send(path, form), send(path, form)]);
  answers.push(await send(path, form));
  const different = new Set(answers.map((one) => JSON.stringify({ ...one, text: withoutIds(one.text) })));
  const isPortal = path.startsWith("/portal");
  return {
    statuses: answers.map(({ status }) => (status === 303 ? 200 : status)),
    answers: different.size,
    lines: isPortal ? 1 : (await lastLine()) - before,
  };
}
const doneOnce = { statuses: [200, 200, 200], answers: 1, lines: 1 };

const isKnown = (path: string) =>
  path in asked ||
  path in questions ||
  path in pressed ||
  Object.keys(once).some((one) => new RegExp(`^${one}$`).test(path));
const linkIn = (page: string) => /rl_[0-9A-Z]{32}/.exec(page)?.[0];

describe("a form", () => {
  it("of every path that is posted to is in this test", () => {
    const posted = allRoutes().filter(({ method, path }) => method === "POST" && /^\/(console|portal)\//.test(path));
    expect(posted.map(({ path }) => path).filter((path) => !isKnown(path))).toEqual([]);
  });

  it("that asks first is done once, however often the page that asked is sent", async () => {
    for (const [route, one] of Object.entries(asked)) {
      const path = pathOf(route, one);
      // oxlint-disable-next-line no-await-in-loop -- one after the other: the next needs what this one did
      const question = await send(path, (await one.fields?.(given)) ?? {});
      const form = hidden(question.text);
      expect([route, form]).toEqual([
        route,
        expect.objectContaining({ confirmed: "yes", form_id: expect.any(String) }),
      ]);
      // oxlint-disable-next-line no-await-in-loop -- as above
      expect([route, await sendThrice(path, form)]).toEqual([route, doneOnce]);
    }
  }, 30_000);
});

describe("a question", () => {
  it.each(Object.entries(questions))("at %s has an id of its own", async (route, one) => {
    const form = hidden((await send(pathOf(route, one), (await one.fields?.(given)) ?? {})).text);
    expect(form).toMatchObject({ confirmed: "yes", form_id: expect.any(String) });
  });
});

describe("a form without a question", () => {
  it("is done once for the page that showed it", async () => {
    await askStaff(`/partners/${given.partner.id}/resume`, undefined, "POST");
    for (const [route, one] of Object.entries(pressed)) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const form = { ...(await one.fields?.(given)), form_id: crypto.randomUUID() };
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      expect([route, await sendThrice(pathOf(route, one), form)]).toEqual([route, doneOnce]);
    }
  });

  it("has its id on the page that shows it", async () => {
    const place = `/console/partners/${given.partner.id}/webhooks`;
    for (const path of [place, `${place}/${given.endpoint}`]) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const page = await (await browse(path, { cookie: staff })).text();
      for (const [, form = ""] of page.matchAll(
        /<form method="post" action="[^"]*\/(?:test|redeliver)"[^>]*>(.*?)<\/form>/gs,
      ))
        expect(form).toContain('name="form_id"');
    }
    const check = {
      checked_at: "2026-11-02T10:00:00Z",
      finding: "differs",
      balance: "1.00",
      open: "0.00",
      expected: "2.00",
      difference: "-1.00",
    } as const;
    const float = {
      provider: "p",
      currency: "INR",
      balance: "1.00",
      balance_at: "2026-11-02T10:00:00Z",
      checks: [check],
    };
    const app = new Hono().get("/", (c) => c.html(FloatTable({ floats: [float], mayAccept: true })));
    expect(await (await app.request("/")).text()).toContain('name="form_id"');
  });
});

describe("a form that was refused", () => {
  it("may be sent again, and is then done", async () => {
    const partner = await newPartner({ balance: "0.00" });
    const path = `/console/partners/${partner.id}/debit`;
    const form = {
      currency: "INR",
      amount: "5.00",
      reason: "form",
      external_reference: "late",
      confirmed: "yes",
      form_id: crypto.randomUUID(),
    };
    expect((await send(path, form)).status).toBe(422);
    const credit = { currency: "INR", amount: "5.00", reason: "paid", external_reference: "in" };
    await askStaff(`/partners/${partner.id}/credits`, credit);
    expect((await send(path, form)).status).toBe(303);
  });

  it("by somebody else with the same id is another form", async () => {
    const other = await signIn({ person: "Other", scopes: ["admin"] });
    const form_id = crypto.randomUUID();
    const body = () => new URLSearchParams({ person: "Form", scopes: "viewer", confirmed: "yes", form_id });
    const post = async (cookie: string) =>
      (await browse("/console/settings/links", { method: "POST", cookie, body: body() })).text();
    const [mine, again, theirs] = [await post(staff), await post(staff), await post(other)].map(linkIn);
    expect([mine === undefined, mine === again, mine === theirs]).toEqual([false, true, false]);
  });
});
