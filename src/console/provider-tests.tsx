// Tests of a provider: one real recharge that the house pays for, through this provider alone, and what became of the last ones.
import type { Guest } from "../partners/sessions.ts";
import type { Asked } from "./ask.ts";
import { Fold } from "./field.tsx";
import { moneyText } from "./money-text.ts";
import { OnlyFor } from "./only-for.tsx";
import { Moment } from "./page.tsx";
import { currencyOf, type House, type Test } from "./provider-test-answers.ts";
import { RefusedNote } from "./refused.tsx";
import { TestForm, type TestFormProps } from "./provider-test-form.tsx";
import { Table } from "./table.tsx";

interface TestsProps extends TestFormProps {
  readonly tests: Asked<House>;
  readonly guest: Guest;
}

export function Tests({ place, codes, chosen, tests, guest }: TestsProps) {
  return (
    <section aria-labelledby="tests">
      <h2 id="tests">Tests</h2>
      {tests.ok ? <TestList place={place} house={tests.value} /> : <RefusedNote refused={tests.refused} />}
      <OnlyFor guest={guest} scope="operator">
        {chosen === null ? (
          <Fold title="Send a test">
            <TestForm place={place} codes={codes} chosen={null} />
          </Fold>
        ) : (
          <div class="card">
            <TestForm place={place} codes={codes} chosen={chosen} />
          </div>
        )}
      </OnlyFor>
    </section>
  );
}

function Purse({ partner, wallet }: House) {
  if (partner === null || wallet === null)
    return <p class="muted">No test was sent in this mode yet. The first one makes the house's own partner.</p>;
  return (
    <p class="muted">
      The house pays for tests: it has {moneyText(wallet.balance, wallet.currency)}.{" "}
      <a href={`/console/partners/${partner}`}>Its wallet and limits</a>
    </p>
  );
}

/** What is pending asks for itself anew until it is decided. */
function TestList({ place, house }: { readonly place: string; readonly house: House }) {
  const { tests } = house;
  const isPending = tests.some(({ recharge }) => recharge?.state === "pending");
  const live = { "hx-get": place, "hx-trigger": "every 3s", "hx-select": "#test-list", "hx-swap": "outerMorph" };
  return (
    <div id="test-list" class="live" {...(isPending ? live : {})}>
      <Purse {...house} />
      <Table
        label="The last tests"
        head={["Asked", "Product", "Number", "Amount", "Result"]}
        figures={[3]}
        empty="Nobody has tested this provider yet."
        rows={tests.map((one) => [
          <>
            <Moment at={one.asked_at} />
            <small>by {one.asked_by}</small>
          </>,
          one.product,
          one.number,
          moneyText(one.amount, currencyOf(one.product)),
          <Result test={one} />,
        ])}
      />
    </div>
  );
}

function Result({ test: { recharge } }: { readonly test: Test }) {
  if (recharge === null)
    return (
      <>
        <span class="badge">no recharge</span> <small>refused, or not there yet</small>
      </>
    );
  const said =
    recharge.failure?.text ??
    (recharge.operator_reference === null ? null : `reference ${recharge.operator_reference}`);
  return (
    <>
      <span class={`badge ${recharge.state}`}>{recharge.state}</span>{" "}
      <a href={`/console/recharges/${recharge.id}`}>{recharge.id}</a>
      {said === null ? null : <small>{said}</small>}
    </>
  );
}
