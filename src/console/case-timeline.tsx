// The evidence of a recharge, attempt by attempt: drawn over time, and said piece by piece.
import type { CaseAttempt, CaseFile, CasePiece } from "./case-answers.ts";
import { casePath } from "./case-answers.ts";
import { evidenceKindText, proofText, toneOf, wordText } from "./case-words.ts";
import { EvidenceDrawing } from "./evidence-drawing.tsx";
import { Moment } from "./page.tsx";

/** `since`: what was heard later is marked as new; null: nothing is. */
export function Timeline({ file, since }: { readonly file: CaseFile; readonly since: string | null }) {
  return (
    <section aria-labelledby="evidence">
      <h2 id="evidence">What was said</h2>
      <EvidenceDrawing attempts={file.attempts} />
      {file.attempts.map((attempt, index) => (
        <Attempt attempt={attempt} number={index + 1} id={file.recharge.id} since={since} />
      ))}
    </section>
  );
}

function Attempt(props: {
  readonly attempt: CaseAttempt;
  readonly number: number;
  readonly id: string;
  readonly since: string | null;
}) {
  const { attempt, number, id, since } = props;
  const segmentPath = `${casePath(id)}/segment/${attempt.reference}`;
  return (
    <article class="card">
      <h3>
        Attempt {number} at {attempt.provider}{" "}
        <span class={`badge ${standingTone(attempt.state)}`}>{attempt.state.replaceAll("_", " ")}</span>
      </h3>
      <p class="muted">
        Sent <Moment at={attempt.started_at} />, our reference <code>{attempt.reference}</code>
        {attempt.their_reference === null ? null : (
          <>
            , theirs <code>{attempt.their_reference}</code>
          </>
        )}
        . {askedText(attempt.lookups)}{" "}
        {attempt.next_step_at === null ? (
          "Nobody is asked any more."
        ) : (
          <>
            Asked again <Moment at={attempt.next_step_at} />.
          </>
        )}
      </p>
      {attempt.evidence.length === 0 ? <p class="empty">Nothing was heard of it.</p> : null}
      <ol class="timeline">
        {attempt.evidence.map((piece) => (
          <Piece piece={piece} isNew={since !== null && piece.received_at > since} />
        ))}
      </ol>
      <div hx-get={segmentPath} hx-trigger="load" hx-swap="innerHTML">
        <p class="muted">
          <a href={segmentPath}>Our balance at the provider around this attempt</a>
        </p>
      </div>
    </article>
  );
}

function Piece({ piece, isNew }: { readonly piece: CasePiece; readonly isNew: boolean }) {
  return (
    <li class={toneOf(piece.word)}>
      <Moment at={piece.received_at} /> <strong>{evidenceKindText(piece.kind)}</strong>{" "}
      <span class={`badge ${toneOf(piece.word)}`}>{wordText(piece.word)}</span>{" "}
      {piece.decides ? <span class="badge">decides</span> : null}{" "}
      {isNew ? <span class="badge doubt">new since the proposal</span> : null}
      <blockquote>{piece.said === "" ? "Nothing was said." : piece.said}</blockquote>
      <small>
        It {proofText(piece.proves)}.
        {piece.operator_reference === null ? null : ` Operator's reference ${piece.operator_reference}.`}
        {piece.at === piece.received_at ? null : (
          <>
            {" "}
            It speaks for <Moment at={piece.at} />.
          </>
        )}
      </small>
    </li>
  );
}

function askedText(lookups: number): string {
  return lookups === 0 ? "Never looked up." : `Looked up ${lookups === 1 ? "once" : `${lookups} times`}.`;
}

function standingTone(state: string): string {
  return state === "succeeded" ? "succeeded" : state === "failed" || state === "declined" ? "failed" : "doubt";
}
