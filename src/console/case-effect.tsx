// What a ruling does, in one sentence and as a small table that foots.
import type { RulingEffect } from "./case-answers.ts";
import { caseKindText } from "./case-words.ts";
import { changeOf, moneyText } from "./money-text.ts";

/** Of a change in its wallet, or of none. */
export function effectSentence(effect: RulingEffect): string {
  const { state, wallet, currency } = effect;
  const money = (before: string, after: string) => moneyText(changeOf(before, after).replace("-", ""), currency);
  const back = money(wallet.before.balance, wallet.after.balance);
  const lent = changeOf(wallet.before.debt, wallet.after.debt);
  const debt = lent.startsWith("-") || lent === "0.00" ? "" : ` ${moneyText(lent, currency)} of it becomes debt.`;
  if (state.before === state.after) return `No money moves: the recharge stays ${state.after}.`;
  if (state.after === "failed") return `${back} goes from the hold back to the partner's wallet.`;
  if (state.after === "reversed") return `The success is reversed: the partner gets ${back} back.`;
  if (state.before === "pending")
    return `The hold of ${money(wallet.before.held, wallet.after.held)} is spent: the partner pays.`;
  return `What was given back is taken again: ${back} leaves the partner's wallet.${debt}`;
}

/** The wallet before and after; nothing is written yet. */
export function EffectTable({ effect }: { readonly effect: RulingEffect }) {
  const { wallet, currency } = effect;
  const rows = [
    ["Balance", wallet.before.balance, wallet.after.balance],
    ["Held", wallet.before.held, wallet.after.held],
    ["Debt", wallet.before.debt, wallet.after.debt],
  ] as const;
  return (
    <table class="small">
      <caption class="unseen">The partner's wallet before and after a ruling of {effect.word}</caption>
      <thead>
        <tr>
          <th scope="col">Wallet</th>
          <th scope="col" class="figure">
            Now
          </th>
          <th scope="col" class="figure roomy">
            Change
          </th>
          <th scope="col" class="figure">
            Then
          </th>
        </tr>
      </thead>
      <tbody>
        {rows
          .filter(([name, before, after]) => name !== "Debt" || before !== after || before !== "0.00")
          .map(([name, before, after]) => (
            <tr>
              <th scope="row">{name}</th>
              <td class="figure">{moneyText(before, currency)}</td>
              <td class="figure roomy">{changeText(changeOf(before, after), currency)}</td>
              <td class="figure">{moneyText(after, currency)}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}

/** What becomes of case and dispute. */
export function EffectRest({ effect }: { readonly effect: RulingEffect }) {
  const { state, case_after, dispute } = effect;
  return (
    <ul class="plain">
      <li>
        The recharge: <strong>{state.before}</strong> → <strong>{state.after}</strong>.
      </li>
      <li>{case_after === null ? "Its case is closed." : `A case stays open: ${caseKindText(case_after)}.`}</li>
      {dispute === null ? null : <li>{disputeTexts[dispute] ?? dispute}</li>}
    </ul>
  );
}

const disputeTexts: Readonly<Record<string, string>> = {
  won: "The partner wins its dispute.",
  lost: "The partner loses its dispute, and reads your reason.",
  open: "The dispute stays open.",
};

function changeText(change: string, currency: string): string {
  if (change === "0.00") return "—";
  return change.startsWith("-") ? moneyText(change, currency) : `+${moneyText(change, currency)}`;
}
