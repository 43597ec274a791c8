// Recharges that need a person, as Today and the list of cases show them: why, since when, and what is at risk.
import type { Child } from "hono/jsx";
import { casePath, type OpenDispute, type OpenItem, type Proposal } from "./case-answers.ts";
import { caseKindText, dispositionText } from "./case-words.ts";
import { moneyText } from "./money-text.ts";
import { Moment } from "./page.tsx";
import { Table } from "./table.tsx";

export function CaseTable({ items }: { readonly items: readonly OpenItem[] }) {
  return (
    <OpenTable
      why="Why"
      rows={items.map((item) => ({ item, why: caseKindText(item.kind) }))}
      label="Open cases, the oldest money first"
      empty="Nothing waits for a person. Every doubt is being asked about."
    />
  );
}

export function DisputeTable({ items }: { readonly items: readonly OpenDispute[] }) {
  const rows = items.map((item) => ({
    item,
    why: (
      <>
        {dispositionText(item.disposition)}
        {item.comment === "" ? null : <small class="words">“{item.comment}”</small>}
      </>
    ),
  }));
  return (
    <OpenTable
      why="What the partner says"
      rows={rows}
      label="Open disputes, the oldest money first"
      empty="No partner disputes a recharge."
    />
  );
}

interface OpenRow {
  readonly item: Omit<OpenItem, "kind">;
  readonly why: Child;
}

interface OpenTableProps {
  readonly why: string;
  readonly rows: readonly OpenRow[];
  readonly label: string;
  readonly empty: string;
}

function OpenTable({ why, rows, label, empty }: OpenTableProps) {
  return (
    <Table
      label={label}
      head={["Recharge", why, "Money in it since", "Partner", "Product", "Provider", "At risk"]}
      figures={[6]}
      empty={empty}
      rows={rows.map(({ item, why: said }) => [
        <a href={casePath(item.recharge_id)}>{item.recharge_id}</a>,
        <>
          {said}
          {item.proposal === null ? null : <Proposed proposal={item.proposal} />}
        </>,
        <Moment at={item.placed_at} />,
        item.partner,
        item.product,
        item.provider,
        moneyText(item.money_at_risk.amount, item.money_at_risk.currency),
      ])}
    />
  );
}

function Proposed({ proposal: { word, proposed_by: by } }: { readonly proposal: Proposal }) {
  return (
    <small>
      <span class="badge pending">{word} proposed</span> by {by}
    </small>
  );
}
