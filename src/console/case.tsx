// `/console/cases/{id}`: one recharge that needs a person, from what was said to the ruling.
import type { Context, Hono } from "hono";
import { z } from "zod";
import type { AskGateway, Refused } from "./ask.ts";
import { ask } from "./ask.ts";
import {
  askCase,
  askEffect,
  type CaseFile,
  casePath,
  rechargeApiPath,
  type Ruling,
  type RulingWord,
} from "./case-answers.ts";
import { CaseFacts, Disputes, Suggestion } from "./case-facts.tsx";
import { type Draft, ProposalPanel, ProposeForm, RulingHistory } from "./case-ruling.tsx";
import { Timeline } from "./case-timeline.tsx";
import type { ConsoleEnv } from "./console-env.ts";
import { Page } from "./page.tsx";
import { RefusedNote } from "./refused.tsx";

/** What was just done, by the word that the address carries: nothing else of an address is ever shown. */
const doneTexts: Readonly<Record<string, string>> = {
  proposed: "Proposed. Nothing has moved: another person must open this page and confirm.",
  confirmed: "Confirmed. The ruling is made, and its money has moved as shown before.",
};

export function addCase(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  app.get("/console/cases/:id", (c) => showCase(c, gateway));
  app.post("/console/cases/:id/rulings", (c) => propose(c, gateway));
  app.post("/console/cases/:id/rulings/:number/confirm", (c) => confirm(c, gateway));
  app.get("/console/cases/:id/pack", (c) => sendPack(c, gateway));
}

const formSchema = z.object({
  word: z.enum(["success", "failure"]).nullable().catch(null),
  reason: z.string().catch(""),
  seen: z.coerce.number().catch(-1),
});

async function propose(c: Context<ConsoleEnv>, gateway: AskGateway): Promise<Response> {
  const id = c.req.param("id") ?? "";
  const { word, reason, seen } = formSchema.parse(await c.req.parseBody());
  const path = `${rechargeApiPath(id)}/rulings`;
  const body = { word, reason, seen };
  const proposed = await ask(c, gateway, { method: "POST", path, body, schema: z.unknown() });
  if (proposed.ok) return c.redirect(`${casePath(id)}?done=proposed`, 303);
  return showCase(c, gateway, { refused: proposed.refused, draft: { word, reason } });
}

async function confirm(c: Context<ConsoleEnv>, gateway: AskGateway): Promise<Response> {
  const id = c.req.param("id") ?? "";
  const { seen } = formSchema.parse(await c.req.parseBody());
  const path = `${rechargeApiPath(id)}/rulings/${encodeURIComponent(c.req.param("number") ?? "")}/confirm`;
  const confirmed = await ask(c, gateway, { method: "POST", path, body: { seen }, schema: z.unknown() });
  if (confirmed.ok) return c.redirect(`${casePath(id)}?done=confirmed`, 303);
  return showCase(c, gateway, { refused: confirmed.refused, draft: null });
}

interface Attempted {
  readonly refused: Refused;
  readonly draft: Draft | null;
}

async function showCase(c: Context<ConsoleEnv>, gateway: AskGateway, attempted?: Attempted): Promise<Response> {
  const id = c.req.param("id") ?? "";
  const { guest } = c.get("session");
  const asked = await askCase(c, gateway, id);
  if (!asked.ok) {
    const page = (
      <Page title="Case" section="/console/cases" guest={guest}>
        <RefusedNote refused={asked.refused} />
      </Page>
    );
    return c.html(page, asked.refused.status === 404 ? 404 : 200);
  }
  const file = asked.value;
  const last = file.rulings.at(-1) ?? null;
  const isOpen = file.case !== null || file.disputes.some(({ state }) => state === "open");
  const proposal = isOpen && last !== null && last.state !== "confirmed" ? last : null;
  const done = doneTexts[c.req.query("done") ?? ""];
  return c.html(
    <Page
      title={`Case ${file.recharge.id}`}
      section="/console/cases"
      guest={guest}
      {...(done === undefined || attempted !== undefined ? {} : { note: done })}
    >
      {attempted === undefined ? null : <RefusedNote refused={attempted.refused} />}
      {proposal === null ? null : await proposalPanel(c, gateway, { file, proposal })}
      <CaseFacts file={file} />
      <Suggestion file={file} />
      <Timeline file={file} since={proposal?.proposed_at ?? null} />
      {isOpen && proposal?.state !== "waits" ? await proposeForm(c, gateway, { file, draft: attempted?.draft }) : null}
      <Disputes file={file} />
      <RulingHistory rulings={file.rulings} />
    </Page>,
    attempted === undefined ? 200 : attempted.refused.status === 403 ? 403 : 422,
  );
}

async function proposalPanel(
  c: Context<ConsoleEnv>,
  gateway: AskGateway,
  { file, proposal }: { readonly file: CaseFile; readonly proposal: Ruling },
) {
  const { id } = file.recharge;
  const { word, seen, succeeded, state } = proposal;
  const named = succeeded.length === 0 ? {} : { succeeded };
  const effect = state === "waits" ? await askEffect(c, gateway, { id, word, seen, ...named }) : null;
  return <ProposalPanel file={file} guest={c.get("session").guest} ruling={proposal} effect={effect} />;
}

async function proposeForm(
  c: Context<ConsoleEnv>,
  gateway: AskGateway,
  { file, draft }: { readonly file: CaseFile; readonly draft: Draft | null | undefined },
) {
  const effectOf = (word: RulingWord) =>
    askEffect(c, gateway, { id: file.recharge.id, word, seen: file.evidence_number });
  const [success, failure] = await Promise.all([effectOf("success"), effectOf("failure")]);
  return (
    <ProposeForm
      file={file}
      guest={c.get("session").guest}
      effects={{ success, failure }}
      draft={draft ?? { word: null, reason: "" }}
    />
  );
}

/** Everything that is known about the recharge, as a file for whoever decides a dispute elsewhere. */
async function sendPack(c: Context<ConsoleEnv>, gateway: AskGateway): Promise<Response> {
  const id = c.req.param("id") ?? "";
  const asked = await ask(c, gateway, { path: `${rechargeApiPath(id)}/evidence`, schema: z.looseObject({}) });
  if (!asked.ok) return showCase(c, gateway, { refused: asked.refused, draft: null });
  c.header("Content-Type", "application/json; charset=utf-8");
  c.header("Content-Disposition", 'attachment; filename="evidence.json"');
  return c.body(JSON.stringify(asked.value, null, 2));
}
