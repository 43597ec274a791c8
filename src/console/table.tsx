// A table as every page shows it: it scrolls by itself where the screen is narrow, and says so where it is empty.
import type { Child } from "hono/jsx";

interface TableProps {
  /** Said to readers of screens. */
  readonly label: string;
  readonly head: readonly string[];
  /** Columns of numbers, from 0. */
  readonly figures?: readonly number[];
  readonly rows: readonly (readonly Child[])[];
  readonly empty: string;
}

export function Table({ label, head, figures = [], rows, empty }: TableProps) {
  if (rows.length === 0) return <p class="empty">{empty}</p>;
  const classOf = (column: number) => (figures.includes(column) ? "figure" : undefined);
  return (
    <div class="table stacks" role="region" aria-label={label} tabindex={0}>
      <table>
        <thead>
          <tr>
            {head.map((name, column) => (
              <th scope="col" class={classOf(column)}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells) => (
            <tr>
              {cells.map((cell, column) => (
                <td class={classOf(column)} data-label={head[column]}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
