// Success, doubt and latency of each provider and product over the last day.
import type { z } from "zod";
import type { Asked } from "./ask.ts";
import { Moment } from "./page.tsx";
import type { healthSchema } from "./provider-answers.ts";
import { RefusedNote } from "./refused.tsx";
import { Table } from "./table.tsx";

export function HealthTable({ health }: { readonly health: Asked<z.infer<typeof healthSchema>> }) {
  return (
    <section aria-labelledby="health">
      <h2 id="health">The last 24 hours</h2>
      {health.ok ? <Rows {...health.value} /> : <RefusedNote refused={health.refused} />}
    </section>
  );
}

function Rows({ health, known_until: knownUntil }: z.infer<typeof healthSchema>) {
  return (
    <>
      <Table
        label="Health of the last 24 hours"
        head={["Provider", "Product", "Sent", "Success", "Doubt", "Not decided", "Half within", "95 % within"]}
        figures={[2, 3, 4, 5, 6, 7]}
        empty="Nothing was sent in the last 24 hours."
        rows={health.map((one) => [
          one.provider,
          one.product,
          one.attempts,
          percent(one.success_rate),
          percent(one.doubt_rate),
          one.open,
          one.latency_ms === null ? "–" : `${one.latency_ms.p50} ms`,
          one.latency_ms === null ? "–" : `${one.latency_ms.p95} ms`,
        ])}
      />
      {knownUntil === null ? null : (
        <p class="muted">
          As the ledger knew it at <Moment at={knownUntil} />.
        </p>
      )}
    </>
  );
}

function percent(rate: number | null): string {
  return rate === null ? "–" : `${(rate * 100).toFixed(1)} %`;
}
