// What differs between an account and the ledger.
import { z } from "zod";
import { moneyText } from "./money-text.ts";
import { Moment } from "./page.tsx";

export const differencesSchema = z.object({
  differences: z.array(
    z.object({
      partner: z.string(),
      event_number: z.int(),
      currency: z.string(),
      figure: z.string(),
      compared_with: z.string(),
      account: z.string(),
      ledger: z.string(),
      difference: z.string(),
      found_at: z.string(),
    }),
  ),
});
type Difference = z.infer<typeof differencesSchema>["differences"][number];

export function DifferenceTable({ differences }: { readonly differences: readonly Difference[] }) {
  if (differences.length === 0)
    return <p class="empty">No run has ever found a difference between an account and the ledger.</p>;
  return (
    <div class="table">
      <table class="stacks">
        <caption class="unseen">Differences, the newest first</caption>
        <thead>
          <tr>
            <th scope="col">Partner</th>
            <th scope="col">Figure</th>
            <th scope="col">Compared with</th>
            <th scope="col" class="figure">
              The account says
            </th>
            <th scope="col" class="figure">
              The ledger says
            </th>
            <th scope="col" class="figure">
              Difference
            </th>
            <th scope="col">Found</th>
          </tr>
        </thead>
        <tbody>
          {differences.map((one) => (
            <Row one={one} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ one }: { readonly one: Difference }) {
  return (
    <tr>
      <th scope="row">{one.partner}</th>
      <td data-label="Figure">{one.figure}</td>
      <td data-label="Compared with">
        {one.compared_with.replaceAll("_", " ")}, event {one.event_number}
      </td>
      <td data-label="The account says" class="figure">
        {moneyText(one.account, one.currency)}
      </td>
      <td data-label="The ledger says" class="figure">
        {moneyText(one.ledger, one.currency)}
      </td>
      <td data-label="Difference" class="figure">
        <span class="badge failed">{moneyText(one.difference, one.currency)}</span>
      </td>
      <td data-label="Found">
        <Moment at={one.found_at} />
      </td>
    </tr>
  );
}
