// A partner's recharges as tables and facts.
import { FactList } from "./fact-list.tsx";
import { moneyText } from "./money-text.ts";
import { Moment } from "./page.tsx";
import type { Recharge } from "./portal-answers.ts";
import { Table } from "./table.tsx";

interface RechargeTableProps {
  readonly recharges: readonly Recharge[];
  readonly empty?: string;
}

export function RechargeTable({ recharges, empty = "There is no such recharge." }: RechargeTableProps) {
  return (
    <Table
      label="Recharges"
      head={["Placed", "Recharge", "Your reference", "Product", "Number", "Amount", "State"]}
      figures={[5]}
      empty={empty}
      rows={recharges.map((one) => [
        <Moment at={one.created_at} />,
        <a href={`/portal/recharges/${one.id}`}>{one.id}</a>,
        <code>{one.agent_id}</code>,
        one.product,
        one.number,
        moneyText(one.amount, one.currency),
        <span class={`badge ${one.state}`}>{one.state}</span>,
      ])}
    />
  );
}

export function RechargeFacts({ recharge }: { readonly recharge: Recharge }) {
  const { currency } = recharge;
  const facts: readonly (readonly [string, string])[] = [
    ["Your reference", recharge.agent_id],
    ["Product", recharge.product],
    ["Number", recharge.number],
    ["Amount", moneyText(recharge.amount, currency)],
    ["Commission", moneyText(recharge.commission, currency)],
    ["You pay", moneyText(recharge.cost, currency)],
    ["Operator reference", recharge.operator_reference ?? "none"],
    ...(recharge.failure === null ? [] : [["Why not", recharge.failure.text] as const]),
  ];
  return (
    <>
      <p>
        <span class={`badge ${recharge.state}`}>{recharge.state}</span> placed <Moment at={recharge.created_at} />
      </p>
      <FactList facts={facts} />
    </>
  );
}
