// One labelled field of a form.
import type { Child } from "hono/jsx";
import { FormId } from "./form-id.tsx";
import type { Suggests } from "./suggestions.tsx";

interface FieldProps {
  readonly label: string;
  readonly name: string;
  readonly value?: string;
  readonly type?: "text" | "number" | "date" | "datetime-local" | "url";
  readonly hint?: string;
  readonly isOptional?: boolean;
  readonly mode?: "decimal" | "numeric" | "text";
  /** Id of a list of `Suggestions`, or of the page's own. */
  readonly suggests?: Suggests | "verbs" | "people";
}

export function Field({ label, name, value, type = "text", hint, isOptional = false, mode, suggests }: FieldProps) {
  return (
    <label>
      {label}
      <input
        name={name}
        type={type}
        value={value}
        required={!isOptional}
        inputmode={mode}
        list={suggests}
        autocomplete="off"
        step={type === "datetime-local" ? "1" : undefined}
      />
      {hint === undefined ? null : <small>{hint}</small>}
    </label>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly name: string;
  readonly options: readonly (readonly [value: string, label: string])[];
  readonly value?: string;
}

export function Choice({ label, name, options, value }: ChoiceProps) {
  return (
    <label>
      {label}
      <select name={name}>
        {options.map(([option, text]) => (
          <option value={option} selected={option === value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

interface TicksProps {
  readonly label: string;
  readonly name: string;
  readonly options: readonly string[];
  readonly ticked: readonly string[];
}

export function Ticks({ label, name, options, ticked }: TicksProps) {
  return (
    <fieldset class="ticks">
      <legend>{label}</legend>
      {options.map((option) => (
        <label>
          <input type="checkbox" name={name} value={option} checked={ticked.includes(option)} /> {option}
        </label>
      ))}
    </fieldset>
  );
}

/** A form that opens when it is asked for. */
export function Fold({ title, children }: { readonly title: string; readonly children: Child }) {
  return (
    <details class="card">
      <summary>{title}</summary>
      {children}
    </details>
  );
}

/** One press without a form around it. */
export function Press({
  action,
  text,
  fields = {},
  isDangerous = false,
  isOnce = false,
}: {
  readonly action: string;
  readonly text: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly isDangerous?: boolean;
  /** It is done without a question. */
  readonly isOnce?: boolean;
}) {
  return (
    <form method="post" action={action} class="press">
      {isOnce ? <FormId /> : null}
      {Object.entries(fields).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <button type="submit" class={isDangerous ? "danger" : "quiet"}>
        {text}
      </button>
    </form>
  );
}
