// The money of one recharge: each transfer takes from one column and gives to another, so every line and the whole come to zero.
import { formatAmount, type Minor, minor, parseAmount } from "../base/money.ts";
import { moneyText } from "./money-text.ts";
import type { Book } from "./recharge-answers.ts";

type Movement = Book["movements"][number];

/** Kinds of ledger accounts, as staff call them, in the order of the columns. */
const columns = {
  wallet: "Wallet",
  held: "Set aside",
  debt: "Debt",
  float: "Spent at the provider",
  commission: "Commission given",
  margin: "Commission got",
  rewards: "Rewards",
  cash: "Bank",
  suspense: "Unexplained",
} as const;
type Column = keyof typeof columns;

export interface MoneyLine {
  readonly event: number;
  readonly type: string;
  readonly currency: string;
  /** Above zero: it came into the column. */
  readonly changes: Readonly<Partial<Record<Column, Minor>>>;
}

export function moneyLines({ events, movements }: Book): readonly MoneyLine[] {
  return events.flatMap(({ number, type }) => {
    const own = movements.filter(({ event }) => event === number);
    const [first] = own;
    return first === undefined ? [] : [{ event: number, type, currency: first.currency, changes: changesOf(own) }];
  });
}

function changesOf(movements: readonly Movement[]): MoneyLine["changes"] {
  const changes: Partial<Record<Column, Minor>> = {};
  const change = (name: string, by: number): void => {
    const column = Object.keys(columns).find((one): one is Column => name.startsWith(`${one}:`));
    if (column !== undefined) changes[column] = minor((changes[column] ?? 0) + by);
  };
  for (const { debit, credit, amount } of movements) {
    const value = parseAmount(amount) ?? 0;
    change(debit, 0 - value);
    change(credit, value);
  }
  return changes;
}

export function MoneyTable({ book }: { readonly book: Book }) {
  const lines = moneyLines(book);
  const [first] = lines;
  if (first === undefined) return <p class="empty">No money has moved.</p>;
  const used = Object.keys(columns).filter(
    (column): column is Column => isColumn(column) && lines.some(({ changes }) => changes[column] !== undefined),
  );
  const footing = Object.fromEntries(used.map((column) => [column, sumOf(lines.map((line) => line.changes[column]))]));
  return (
    <section class="table" aria-labelledby="money" tabindex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Event</th>
            {used.map((column) => (
              <th scope="col" class="figure">
                {columns[column]}
              </th>
            ))}
            <th scope="col" class="figure">
              Comes to
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Line name={`${line.event} ${line.type.replaceAll(/[._]/g, " ")}`} line={line} used={used} />
          ))}
        </tbody>
        <tfoot>
          <Line name="In all" line={{ currency: first.currency, changes: footing }} used={used} />
        </tfoot>
      </table>
    </section>
  );
}

interface Shown {
  readonly name: string;
  readonly line: Pick<MoneyLine, "currency" | "changes">;
  readonly used: readonly Column[];
}

function Line({ name, line: { currency, changes }, used }: Shown) {
  const text = (amount: Minor): string => moneyText(formatAmount(amount), currency);
  return (
    <tr>
      <th scope="row">{name}</th>
      {used.map((column) => (
        <td class="figure">{changes[column] === undefined ? "" : text(changes[column])}</td>
      ))}
      <td class="figure">{text(sumOf(used.map((column) => changes[column])))}</td>
    </tr>
  );
}

function sumOf(amounts: readonly (Minor | undefined)[]): Minor {
  return minor(amounts.reduce<number>((sum, amount) => sum + (amount ?? 0), 0));
}

function isColumn(name: string): name is Column {
  return Object.hasOwn(columns, name);
}
