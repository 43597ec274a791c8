// The last twenty-four hours as bars, with last week's as a line behind them; said in words too.
import { moneyText } from "./money-text.ts";
import type { Hour } from "./today-answers.ts";

const size = { width: 720, height: 160, foot: 2, bars: 24 };
const step = size.width / size.bars;
const drawn = size.height - size.foot;

export function VolumeChart({ hours, currency }: { readonly hours: readonly Hour[]; readonly currency: string }) {
  const own = hours.filter((hour) => hour.currency === currency);
  const faces = (week: Hour["week"]): readonly number[] =>
    Array.from({ length: size.bars }, (_none, ago) =>
      Number(own.find((hour) => hour.week === week && hour.hours_ago === ago)?.face ?? 0),
    );
  const [now, before] = [faces("this"), faces("last")];
  const most = Math.max(1, ...now, ...before);
  const left = (ago: number): number => size.width - (ago + 1) * step;
  const top = (face: number): number => size.height - size.foot - (face / most) * (drawn - 4);
  const line = before.map((face, ago) => `${left(ago) + step / 2},${top(face).toFixed(1)}`).join(" ");
  const best = now.indexOf(Math.max(...now));
  const text = (amounts: readonly number[]): string => moneyText(total(amounts).toFixed(2), currency);
  const words = `${text(now)} in the last 24 hours, ${text(before)} in the same hours of last week; most ${best === 0 ? "in the last hour" : `${best} to ${best + 1} hours ago`}.`;
  return (
    <figure class="card volume">
      <figcaption>
        Face value by hour, {currency}. <span class="muted">{words}</span>
      </figcaption>
      <svg viewBox={`0 0 ${size.width} ${size.height}`} preserveAspectRatio="none" role="img" aria-label={words}>
        {now.map((face, ago) => (
          <rect class="now" x={left(ago) + 2} y={top(face)} width={step - 4} height={drawn - top(face)} rx="2" />
        ))}
        <polyline class="before" points={line} />
        <line class="foot" x1="0" x2={size.width} y1={drawn} y2={drawn} />
      </svg>
      <p class="muted legend">
        <span>24 hours ago</span>
        <span>
          <span class="now">▮</span> this week <span class="before">—</span> last week
        </span>
        <span>now</span>
      </p>
    </figure>
  );
}

function total(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0);
}
