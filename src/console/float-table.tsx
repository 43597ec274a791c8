// Our money at each provider, how it compared with the book, and taking a difference as it is.
import { z } from "zod";
import { FormId } from "./form-id.tsx";
import { moneyText } from "./money-text.ts";
import { Moment } from "./page.tsx";

const checkSchema = z.object({
  checked_at: z.string(),
  finding: z.enum(["baseline", "agrees", "in_flight", "differs"]),
  balance: z.string(),
  open: z.string(),
  expected: z.string().nullable(),
  difference: z.string().nullable(),
});
export const floatsSchema = z.object({
  floats: z.array(
    z.object({
      provider: z.string(),
      currency: z.string(),
      balance: z.string().nullable(),
      balance_at: z.string().nullable(),
      checks: z.array(checkSchema),
    }),
  ),
});
export type Floats = z.infer<typeof floatsSchema>;
type Float = Floats["floats"][number];
type Check = z.infer<typeof checkSchema>;

const findings = {
  baseline: ["", "≡", "the first comparison: later ones start from it"],
  agrees: ["succeeded", "✓", "agrees"],
  in_flight: ["doubt", "…", "open attempts explain it"],
  differs: ["failed", "✗", "differs, and nothing explains it"],
} as const satisfies Record<Check["finding"], readonly [tone: string, sign: string, text: string]>;

export function FloatTable({ floats, mayAccept }: { readonly floats: readonly Float[]; readonly mayAccept: boolean }) {
  if (floats.length === 0) return <p class="empty">No provider is configured.</p>;
  return (
    <div class="cards wide">
      {floats.map((float) => (
        <article class="card">
          <h3>{float.provider}</h3>
          <p>
            {float.balance === null || float.balance_at === null ? (
              "Its balance is not known yet."
            ) : (
              <>
                <strong>{moneyText(float.balance, float.currency)}</strong> at <Moment at={float.balance_at} />
              </>
            )}
          </p>
          <Checks float={float} />
          {float.checks[0]?.finding === "differs" ? (
            <Accept float={float} check={float.checks[0]} mayAccept={mayAccept} />
          ) : null}
        </article>
      ))}
    </div>
  );
}

function Checks({ float }: { readonly float: Float }) {
  if (float.checks.length === 0) return <p class="muted">It was never compared with the book.</p>;
  return (
    <ol class="timeline">
      {float.checks.slice(0, 5).map((check) => {
        const [tone, sign, text] = findings[check.finding];
        return (
          <li class={tone}>
            <span class={`badge ${tone}`}>
              {sign} {text}
            </span>{" "}
            <Moment at={check.checked_at} />
            <br />
            <small>
              The provider says {moneyText(check.balance, float.currency)}
              {check.expected === null ? "" : `, the book expects ${moneyText(check.expected, float.currency)}`}
              {check.difference === null || check.difference === "0.00"
                ? ""
                : `: ${moneyText(check.difference, float.currency)} of difference`}
              .
            </small>
          </li>
        );
      })}
    </ol>
  );
}

interface AcceptProps {
  readonly float: Float;
  readonly check: Check;
  readonly mayAccept: boolean;
}

/** What it will do stands in figures above the button; it moves no money. */
function Accept({ float: { provider, currency }, check, mayAccept }: AcceptProps) {
  const id = `reason-${provider}`;
  const path = `/console/reconciliation/floats/${encodeURIComponent(provider)}/accept`;
  return (
    <details>
      <summary>Take the difference as it is</summary>
      <form method="post" action={path}>
        <FormId />
        <input type="hidden" name="checked_at" value={check.checked_at} />
        <p>
          Later comparisons start from {moneyText(check.balance, currency)}; the difference of{" "}
          {moneyText(check.difference ?? "0.00", currency)} is not looked for any more. No money moves.
        </p>
        <label for={id}>What explains it?</label>
        <input id={id} name="reason" required maxlength={200} disabled={!mayAccept} />
        <button type="submit" class="danger" disabled={!mayAccept}>
          Accept {moneyText(check.difference ?? "0.00", currency)} of difference
        </button>
        {mayAccept ? null : <p class="muted">Your role may not do this: it takes the scope finance.</p>}
      </form>
    </details>
  );
}
