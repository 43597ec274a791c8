// The fields of the form about a provider's statements.
import type { Child } from "hono/jsx";
import { Choice, Field } from "./field.tsx";
import { columnNames, type Fields, summaryNames, wordNames } from "./mapping-form.ts";

const columnTexts = {
  id: "Their id of the order",
  reference: "Our reference",
  number: "Subscriber number",
  amount: "Face value *",
  status: "Status *",
  time: "Time of the order *",
  changed: "Time of the status",
  operator: "Operator's reference",
  debit: "Debit",
  credit: "Credit",
  balance: "Balance after",
} as const satisfies Record<(typeof columnNames)[number], string>;

const wordTexts = {
  success: "Success *",
  failure: "Failure",
  refund: "Refund",
  pending: "Pending",
  other: "About no recharge",
} as const satisfies Record<(typeof wordNames)[number], string>;

const summaryTexts = {
  from: "Period from",
  to: "Period to",
  opening: "Opening balance",
  closing: "Closing balance",
  made: "Made at",
  date: "Form of these times, where it is another",
} as const satisfies Record<(typeof summaryNames)[number], string>;

const groupings = [
  ["", "nothing"],
  [",", ", comma"],
  [".", ". point"],
  [" ", "a space"],
  ["'", "' apostrophe"],
] as const;
const points = [
  [".", ". point"],
  [",", ", comma"],
] as const;
const delimiters = [
  [",", ", comma"],
  [";", "; semicolon"],
  ["\t", "tab"],
  ["|", "| bar"],
] as const;

export function MappingFields({ fields }: { readonly fields: Fields }) {
  const valueOf = (name: string): string => fields[name] ?? "";
  return (
    <>
      <Group name="Columns, by their headings in the file">
        {columnNames.map((name) => (
          <Field name={`column.${name}`} label={columnTexts[name]} value={valueOf(`column.${name}`)} isOptional />
        ))}
      </Group>
      <Group name="Words of the status, one a line">
        {wordNames.map((name) => (
          <div>
            <label for={`word.${name}`}>{wordTexts[name]}</label>
            <textarea id={`word.${name}`} name={`word.${name}`} rows={3} spellcheck={false}>
              {valueOf(`word.${name}`)}
            </textarea>
          </div>
        ))}
      </Group>
      <Group name="Times and figures">
        <Field name="date" label="Form of a time *" value={valueOf("date")} isOptional />
        <Field name="zone" label="Zone of their clock *" value={valueOf("zone")} isOptional />
        <Choice name="point" label="Decimals begin with" options={points} value={valueOf("point")} />
        <Choice
          name="grouping"
          label="Groups of digits are parted by"
          options={groupings}
          value={valueOf("grouping")}
        />
        <Choice name="delimiter" label="Cells are parted by" options={delimiters} value={valueOf("delimiter")} />
      </Group>
      <Group name="Labels of the lines outside of the table, where the file states period and balances">
        {summaryNames.map((name) => (
          <Field name={`summary.${name}`} label={summaryTexts[name]} value={valueOf(`summary.${name}`)} isOptional />
        ))}
      </Group>
    </>
  );
}

function Group({ name, children }: { readonly name: string; readonly children: Child }) {
  return (
    <fieldset class="card">
      <legend>{name}</legend>
      <div class="cards">{children}</div>
    </fieldset>
  );
}
