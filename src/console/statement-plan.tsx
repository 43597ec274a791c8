// A dry run as a diff: what applying would change first, each row with a sign, a word and a colour.
import { casePath } from "./case-answers.ts";
import { Moment } from "./page.tsx";
import { type MissingAttempt, type Plan, type PlanRow, statementsPath } from "./statement-answers.ts";

interface PlanProps {
  readonly plan: Plan;
  readonly provider: string;
  readonly mayApply: boolean;
}

const shownRows = 300;

const dispositionTexts: Readonly<Record<string, string>> = {
  settles: "settles",
  contradicts: "contradicts what we know",
  agrees: "agrees",
  known: "was used before",
  not_final: "not final",
  does_not_fit: "does not fit",
  ambiguous: "fits more than one",
  too_fresh: "too fresh",
  unknown: "not ours",
  other: "no recharge",
};

export function StatementPlan({ plan, provider, mayApply }: PlanProps) {
  const applied = plan.rows.filter((row) => row.is_applied);
  const others = plan.rows.filter((row) => !row.is_applied);
  return (
    <>
      <Footing footing={plan.footing} />
      <ApplyForm plan={plan} provider={provider} mayApply={mayApply} />
      <section aria-labelledby="changes">
        <h2 id="changes">What applying tells the accounts</h2>
        {applied.length === 0 ? <p class="empty">No row changes anything.</p> : <Rows rows={applied} />}
        <Missing missing={plan.missing} />
      </section>
      <section aria-labelledby="same">
        <h2 id="same">What stays as it is</h2>
        <Counts rows={plan.statement.counts.rows} />
        {others.length === 0 ? null : (
          <details>
            <summary>The rows ({others.length})</summary>
            <Rows rows={others.slice(0, shownRows)} />
          </details>
        )}
      </section>
    </>
  );
}

function Footing({ footing }: Pick<Plan, "footing">) {
  return footing.foots ? (
    <p>
      <span class="badge succeeded">✓ The file foots</span> It has every row of its period, so what it lacks was never
      executed.
      {footing.covers === null ? null : (
        <>
          {" "}
          <Moment at={footing.covers.from} /> to <Moment at={footing.covers.to} />.
        </>
      )}
    </p>
  ) : (
    <p>
      <span class="badge doubt">◆ The file does not foot</span> {footing.reason} What it lacks proves nothing.
    </p>
  );
}

/** What it will do, in figures; the same dry run applied twice does it once. */
function ApplyForm({ plan, provider, mayApply }: PlanProps) {
  const { statement, rows, missing } = plan;
  const says = (word: string) => rows.filter((row) => row.is_applied && row.word === word).length;
  const failed = missing.filter(({ word }) => word === "failure").length;
  const absent = missing.filter(({ word }) => word === "absence").length;
  const isOver = statement.state === "applied";
  return (
    <form
      method="post"
      action={`${statementsPath(provider)}/${statement.id}/apply`}
      class="card proposal"
      data-busy="The accounts are told…"
    >
      <p>
        <strong>{statement.counts.words}</strong> words would be told: {says("success")} of success, {says("failure")}{" "}
        of failure, {says("refund")} of refund, {failed} of failure because the file lacks them, {absent} of absence.
        Nothing has moved yet. Where an attempt has heard something since, nothing is done; an account that hears
        something in that very moment takes none of its words, and they are counted as too late.
      </p>
      <button type="submit" class="danger" disabled={!mayApply || isOver || statement.counts.words === 0}>
        Apply: tell {statement.counts.words} words
      </button>
      {isOver ? <p class="muted">This dry run was applied before.</p> : null}
      {mayApply ? null : <p class="muted">Your role may not apply: it takes the scope operator.</p>}
      <p role="status" class="busy" />
    </form>
  );
}

function Counts({ rows }: { readonly rows: Readonly<Record<string, number>> }) {
  const counted = Object.entries(rows).filter(([, count]) => count > 0);
  if (counted.length === 0) return <p class="empty">The file has no rows.</p>;
  return <p>{counted.map(([name, count]) => `${count} ${dispositionTexts[name] ?? name}`).join(" · ")}</p>;
}

const columns = ["Line", "What becomes of it", "They say", "Recharge", "Number", "Amount", "At"] as const;

function Rows({ rows }: { readonly rows: readonly PlanRow[] }) {
  return (
    <div class="table">
      <table class="stacks">
        <thead>
          <tr>
            {columns.map((name) => (
              <th scope="col" class={name === "Amount" ? "figure" : undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ row }: { readonly row: PlanRow }) {
  const { tone, sign } = lookOf(row);
  return (
    <tr class={`diff ${tone}`}>
      <th scope="row">{row.line}</th>
      <td data-label="What becomes of it">
        <span class={`badge ${tone}`}>
          {sign} {dispositionTexts[row.disposition] ?? row.disposition}
        </span>
        <small class="words">{row.reason}</small>
      </td>
      <td data-label="They say">
        {row.said} <small>({row.word})</small>
        {row.their_id === null ? null : <small class="words">{row.their_id}</small>}
      </td>
      <td data-label="Recharge">
        {row.attempt === null ? (
          "—"
        ) : (
          <a href={casePath(row.attempt.recharge_id)}>
            {row.attempt.recharge_id} ({row.attempt.state.replaceAll("_", " ")})
          </a>
        )}
      </td>
      <td data-label="Number">{row.number ?? "—"}</td>
      <td data-label="Amount" class="figure">
        {row.amount ?? "—"}
      </td>
      <td data-label="At">
        <Moment at={row.at} />
      </td>
    </tr>
  );
}

/** `+` success, `−` failure or refund, `!` against what we know, `=` nothing changes. */
function lookOf({ is_applied, disposition, word }: PlanRow): { readonly tone: string; readonly sign: string } {
  if (disposition === "contradicts") return { tone: "doubt", sign: "!" };
  if (!is_applied) return { tone: "", sign: "=" };
  return word === "success" ? { tone: "succeeded", sign: "+" } : { tone: "failed", sign: "−" };
}

const missingLooks = {
  failure: ["failed", "− fails"],
  absence: ["doubt", "? not found"],
  nothing: ["", "= nothing"],
} as const satisfies Record<MissingAttempt["word"], readonly [tone: string, text: string]>;

function Missing({ missing }: { readonly missing: readonly MissingAttempt[] }) {
  if (missing.length === 0) return null;
  return (
    <>
      <h3>Open recharges that the file does not have</h3>
      <ul class="plain">
        {missing.slice(0, shownRows).map(({ attempt, word, reason }) => {
          const [tone, text] = missingLooks[word];
          return (
            <li>
              <span class={`badge ${tone}`}>{text}</span>{" "}
              <a href={casePath(attempt.recharge_id)}>{attempt.recharge_id}</a> <small>{reason}</small>
            </li>
          );
        })}
      </ul>
      {missing.length > shownRows ? <p class="muted">{missing.length - shownRows} more are not shown.</p> : null}
    </>
  );
}
