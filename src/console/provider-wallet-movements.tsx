// Movements of our wallet at a provider that staff recorded, and the form of one more.
import { Choice, Field, Fold } from "./field.tsx";
import { Moment } from "./page.tsx";
import type { WalletBook } from "./provider-wallet-answers.ts";
import { Table } from "./table.tsx";

const shown = 50;

export function MovementTable({ movements }: Pick<WalletBook, "movements">) {
  return (
    <section aria-labelledby="movements">
      <h2 id="movements">Movements that are no call of ours</h2>
      <Table
        label="Recorded movements"
        head={["When", "Change", "Note", "Reference", "Recorded"]}
        figures={[1]}
        empty="Staff recorded none: no top-up of this wallet, and nothing taken out of it."
        rows={movements.slice(0, shown).map((one) => [
          one.from === one.until ? (
            <Moment at={one.from} />
          ) : (
            <>
              <Moment at={one.from} /> to <Moment at={one.until} />
            </>
          ),
          one.change.startsWith("-") ? `−${one.change.slice(1)}` : `+${one.change}`,
          one.note,
          <code>{one.external_reference}</code>,
          <>
            by {one.by} <Moment at={one.recorded_at} />
          </>,
        ])}
      />
      {movements.length > shown ? <p class="muted">The newest {shown} are shown.</p> : null}
    </section>
  );
}

export function NewMovement({ place }: { readonly place: string }) {
  return (
    <Fold title="Record a movement">
      <form method="post" action={`${place}/movements`}>
        <Choice
          label="The wallet there"
          name="direction"
          options={[
            ["in", "grew: a top-up, money given back"],
            ["out", "shrank: a fee, money taken out"],
          ]}
        />
        <Field label="Amount" name="amount" mode="decimal" hint="Such as 50000.00" />
        <Field
          label="When (UTC)"
          name="from"
          type="datetime-local"
          hint="Or not before, where it is not known exactly."
        />
        <Field label="Not after (UTC)" name="until" type="datetime-local" isOptional hint="Empty: exactly then." />
        <Field label="Note" name="note" />
        <Field
          label="External reference"
          name="external_reference"
          hint="Of your bank, or the provider's. The same one is recorded once."
        />
        <button type="submit">Go on</button>
      </form>
    </Fold>
  );
}
