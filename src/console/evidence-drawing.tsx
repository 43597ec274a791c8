// The evidence of all attempts over time: one row an attempt, one mark a piece, coloured and shaped by what was said.
import type { CaseAttempt } from "./case-answers.ts";
import { evidenceKindText, toneOf, wordText } from "./case-words.ts";

const width = 400;
const left = 80;
const right = 20;
const rowHeight = 36;

/** Marks stand in the order of arrival, evenly: hours of silence would press all that was said into one corner. */
export function EvidenceDrawing({ attempts }: { readonly attempts: readonly CaseAttempt[] }) {
  const moments = attempts
    .flatMap(({ started_at, evidence }) => [started_at, ...evidence.map((piece) => piece.received_at)])
    .toSorted();
  const places = new Map([...new Set(moments)].map((moment, index, all) => [moment, placeOf(index, all.length)]));
  const height = attempts.length * rowHeight + 8;
  return (
    <div class="drawing">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-labelledby="evidence-drawing">
        <title id="evidence-drawing">{describe(attempts)}</title>
        {attempts.map((attempt, index) => (
          <Row attempt={attempt} number={index + 1} y={index * rowHeight + rowHeight / 2} places={places} />
        ))}
      </svg>
      <p class="muted legend">
        <span class="mark succeeded">●</span> success <span class="mark failed">■</span> failure{" "}
        <span class="mark doubt">◆</span> says neither <span class="mark">○</span> sent; in the order of arrival
      </p>
    </div>
  );
}

function placeOf(index: number, count: number): number {
  return count < 2 ? left : left + (index * (width - left - right)) / (count - 1);
}

interface RowProps {
  readonly attempt: CaseAttempt;
  readonly number: number;
  readonly y: number;
  readonly places: ReadonlyMap<string, number>;
}

function Row({ attempt, number, y, places }: RowProps) {
  const start = places.get(attempt.started_at) ?? left;
  const end = places.get(attempt.evidence.at(-1)?.received_at ?? attempt.started_at) ?? start;
  return (
    <g>
      <text x="0" y={y + 5} class="axis">
        Attempt {number}
      </text>
      <line x1={start} y1={y} x2={end} y2={y} class="rail" />
      <circle cx={start} cy={y} r="6" class="mark hollow" />
      {attempt.evidence.map((piece) => {
        const x = places.get(piece.received_at) ?? start;
        return (
          <g class={`mark ${toneOf(piece.word)}`}>
            <title>{`${evidenceKindText(piece.kind)}: ${wordText(piece.word)}, ${piece.received_at}`}</title>
            <Shape tone={toneOf(piece.word)} x={x} y={y} />
          </g>
        );
      })}
    </g>
  );
}

function Shape({ tone, x, y }: { readonly tone: ReturnType<typeof toneOf>; readonly x: number; readonly y: number }) {
  if (tone === "succeeded") return <circle cx={x} cy={y} r="8" />;
  if (tone === "failed") return <rect x={x - 7} y={y - 7} width="14" height="14" />;
  return <rect x={x - 6} y={y - 6} width="12" height="12" transform={`rotate(45 ${x} ${y})`} />;
}

function describe(attempts: readonly CaseAttempt[]): string {
  const rows = attempts.map(({ evidence }, index) => {
    const said = evidence.map(({ kind, word }) => `${evidenceKindText(kind)}: ${wordText(word)}`).join(", then ");
    return `Attempt ${index + 1}: ${said === "" ? "nothing was heard" : said}.`;
  });
  return rows.join(" ");
}
