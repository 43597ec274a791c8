// The statement of wallets as a table that foots: opening, every movement, closing.
import type { Context } from "hono";
import { z } from "zod";
import type { ConsoleEnv } from "./console-env.ts";
import { Field } from "./field.tsx";
import { moneyText } from "./money-text.ts";
import { Moment } from "./page.tsx";
import { Table } from "./table.tsx";

export const statementsSchema = z.object({
  statements: z.array(
    z.object({
      currency: z.string(),
      from: z.string(),
      to: z.string(),
      opening: z.string(),
      total_in: z.string(),
      total_out: z.string(),
      closing: z.string(),
      as_of_event: z.int(),
      next_after: z.int().nullable(),
      lines: z.array(
        z.object({
          at: z.string(),
          type: z.string(),
          recharge_id: z.string().nullable(),
          product: z.string().nullable(),
          reason: z.string().nullable(),
          external_reference: z.string().nullable(),
          amount_in: z.string(),
          amount_out: z.string(),
          balance: z.string(),
        }),
      ),
    }),
  ),
});
type Statement = z.infer<typeof statementsSchema>["statements"][number];

interface Span {
  readonly from: string;
  readonly to: string;
  /** For the API, which shows so many lines of a wallet at once. */
  readonly query: string;
}

const linesAtOnce = 100;

const dayMs = 86_400_000;

function day(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** Days of the address (UTC), `to` included; the last seven where it names none. Where it goes on from an event, it does in one wallet. */
export function spanIn(c: Context<ConsoleEnv>): Span {
  const { clock } = c.get("services");
  const named = (name: string) => /^\d{4}-\d{2}-\d{2}$/.exec(c.req.query(name) ?? "")?.[0];
  const to = named("to") ?? day(clock.now());
  const from = named("from") ?? day(clock.now() - 6 * dayMs);
  const end = Date.parse(`${to}T00:00:00Z`);
  const after = Number.isNaN(end) ? to : day(end + dayMs);
  const query = new URLSearchParams({
    limit: String(linesAtOnce),
    from: `${from}T00:00:00Z`,
    to: `${after}T00:00:00Z`,
  });
  const currency = /^[A-Z]{3}$/.exec(c.req.query("currency") ?? "")?.[0];
  const event = /^\d{1,9}$/.exec(c.req.query("after") ?? "")?.[0];
  if (currency !== undefined) query.set("currency", currency);
  if (currency !== undefined && event !== undefined) query.set("after", event);
  return { from, to, query: query.toString() };
}

export function SpanForm({ action, span }: { readonly action: string; readonly span: Span }) {
  return (
    <form method="get" action={action} class="filters">
      <Field label="From (UTC)" name="from" type="date" value={span.from} />
      <Field label="To, included" name="to" type="date" value={span.to} />
      <button type="submit">Show</button>
    </form>
  );
}

interface StatementsProps {
  /** The page's own path, and the days that it shows. */
  readonly action: string;
  readonly span: Span;
  readonly statements: readonly Statement[];
}

export function Statements({ action, span, statements }: StatementsProps) {
  return (
    <>
      {statements.map((statement) => (
        <OneStatement statement={statement} place={`${action}?from=${span.from}&to=${span.to}`} />
      ))}
    </>
  );
}

function OneStatement({ statement, place }: { readonly statement: Statement; readonly place: string }) {
  const { currency, opening, closing, total_in: totalIn, total_out: totalOut } = statement;
  const figure = (amount: string) => (amount === "0.00" ? "" : moneyText(amount, currency));
  return (
    <section aria-labelledby={`statement-${currency}`}>
      <h2 id={`statement-${currency}`}>{currency}</h2>
      <dl class="facts">
        <div>
          <dt>Opening</dt>
          <dd>{moneyText(opening, currency)}</dd>
        </div>
        <div>
          <dt>In</dt>
          <dd>{moneyText(totalIn, currency)}</dd>
        </div>
        <div>
          <dt>Out</dt>
          <dd>{moneyText(totalOut, currency)}</dd>
        </div>
        <div>
          <dt>Closing</dt>
          <dd>{moneyText(closing, currency)}</dd>
        </div>
      </dl>
      <Table
        label={`Movements in ${currency}`}
        head={["When", "What", "About", "In", "Out", "Balance"]}
        figures={[3, 4, 5]}
        empty="Nothing moved in this time."
        rows={statement.lines.map((line) => [
          <Moment at={line.at} />,
          line.type,
          aboutOf(line),
          figure(line.amount_in),
          figure(line.amount_out),
          moneyText(line.balance, currency),
        ])}
      />
      {statement.next_after === null ? null : (
        <p>
          <a class="button" href={`${place}&currency=${currency}&after=${statement.next_after}`}>
            Later movements in {currency}
          </a>
        </p>
      )}
      <p class="muted">Complete up to event {statement.as_of_event} of the account.</p>
    </section>
  );
}

function aboutOf(line: Statement["lines"][number]): string {
  return [line.recharge_id, line.product, line.reason, line.external_reference]
    .filter((one) => one !== null)
    .join(" · ");
}
