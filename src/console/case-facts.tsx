// What is argued about: the recharge and its money, what the evidence suggests, and what the partner disputes.
import { type CaseFile, casePath } from "./case-answers.ts";
import { caseKindText, dispositionText } from "./case-words.ts";
import { moneyText } from "./money-text.ts";
import { Moment } from "./page.tsx";

export function CaseFacts({ file }: { readonly file: CaseFile }) {
  const { recharge } = file;
  return (
    <dl class="facts card">
      <Fact name="Why it is here">{reasonText(file)}</Fact>
      <Fact name="State">
        <span class={`badge ${recharge.state}`}>{recharge.state}</span>
      </Fact>
      <Fact name="Money in it">{moneyText(recharge.cost, recharge.currency)}</Fact>
      <Fact name="Face value">{moneyText(recharge.amount, recharge.currency)}</Fact>
      <Fact name="Product">{recharge.product}</Fact>
      <Fact name="Number">{recharge.number}</Fact>
      <Fact name="Partner's reference">{recharge.agent_id}</Fact>
      <Fact name="Operator's reference">{recharge.operator_reference ?? "none"}</Fact>
      <Fact name="Placed">
        <Moment at={recharge.created_at} />
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: unknown }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function reasonText({ case: open, disputes }: CaseFile): string {
  if (open !== null) return caseKindText(open.kind);
  return disputes.some(({ state }) => state === "open") ? "The partner disputes it" : "It needs nobody any more";
}

/** What the evidence speaks for. It decides nothing. */
export function Suggestion({ file: { suggestion } }: { readonly file: CaseFile }) {
  if (suggestion === null) return null;
  return (
    <section aria-labelledby="suggestion">
      <h2 id="suggestion">
        {suggestion.word === null ? "The evidence lets nobody rule yet" : `The evidence speaks for ${suggestion.word}`}
      </h2>
      <p>{suggestion.text}</p>
    </section>
  );
}

export function Disputes({ file }: { readonly file: CaseFile }) {
  return (
    <section aria-labelledby="disputes">
      <h2 id="disputes">Disputes</h2>
      {file.disputes.length === 0 ? <p class="empty">The partner disputes nothing here.</p> : null}
      {file.disputes.map((dispute) => (
        <article class="card">
          <h3>
            {dispositionText(dispute.disposition)} <span class={`badge ${tones[dispute.state]}`}>{dispute.state}</span>
          </h3>
          {dispute.comment === "" ? null : <blockquote>{dispute.comment}</blockquote>}
          <p class="muted">
            Opened <Moment at={dispute.opened_at} />
            {dispute.closed_at === null ? null : (
              <>
                , closed <Moment at={dispute.closed_at} />: {dispute.reason}
              </>
            )}
          </p>
        </article>
      ))}
      <p>
        <a href={`${casePath(file.recharge.id)}/pack`} download="evidence.json">
          Take the pack along
        </a>{" "}
        <span class="muted">(recharge, evidence, rulings and disputes, as a file)</span>
      </p>
    </section>
  );
}

const tones = { open: "doubt", won: "succeeded", lost: "failed" } as const;
