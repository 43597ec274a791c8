// A partner's disputes as a list, in its portal and on its page for staff: what narrows it, and further pages.
import type { Context } from "hono";
import type { z } from "zod";
import { disputeStates } from "../recharges/dispute.ts";
import type { Asked } from "./ask.ts";
import { dispositionText } from "./case-words.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { Choice } from "./field.tsx";
import { moneyText } from "./money-text.ts";
import { Moment } from "./page.tsx";
import type { disputesSchema } from "./portal-answers.ts";
import { RefusedNote } from "./refused.tsx";
import { Table } from "./table.tsx";

export interface DisputeFilter {
  /** Empty: any. */
  readonly state: string;
  /** For the API. */
  readonly query: string;
}

/** What the address asks for; what is no state or no cursor is left out. */
export function disputeFilterIn(c: Context<ConsoleEnv>): DisputeFilter {
  const state = disputeStates.find((one) => one === c.req.query("state")) ?? "";
  const cursor = /^\d{1,15}\.\d{1,4}$/.exec(c.req.query("cursor") ?? "")?.[0];
  const query = new URLSearchParams({ limit: "50" });
  if (state !== "") query.set("state", state);
  if (cursor !== undefined) query.set("cursor", cursor);
  return { state, query: query.toString() };
}

interface DisputeListProps {
  /** The page's own path. */
  readonly action: string;
  readonly filter: DisputeFilter;
  readonly asked: Asked<z.infer<typeof disputesSchema>>;
  readonly rechargePath: (id: string) => string;
}

export function DisputeList({ action, filter, asked, rechargePath }: DisputeListProps) {
  return (
    <>
      <form method="get" action={action} class="filters">
        <Choice
          label="State"
          name="state"
          options={[["", "any"], ...disputeStates.map((one) => [one, one] as const)]}
          value={filter.state}
        />
        <button type="submit">Show</button>
      </form>
      {asked.ok ? (
        <Disputes {...asked.value} action={action} state={filter.state} rechargePath={rechargePath} />
      ) : (
        <RefusedNote refused={asked.refused} />
      )}
    </>
  );
}

interface DisputesProps extends z.infer<typeof disputesSchema>, Pick<DisputeListProps, "action" | "rechargePath"> {
  readonly state: string;
}

function Disputes({ disputes, next_cursor: next, action, state, rechargePath }: DisputesProps) {
  const more = new URLSearchParams({ state, cursor: next ?? "" }).toString();
  return (
    <>
      <Table
        label="Disputes"
        head={["Opened", "Recharge", "Product", "What is wrong", "May come back", "State"]}
        figures={[4]}
        empty="Nothing was disputed."
        rows={disputes.map((one) => [
          <Moment at={one.opened_at} />,
          <a href={rechargePath(one.recharge_id)}>{one.recharge_id}</a>,
          one.product,
          <>
            {dispositionText(one.disposition)}
            {one.comment === "" ? null : <small class="words">“{one.comment}”</small>}
          </>,
          moneyText(one.cost, one.currency),
          <>
            <span class={`badge ${disputeLooks(one.state)}`}>{one.state}</span>
            {one.reason === null ? null : <small class="words">{one.reason}</small>}
          </>,
        ])}
      />
      {next === null ? null : (
        <p>
          <a href={`${action}?${more}`}>Earlier ones</a>
        </p>
      )}
    </>
  );
}

/** The colour class of a dispute's state, beside the word. */
export function disputeLooks(state: string): "pending" | "succeeded" | "failed" {
  if (state === "open") return "pending";
  return state === "won" ? "succeeded" : "failed";
}
