// The fields of the form about a provider's statements.
import type { Child } from "hono/jsx";
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
  return (
    <>
      <Group name="Columns, by their headings in the file">
        {columnNames.map((name) => (
          <Text name={`column.${name}`} label={columnTexts[name]} fields={fields} />
        ))}
      </Group>
      <Group name="Words of the status, one a line">
        {wordNames.map((name) => (
          <div>
            <label for={`word.${name}`}>{wordTexts[name]}</label>
            <textarea id={`word.${name}`} name={`word.${name}`} rows={3} spellcheck={false}>
              {fields[`word.${name}`] ?? ""}
            </textarea>
          </div>
        ))}
      </Group>
      <Group name="Times and figures">
        <Text name="date" label="Form of a time *" fields={fields} />
        <Text name="zone" label="Zone of their clock *" fields={fields} />
        <Choice name="point" label="Decimals begin with" choices={points} fields={fields} />
        <Choice name="grouping" label="Groups of digits are parted by" choices={groupings} fields={fields} />
        <Choice name="delimiter" label="Cells are parted by" choices={delimiters} fields={fields} />
      </Group>
      <Group name="Labels of the lines outside of the table, where the file states period and balances">
        {summaryNames.map((name) => (
          <Text name={`summary.${name}`} label={summaryTexts[name]} fields={fields} />
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

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly fields: Fields;
}

function Text({ name, label, fields }: FieldProps) {
  return (
    <div>
      <label for={name}>{label}</label>
      <input id={name} name={name} value={fields[name] ?? ""} maxlength={80} spellcheck={false} autocomplete="off" />
    </div>
  );
}

function Choice(props: FieldProps & { readonly choices: readonly (readonly [value: string, text: string])[] }) {
  const { name, label, fields, choices } = props;
  return (
    <div>
      <label for={name}>{label}</label>
      <select id={name} name={name}>
        {choices.map(([value, text]) => (
          <option value={value} selected={fields[name] === value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}
