// Recharges as a table: on a narrow screen each becomes a card.
import { z } from "zod";
import { moneyText } from "./money-text.ts";
import { Moment } from "./page.tsx";

export const listedRecharge = z.object({
  id: z.string(),
  agent_id: z.string(),
  partner: z.string(),
  product: z.string(),
  number: z.string(),
  amount: z.string(),
  currency: z.string(),
  state: z.string(),
  provider: z.string(),
  operator_reference: z.string().nullable(),
  created_at: z.string(),
});
export type ListedRecharge = z.infer<typeof listedRecharge>;

interface Rows {
  readonly recharges: readonly ListedRecharge[];
  readonly isNarrowed: boolean;
}

export function RechargeTable({ recharges, isNarrowed }: Rows) {
  if (recharges.length === 0)
    return (
      <p class="empty">
        {isNarrowed
          ? "No recharge is like that. Agent ids and references are looked for 31 days back, or as far as you choose."
          : "There is no recharge yet. The first one shows up here as soon as the ledger has it."}
      </p>
    );
  return (
    <div class="table stacks">
      <table>
        <thead>
          <tr>
            <th scope="col">Placed</th>
            <th scope="col">Recharge</th>
            <th scope="col">Number</th>
            <th scope="col">Product</th>
            <th scope="col">Provider</th>
            <th scope="col">State</th>
            <th scope="col" class="figure">
              Amount
            </th>
          </tr>
        </thead>
        <tbody>
          {recharges.map((one) => (
            <Row one={one} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ one }: { readonly one: ListedRecharge }) {
  return (
    <tr>
      <td data-label="Placed">
        <Moment at={one.created_at} />
      </td>
      <td data-label="Recharge">
        <a href={`/console/recharges/${one.id}`}>{one.id}</a>
        <small>
          {one.partner} · {one.agent_id}
        </small>
      </td>
      <td data-label="Number">{one.number}</td>
      <td data-label="Product">{one.product}</td>
      <td data-label="Provider">
        {one.provider}
        {one.operator_reference === null ? null : <small>{one.operator_reference}</small>}
      </td>
      <td data-label="State">
        <span class={`badge ${one.state}`}>{one.state}</span>
      </td>
      <td data-label="Amount" class="figure">
        {moneyText(one.amount, one.currency)}
      </td>
    </tr>
  );
}
