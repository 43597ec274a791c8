// Webhook endpoints and their deliveries, as staff and the partner itself see them.
import { Choice, Field, Fold, Press } from "./field.tsx";
import { Moment } from "./page.tsx";
import { Table } from "./table.tsx";
import type { Deliveries, Endpoint } from "./webhook-answers.ts";

interface EndpointListProps {
  readonly place: string;
  readonly endpoints: readonly Endpoint[];
}

export function EndpointList({ place, endpoints }: EndpointListProps) {
  return (
    <Table
      label="Webhook endpoints"
      head={["Address", "State", "Told", "Failures in a row", ""]}
      figures={[3]}
      empty="Nobody is told anything. Add an endpoint below."
      rows={endpoints.map((one) => [
        <>
          <a href={`${place}/${one.id}`}>{one.url}</a>
          <br />
          <small>{one.description || one.form}</small>
        </>,
        <StateBadge state={one.state} cause={one.cause} />,
        `${one.events.length} kinds`,
        one.failures,
        <div class="choices">
          <Press action={`${place}/${one.id}/test`} text="Send a test" isOnce />
          <Press action={`${place}/${one.id}/secret`} text="New secret" />
          <Press action={`${place}/${one.id}/remove`} text="Remove" isDangerous />
        </div>,
      ])}
    />
  );
}

function StateBadge({ state, cause }: { readonly state: string; readonly cause: string | null }) {
  const looks = state === "active" ? "succeeded" : state === "paused" ? "pending" : "failed";
  return (
    <>
      <span class={`badge ${looks}`}>{state}</span> {cause?.replaceAll("_", " ")}
    </>
  );
}

export function NewEndpoint({ place }: { readonly place: string }) {
  return (
    <Fold title="Add an endpoint">
      <form method="post" action={place}>
        <Field label="Address" name="url" type="url" hint="https at a public host" />
        <Choice
          label="Form"
          name="form"
          options={[
            ["standard", "standard: a signed POST"],
            ["backnpay", "backnpay: a GET of that family"],
          ]}
        />
        <Field label="Description" name="description" isOptional />
        <button type="submit">Go on</button>
      </form>
    </Fold>
  );
}

const looks: Readonly<Record<string, string>> = { delivered: "succeeded", dead: "failed" };

export function DeliveryTable({ place, page }: { readonly place: string; readonly page: Deliveries }) {
  return (
    <section aria-labelledby="deliveries">
      <h2 id="deliveries">Deliveries, the latest first</h2>
      <Table
        label="Deliveries"
        head={["Happened", "What", "State", "Tries", "Last answer", ""]}
        figures={[3]}
        empty="Nothing was to be told yet."
        rows={page.deliveries.map((one) => {
          const last = one.log.at(-1);
          return [
            <Moment at={one.at} />,
            one.type,
            <span class={`badge ${looks[one.state] ?? "pending"}`}>{one.state}</span>,
            one.tries,
            last === undefined ? "none yet" : `${last.status ?? last.result} ${last.said}`,
            <Press action={`${place}/redeliver`} text="Send again" fields={{ delivery: one.id }} isOnce />,
          ];
        })}
      />
      {page.next_before === null ? null : (
        <p>
          <a href={`${place}?before=${page.next_before}`}>Earlier ones</a>
        </p>
      )}
    </section>
  );
}

export function SendAgainSince({ place }: { readonly place: string }) {
  return (
    <Fold title="Send everything again since a time">
      <form method="post" action={`${place}/redeliver-since`}>
        <Field label="Since (UTC)" name="since" type="datetime-local" />
        <button type="submit">Go on</button>
      </form>
    </Fold>
  );
}
