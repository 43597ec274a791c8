// `/portal/recharges` and `/portal/disputes`: a partner looks at its recharges, and says which success was none.
import type { Context, Hono } from "hono";
import { z } from "zod";
import { dispositions } from "../recharges/dispute.ts";
import { rechargeStates } from "../recharges/recharge.ts";
import { addAct } from "./act.tsx";
import { type AskGateway, ask, type Asked } from "./ask.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { DisputeList, disputeFilterIn, disputeLooks } from "./dispute-list.tsx";
import { Choice, Field, Fold } from "./field.tsx";
import { Moment } from "./page.tsx";
import { disputeSchema, disputesSchema, rechargeSchema, rechargesSchema } from "./portal-answers.ts";
import { RechargeFacts, RechargeTable } from "./portal-recharges.tsx";
import { Shown, showPortal } from "./portal.tsx";

const rechargesPage = "/portal/recharges";
const disputesPage = "/portal/disputes";

export function addPortalRecharges(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  app.get(rechargesPage, async (c) => {
    const query = new URLSearchParams({ limit: "50" });
    for (const name of ["state", "cursor", "agent_id"]) {
      const value = c.req.query(name)?.trim() ?? "";
      if (value !== "") query.set(name, value);
    }
    const one = query.has("agent_id");
    const path = one
      ? `/v1/recharges?agent_id=${encodeURIComponent(query.get("agent_id") ?? "")}`
      : `/v1/recharges?${query.toString()}`;
    const schema = one ? rechargeSchema.transform(asPage) : rechargesSchema;
    const page: Asked<z.output<typeof rechargesSchema>> = await ask(c, gateway, { path, schema });
    return showPortal(c, { title: "Recharges", section: rechargesPage }, [
      <Filters state={query.get("state") ?? ""} agentId={query.get("agent_id") ?? ""} />,
      <Shown asked={page} of={(found) => <Recharges {...found} state={query.get("state") ?? ""} />} />,
    ]);
  });
  app.get(`${rechargesPage}/:id`, (c) => showOne(c, gateway));
  app.get(disputesPage, async (c) => {
    const filter = disputeFilterIn(c);
    const asked = await ask(c, gateway, { path: `/v1/disputes?${filter.query}`, schema: disputesSchema });
    return showPortal(c, { title: "Disputes", section: disputesPage }, [
      <p>
        A recharge that succeeded may be disputed. Open it under{" "}
        <a href={`${rechargesPage}?state=succeeded`}>Recharges</a> and say what is wrong; the evidence is gathered, the
        provider is asked again, and two people decide.
      </p>,
      <DisputeList
        action={disputesPage}
        filter={filter}
        asked={asked}
        rechargePath={(id) => `${rechargesPage}/${encodeURIComponent(id)}`}
      />,
    ]);
  });
  addDispute(app, gateway);
}

function asPage(recharge: z.output<typeof rechargeSchema>): z.output<typeof rechargesSchema> {
  return { recharges: [recharge], next_cursor: null };
}

function Filters({ state, agentId }: { readonly state: string; readonly agentId: string }) {
  const states = rechargeStates.map((one) => [one, one] as const);
  return (
    <form method="get" action={rechargesPage} class="filters">
      <Choice label="State" name="state" options={[["", "any"], ...states]} value={state} />
      <Field label="Your reference" name="agent_id" value={agentId} isOptional />
      <button type="submit">Show</button>
    </form>
  );
}

interface RechargesProps extends z.output<typeof rechargesSchema> {
  readonly state: string;
}

function Recharges({ recharges, next_cursor: next, state }: RechargesProps) {
  const more = new URLSearchParams({ state, cursor: next ?? "" }).toString();
  return (
    <>
      <RechargeTable recharges={recharges} />
      {next === null ? null : (
        <p>
          <a href={`${rechargesPage}?${more}`}>Earlier ones</a>
        </p>
      )}
    </>
  );
}

function idIn(c: Context<ConsoleEnv>): string {
  return encodeURIComponent(c.req.param("id") ?? "");
}

async function showOne(c: Context<ConsoleEnv>, gateway: AskGateway): Promise<Response> {
  const found = await ask(c, gateway, { path: `/v1/recharges/${idIn(c)}`, schema: rechargeSchema });
  const place = { title: "Recharge", section: rechargesPage };
  if (!found.ok) return showPortal(c, place, <Shown asked={found} of={() => null} />, 404);
  const dispute = await ask(c, gateway, { path: `/v1/recharges/${idIn(c)}/dispute`, schema: disputeSchema });
  const recharge = found.value;
  return showPortal(c, { ...place, title: recharge.id }, [
    <RechargeFacts recharge={recharge} />,
    dispute.ok ? <Dispute {...dispute.value} /> : null,
    recharge.state === "succeeded" ? (
      <NewDispute id={recharge.id} />
    ) : (
      <p class="muted">Only a recharge that succeeded can be disputed.</p>
    ),
  ]);
}

function Dispute(dispute: z.infer<typeof disputeSchema>) {
  return (
    <section class="card" aria-labelledby="dispute">
      <h2 id="dispute">Dispute {dispute.number}</h2>
      <p>
        <span class={`badge ${disputeLooks(dispute.state)}`}>{dispute.state}</span> opened{" "}
        <Moment at={dispute.opened_at} />: {wordsOf(dispute.disposition)}. {dispute.comment}
      </p>
      {dispute.reason === null ? null : <p>{dispute.reason}</p>}
    </section>
  );
}

function wordsOf(code: string): string {
  const word = Object.entries(dispositions).find(([one]) => one === code)?.[1] ?? code;
  return word.replaceAll("_", " ");
}

function NewDispute({ id }: { readonly id: string }) {
  return (
    <Fold title="Dispute this recharge">
      <form method="post" action={`${rechargesPage}/${id}/dispute`}>
        <Choice
          label="What is wrong"
          name="disposition"
          options={Object.keys(dispositions).map((code) => [code, `${wordsOf(code)} (${code})`])}
        />
        <Field label="Comment" name="comment" isOptional />
        <button type="submit">Go on</button>
      </form>
    </Fold>
  );
}

function addDispute(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  addAct(app, gateway, {
    path: `${rechargesPage}/:id/dispute`,
    title: "Dispute a recharge",
    section: disputesPage,
    button: "Yes, dispute it",
    back: (c) => `${rechargesPage}/${idIn(c)}`,
    done: "sent",
    says: (fields, c) => (
      <p>
        You say of <code>{c.req.param("id")}</code>: <strong>{wordsOf(fields.one("disposition"))}</strong>. If the
        evidence proves you right, its money comes back to your wallet. {fields.one("comment")}
      </p>
    ),
    asks: (fields, c) => {
      const comment = fields.one("comment");
      const body = { disposition: fields.one("disposition"), ...(comment === "" ? {} : { comment }) };
      return { method: "POST", path: `/v1/recharges/${idIn(c)}/dispute`, body };
    },
  });
}
