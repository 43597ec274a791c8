// The last runs of the reconciliation, which tells by itself how far the one at work is.
import { z } from "zod";
import type { Asked } from "./ask.ts";
import { countText } from "./count-text.ts";
import { Moment } from "./page.tsx";
import { RefusedNote } from "./refused.tsx";

export const runsSchema = z.object({
  runs: z.array(
    z.object({
      started_at: z.string(),
      ended_at: z.string().nullable(),
      state: z.enum(["running", "done", "broke_off"]),
      is_thorough: z.boolean(),
      asked_by: z.string().nullable(),
      partners: z.int(),
      differences: z.int(),
      floats: z.int(),
      faults: z.int(),
    }),
  ),
});
type Runs = z.infer<typeof runsSchema>;
type Run = Runs["runs"][number];

const shown = 10;
const states = {
  running: ["doubt", "… at work"],
  done: ["succeeded", "✓ done"],
  broke_off: ["failed", "✗ broke off"],
} as const satisfies Record<Run["state"], readonly [tone: string, text: string]>;

export function RunList({ asked }: { readonly asked: Asked<Runs> }) {
  return (
    <div id="runs" class="live" hx-get="/console/reconciliation/runs" hx-trigger="every 3s" hx-swap="outerHTML">
      {asked.ok ? <Runs runs={asked.value.runs} /> : <RefusedNote refused={asked.refused} />}
    </div>
  );
}

function Runs({ runs }: Runs) {
  if (runs.length === 0) return <p class="empty">There was no run yet.</p>;
  return (
    <ol class="timeline">
      {runs.slice(0, shown).map((run) => (
        <RunItem run={run} />
      ))}
    </ol>
  );
}

function foundText({ state, differences, floats, faults }: Run): string {
  if (differences + floats + faults === 0) return state === "done" ? ", nothing differs" : "";
  const unheard = countText(faults, "account could not be asked", "accounts could not be asked");
  return `; ${countText(differences, "figure differs", "figures differ")}, ${countText(floats, "float differs", "floats differ")}, ${unheard}`;
}

function RunItem({ run }: { readonly run: Run }) {
  const [tone, text] = states[run.state];
  return (
    <li class={tone}>
      <span class={`badge ${tone}`}>{text}</span> <Moment at={run.started_at} />,{" "}
      {run.is_thorough ? "thorough" : "quick"}, by {run.asked_by ?? "the schedule"}
      <br />
      <small>
        {countText(run.partners, "partner")} asked{foundText(run)}.
      </small>
    </li>
  );
}
