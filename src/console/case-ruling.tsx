// Ruling a recharge: one person proposes and sees in figures what it will do; another one sees the same, and confirms.
import type { Guest } from "../partners/sessions.ts";
import { isSamePerson } from "../recharges/person.ts";
import type { Asked } from "./ask.ts";
import { type CaseFile, casePath, type Ruling, type RulingEffect, type RulingWord } from "./case-answers.ts";
import { EffectRest, EffectTable, effectSentence } from "./case-effect.tsx";
import { Moment } from "./page.tsx";
import { RefusedNote } from "./refused.tsx";
import { mayDo } from "./role.ts";

/** What the person had written when the proposal was refused. */
export interface Draft {
  readonly word: RulingWord | null;
  readonly reason: string;
}

const words = ["success", "failure"] as const satisfies readonly RulingWord[];
const wordTexts = {
  success: "It was executed (success)",
  failure: "It was not executed (failure)",
} as const satisfies Record<RulingWord, string>;

export interface ProposeProps {
  readonly file: CaseFile;
  readonly guest: Guest;
  readonly effects: Readonly<Record<RulingWord, Asked<RulingEffect>>>;
  readonly draft: Draft;
}

/** The form of the first person. Nothing moves by it. */
export function ProposeForm({ file, guest, effects, draft }: ProposeProps) {
  const mayRule = mayDo(guest, "operator");
  return (
    <section aria-labelledby="rule">
      <h2 id="rule">Rule</h2>
      {mayRule ? null : <Lacking what="propose a ruling" />}
      <form method="post" action={`${casePath(file.recharge.id)}/rulings`} class="card">
        <fieldset disabled={!mayRule}>
          <legend>What became of it? Nothing moves before another person has confirmed.</legend>
          <input type="hidden" name="seen" value={file.evidence_number} />
          <div class="cards wide">
            {words.map((word) => (
              <Choice word={word} effect={effects[word]} isChosen={draft.word === word} />
            ))}
          </div>
          <label for="reason">Why? The partner reads it.</label>
          <textarea id="reason" name="reason" required maxlength={500} rows={3}>
            {draft.reason}
          </textarea>
          <button type="submit">Propose</button>
        </fieldset>
      </form>
    </section>
  );
}

function Choice(props: {
  readonly word: RulingWord;
  readonly effect: Asked<RulingEffect>;
  readonly isChosen: boolean;
}) {
  const { word, effect, isChosen } = props;
  return (
    <div class="choice">
      <label>
        <input type="radio" name="word" value={word} required checked={isChosen} /> {wordTexts[word]}
      </label>
      {effect.ok ? <Effect effect={effect.value} /> : <RefusedNote refused={effect.refused} />}
    </div>
  );
}

function Effect({ effect }: { readonly effect: RulingEffect }) {
  return (
    <>
      <p>{effectSentence(effect)}</p>
      <EffectTable effect={effect} />
      <EffectRest effect={effect} />
    </>
  );
}

/** What the second person sees before anything else. `effect` is null where the proposal is void. */
export function ProposalPanel(props: {
  readonly file: CaseFile;
  readonly guest: Guest;
  readonly ruling: Ruling;
  readonly effect: Asked<RulingEffect> | null;
}) {
  const { file, guest, ruling, effect } = props;
  const newer = file.evidence_number - ruling.seen;
  return (
    <section aria-labelledby="proposal" class="card proposal">
      <h2 id="proposal">
        {ruling.proposed_by} proposes: {wordTexts[ruling.word].toLowerCase()}
      </h2>
      <blockquote>{ruling.reason}</blockquote>
      <p class="muted">
        Proposed <Moment at={ruling.proposed_at} /> on evidence number {ruling.seen}.
      </p>
      {newer === 0 ? (
        <p>
          <strong>Nothing was heard since.</strong> The evidence below is what {ruling.proposed_by} saw.
        </p>
      ) : (
        <p class="refused">
          <strong>This proposal is void:</strong> {newer === 1 ? "one piece of evidence was" : `${newer} pieces were`}{" "}
          heard since; it is marked below. Read it and propose anew.
        </p>
      )}
      {effect === null ? null : <Confirm id={file.recharge.id} guest={guest} ruling={ruling} effect={effect} />}
    </section>
  );
}

function Confirm(props: {
  readonly id: string;
  readonly guest: Guest;
  readonly ruling: Ruling;
  readonly effect: Asked<RulingEffect>;
}) {
  const { id, guest, ruling, effect } = props;
  if (!effect.ok) return <RefusedNote refused={effect.refused} />;
  const isOwn = isSamePerson(guest.person, ruling.proposed_by);
  const mayConfirm = mayDo(guest, "operator") && !isOwn;
  return (
    <>
      <Effect effect={effect.value} />
      <form method="post" action={`${casePath(id)}/rulings/${ruling.number}/confirm`}>
        <input type="hidden" name="seen" value={ruling.seen} />
        {isOwn ? <p class="muted">You proposed this. Another person must confirm it.</p> : null}
        {mayDo(guest, "operator") ? null : <Lacking what="confirm a ruling" />}
        <button type="submit" class="danger" disabled={!mayConfirm}>
          Confirm {ruling.word}: {effectSentence(effect.value)}
        </button>
      </form>
    </>
  );
}

function Lacking({ what }: { readonly what: string }) {
  return (
    <p class="muted">
      Your role may not {what}: it takes the scope <code>operator</code>.
    </p>
  );
}

/** All that was ever proposed, who confirmed it, and what is void. */
export function RulingHistory({ rulings }: { readonly rulings: readonly Ruling[] }) {
  if (rulings.length === 0) return null;
  return (
    <section aria-labelledby="rulings">
      <h2 id="rulings">Rulings</h2>
      <ol class="timeline">
        {rulings.map((ruling) => (
          <li class={ruling.state === "confirmed" ? (ruling.word === "success" ? "succeeded" : "failed") : "doubt"}>
            <strong>{ruling.word}</strong> <span class="badge">{stateTexts[ruling.state]}</span>
            <blockquote>{ruling.reason}</blockquote>
            <small>
              Proposed by {ruling.proposed_by} <Moment at={ruling.proposed_at} />
              {ruling.confirmed_by === null || ruling.confirmed_at === null ? null : (
                <>
                  , confirmed by {ruling.confirmed_by} <Moment at={ruling.confirmed_at} />
                </>
              )}
              .
            </small>
          </li>
        ))}
      </ol>
    </section>
  );
}

const stateTexts = {
  waits: "waits for a second person",
  confirmed: "confirmed",
  void: "void: something newer was heard",
} as const satisfies Record<Ruling["state"], string>;
