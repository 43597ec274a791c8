// `/console/recharges/{id}`: one recharge, what it is, what may be done, everything that happened, and its money.
import type { Hono } from "hono";
import { type AskGateway, ask, type Asked } from "./ask.ts";
import { caseKindText } from "./case-words.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { moneyText } from "./money-text.ts";
import { Moment, Page } from "./page.tsx";
import { type Action, actionsOf } from "./recharge-actions.ts";
import { type Book, bookSchema, type Inside, insideSchema } from "./recharge-answers.ts";
import { MoneyTable } from "./recharge-money.tsx";
import { type Entry, timelineOf } from "./recharge-timeline.ts";
import { RefusedNote } from "./refused.tsx";

export function addRecharge(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  app.get("/console/recharges/:id{rch_[0-9a-z]{12}}", async (c) => {
    const id = c.req.param("id");
    const [inside, book] = await Promise.all([
      ask(c, gateway, { path: `/admin/v1/recharges/${id}/evidence`, schema: insideSchema }),
      ask(c, gateway, { path: `/admin/v1/recharges/${id}/book`, schema: bookSchema }),
    ]);
    const { guest } = c.get("session");
    const viewer = { person: guest.person, scopes: guest.kind === "staff" ? guest.scopes : [] };
    return c.html(
      <Page title={id} section="/console/recharges" guest={guest}>
        {inside.ok ? (
          <Recharge inside={inside.value} book={book} actions={actionsOf(inside.value, viewer)} />
        ) : (
          <RefusedNote refused={inside.refused} />
        )}
      </Page>,
      inside.ok ? 200 : 404,
    );
  });
}

interface Known {
  readonly inside: Inside;
  readonly book: Asked<Book>;
  readonly actions: readonly Action[];
}

/** What is pending asks for itself anew until it is decided. */
function Recharge({ inside, book, actions }: Known) {
  const path = `/console/recharges/${inside.recharge.id}`;
  const live = { "hx-get": path, "hx-trigger": "every 5s", "hx-select": "#recharge", "hx-swap": "outerMorph" };
  return (
    <div id="recharge" class="live" {...(inside.recharge.state === "pending" ? live : {})}>
      <Facts inside={inside} />
      <section aria-labelledby="actions">
        <h2 id="actions">What may be done</h2>
        <Actions actions={actions} />
      </section>
      <section aria-labelledby="timeline">
        <h2 id="timeline">What happened</h2>
        <Timeline entries={timelineOf(inside, book.ok ? book.value : null)} />
      </section>
      <section aria-labelledby="money">
        <h2 id="money">Its money</h2>
        {book.ok ? (
          <>
            <MoneyTable book={book.value} />
            <p class="muted">As the ledger knows the partner up to event {book.value.as_of_event}.</p>
          </>
        ) : (
          <p class="empty">The ledger does not have it yet. It follows the account within seconds.</p>
        )}
      </section>
    </div>
  );
}

function Facts({ inside: { recharge, case: open } }: { readonly inside: Inside }) {
  const { currency } = recharge;
  const facts: readonly (readonly [name: string, text: string | null])[] = [
    ["Number", recharge.number],
    ["Product", recharge.product],
    ...Object.entries(recharge.fields),
    ["Amount", moneyText(recharge.amount, currency)],
    ["Cost to the partner", moneyText(recharge.cost, currency)],
    ["Partner", `ptn_${recharge.id.slice(4, 9)}`],
    ["Agent id", recharge.agent_id],
    ["Operator's reference", recharge.operator_reference],
    ["Repeats", recharge.repeat_of],
    ["Mode", recharge.mode],
  ];
  return (
    <div class="card">
      <p>
        <span class={`badge ${recharge.state}`}>{recharge.state}</span> {stateText(recharge)}
        {open === null ? null : (
          <>
            {" "}
            <a href={`/console/cases/${recharge.id}`}>A person is needed: {caseKindText(open.kind)}</a>
          </>
        )}
      </p>
      <dl class="facts">
        <div>
          <dt>Placed</dt>
          <dd>
            <Moment at={recharge.created_at} />
          </dd>
        </div>
        {facts.map(([name, text]) => (text === null ? null : <Fact name={name} text={text} />))}
        {recharge.resolves_by === null ? null : (
          <div>
            <dt>Should be settled by</dt>
            <dd>
              <Moment at={recharge.resolves_by} />
            </dd>
          </div>
        )}
      </dl>
    </div>
  );
}

function stateText({ state, proof, failure }: Inside["recharge"]): string {
  if (failure !== null) return failure.text;
  if (state === "pending") return "Neither success nor failure is known. The money is set aside.";
  return proof === "claimed" ? "By the provider's word alone, without an operator's reference." : "";
}

function Fact({ name, text }: { readonly name: string; readonly text: string }) {
  return (
    <div>
      <dt>{name.replaceAll("_", " ")}</dt>
      <dd>{text}</dd>
    </div>
  );
}

function Actions({ actions }: { readonly actions: readonly Action[] }) {
  return (
    <ul class="legal">
      {actions.map(({ name, href, why }) => (
        <li class={href === null ? "muted" : undefined}>
          {href === null ? <strong>{name}: not now.</strong> : <a href={href}>{name}</a>} {why}
        </li>
      ))}
    </ul>
  );
}

function Timeline({ entries }: { readonly entries: readonly Entry[] }) {
  return (
    <ol class="timeline story">
      {entries.map(({ at, what, more, said, tone }) => (
        <li class={tone}>
          <Moment at={at} />
          <div>
            <strong>{what}</strong>
            {more === "" ? null : <small>{more}</small>}
            {said === null || said === "" ? null : <code>{said}</code>}
          </div>
        </li>
      ))}
    </ol>
  );
}
