// Lines of a file as a mapping reads them, or what cannot be read.
import { z } from "zod";
import { toneOf } from "./case-words.ts";
import { Moment } from "./page.tsx";

export const previewSchema = z.object({
  rows: z.array(
    z.object({
      line: z.int(),
      word: z.string(),
      said: z.string(),
      at: z.string(),
      their_id: z.string().nullable(),
      reference: z.string().nullable(),
      number: z.string().nullable(),
      amount: z.string().nullable(),
      movement: z.string().nullable(),
      balance_after: z.string().nullable(),
    }),
  ),
  problems: z.array(z.object({ pointer: z.string(), reason: z.string() })),
  footing: z.string().nullable(),
});
export type Preview = z.infer<typeof previewSchema>;

const columns = ["Line", "We read", "They say", "At", "Their id", "Reference", "Number", "Amount", "Moved", "Balance"];

export function MappingPreview({ preview }: { readonly preview: Preview }) {
  const { rows, problems, footing } = preview;
  return (
    <section aria-labelledby="preview">
      <h2 id="preview">So these lines are read</h2>
      {problems.length === 0 ? null : (
        <div class="refused" role="alert">
          <p>
            <strong>Some lines cannot be read.</strong> Nothing was remembered.
          </p>
          <ul>
            {problems.map(({ pointer, reason }) => (
              <li>
                <code>{pointer}</code> {reason}
              </li>
            ))}
          </ul>
        </div>
      )}
      {rows.length === 0 && problems.length === 0 ? <p class="empty">There is no row in these lines.</p> : null}
      {rows.length === 0 ? null : <Rows rows={rows} />}
      {footing === null ? null : <p class="muted">{footing}</p>}
    </section>
  );
}

function Rows({ rows }: Pick<Preview, "rows">) {
  return (
    <div class="table" tabindex={0} role="region" aria-label="Rows as they are read">
      <table class="stacks">
        <thead>
          <tr>
            {columns.map((name) => (
              <th scope="col">{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              <th scope="row">{row.line}</th>
              <td data-label="We read">
                <span class={`badge ${toneOf(row.word)}`}>{row.word}</span>
              </td>
              <td data-label="They say">{row.said}</td>
              <td data-label="At">
                <Moment at={row.at} />
              </td>
              <Cell name="Their id" text={row.their_id} />
              <Cell name="Reference" text={row.reference} />
              <Cell name="Number" text={row.number} />
              <Cell name="Amount" text={row.amount} />
              <Cell name="Moved" text={row.movement} />
              <Cell name="Balance" text={row.balance_after} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ name, text }: { readonly name: string; readonly text: string | null }) {
  return <td data-label={name}>{text ?? "—"}</td>;
}
