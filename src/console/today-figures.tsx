// Figures of Today: what goes on now, by provider and product, and how long our money at the providers lasts.
import { countText } from "./count-text.ts";
import { moneyText } from "./money-text.ts";
import { Table } from "./table.tsx";
import {
  type Activity,
  besideText,
  type Float,
  hoursLeft,
  type Line,
  percentText,
  successRate,
} from "./today-answers.ts";
import { VolumeChart } from "./volume-chart.tsx";

export function Now({ activity }: { readonly activity: Activity }) {
  const used = [...activity.hours, ...activity.held.filter(({ amount }) => Number(amount) > 0)];
  const currencies = [...new Set(used.map(({ currency }) => currency))].toSorted();
  if (currencies.length === 0)
    return <p class="empty">Nothing was placed in the last 24 hours, nor in those of last week.</p>;
  return (
    <>
      {currencies.map((currency) => (
        <>
          <div class="cards">
            <LastHour activity={activity} currency={currency} />
            <AtRisk activity={activity} currency={currency} />
          </div>
          <VolumeChart hours={activity.hours} currency={currency} />
        </>
      ))}
    </>
  );
}

interface Of {
  readonly activity: Activity;
  readonly currency: string;
}

function LastHour({ activity, currency }: Of) {
  const hour = (week: "this" | "last") =>
    activity.hours.find((one) => one.currency === currency && one.hours_ago === 0 && one.week === week);
  const [now, before] = [hour("this"), hour("last")];
  const rate = (of: typeof now): string => percentText(of === undefined ? null : successRate(of));
  const recharges = countText(now?.recharges ?? 0, "recharge");
  const volume = besideText(Number(now?.face ?? 0), Number(before?.face ?? 0));
  return (
    <>
      <Tile name={`Volume, last hour, ${currency}`} value={moneyText(now?.face ?? "0.00", currency)} more={volume} />
      <Tile
        name="Succeeded, last hour"
        value={rate(now)}
        more={before === undefined ? recharges : `${recharges}; last week ${rate(before)} of ${before.recharges}`}
      />
    </>
  );
}

function AtRisk({ activity, currency }: Of) {
  const held = activity.held.find((one) => one.currency === currency)?.amount ?? "0.00";
  const cases = activity.cases.find((one) => one.currency === currency);
  const pending = activity.lines.filter((line) => line.currency === currency && line.week === "this");
  const count = pending.reduce((sum, line) => sum + line.pending, 0);
  return (
    <>
      <Tile
        name="In doubt now: set aside"
        value={moneyText(held, currency)}
        more={`${count} pending of the last 24 hours`}
      />
      <Tile
        name="Needs a person"
        value={moneyText(cases?.amount ?? "0.00", currency)}
        more={cases === undefined ? "no open case" : `in ${countText(cases.count, "open case")}`}
      />
    </>
  );
}

function Tile({ name, value, more }: { readonly name: string; readonly value: string; readonly more: string }) {
  return (
    <div class="card tile">
      <p class="muted">{name}</p>
      <p class="value">{value}</p>
      <p class="muted">{more}</p>
    </div>
  );
}

function keyOf({ provider, product, currency }: Line): string {
  return JSON.stringify([provider, product, currency]);
}

export function ByProduct({ activity }: { readonly activity: Activity }) {
  const before = new Map(activity.lines.filter(({ week }) => week === "last").map((line) => [keyOf(line), line]));
  const rows = activity.lines
    .filter(({ week }) => week === "this")
    .toSorted((left, right) => right.recharges - left.recharges)
    .map((line) => {
      const last = before.get(keyOf(line));
      return [
        line.provider,
        line.product,
        `${line.last_hour} (${last?.last_hour ?? 0})`,
        moneyText(line.face, line.currency),
        besideText(Number(line.face), Number(last?.face ?? 0)).replace("at this hour ", ""),
        percentText(successRate(line)),
        line.pending,
        moneyText(line.at_risk, line.currency),
      ];
    });
  const head = [
    "Provider",
    "Product",
    "Last hour (last week)",
    "24 hours",
    "Change",
    "Succeeded",
    "Pending",
    "At risk",
  ];
  return (
    <Table
      label="By provider and product"
      head={head}
      figures={[2, 3, 5, 6, 7]}
      rows={rows}
      empty="Nothing was placed in the last 24 hours."
    />
  );
}

export function Floats({ floats, activity }: { readonly floats: readonly Float[]; readonly activity: Activity }) {
  const rows = floats.map((one) => [
    one.provider,
    one.balance === null ? "not known" : moneyText(one.balance, one.currency),
    one.floor === null ? "–" : moneyText(one.floor, one.currency),
    <Left hours={hoursLeft(one, activity)} />,
  ]);
  const head = ["Provider", "Our money there", "Kept back", "Lasts, at today's pace"];
  return <Table label="Floats" head={head} figures={[1, 2, 3]} rows={rows} empty="No provider is configured." />;
}

/** Below six hours somebody should pay in; below two, now. */
function Left({ hours }: { readonly hours: number | null }) {
  if (hours === null) return <span class="muted">–</span>;
  const text =
    hours >= 240 ? "more than 10 days" : hours >= 48 ? `${Math.floor(hours / 24)} days` : `${hours.toFixed(1)} hours`;
  if (hours >= 6) return <span>{text}</span>;
  return <span class={`badge ${hours < 2 ? "failed" : "doubt"}`}>{text}</span>;
}
