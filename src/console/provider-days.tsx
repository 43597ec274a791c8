// How a provider did day by day: bars a person reads at a glance, and the same figures in words.
import type { DayRow } from "./provider-answers.ts";

const [barWidth, gap, height] = [14, 4, 60];

interface ProviderDaysProps {
  readonly provider: string;
  /** Of all providers. */
  readonly rows: readonly DayRow[];
  /** Days such as `2026-11-22`, the earliest first. */
  readonly days: readonly string[];
}

export function ProviderDays({ provider, rows, days }: ProviderDaysProps) {
  const figures = days.map((day) => {
    const own = rows.filter((row) => row.provider === provider && row.day === day);
    const sum = (of: (row: DayRow) => number) => own.reduce((total, row) => total + of(row), 0);
    return { day, good: sum((row) => row.succeeded), bad: sum((row) => row.failed + row.reversed) };
  });
  const most = Math.max(1, ...figures.map(({ good, bad }) => good + bad));
  const total = figures.reduce((all, { good, bad }) => ({ good: all.good + good, bad: all.bad + bad }), {
    good: 0,
    bad: 0,
  });
  const words = `${total.good} succeeded and ${total.bad} failed or were reversed in ${days.length} days`;
  return (
    <figure class="days">
      <svg
        viewBox={`0 0 ${days.length * (barWidth + gap)} ${height}`}
        role="img"
        aria-label={words}
        width="100%"
        height="60"
      >
        {figures.map((one, index) => (
          <DayBar x={index * (barWidth + gap)} most={most} {...one} />
        ))}
      </svg>
      <figcaption class="muted">{words}.</figcaption>
    </figure>
  );
}

interface DayBarProps {
  readonly x: number;
  readonly most: number;
  readonly day: string;
  readonly good: number;
  readonly bad: number;
}

function DayBar({ x, most, day, good, bad }: DayBarProps) {
  const tall = (count: number) => Math.round((count / most) * height * 10) / 10;
  return (
    <g>
      <title>{`${day}: ${good} succeeded, ${bad} failed or reversed`}</title>
      <rect x={x} y={height - 1} width={barWidth} height={1} class="mark" />
      <rect x={x} y={height - tall(good)} width={barWidth} height={tall(good)} class="bar succeeded" />
      <rect x={x} y={height - tall(good) - tall(bad)} width={barWidth} height={tall(bad)} class="bar failed" />
    </g>
  );
}
