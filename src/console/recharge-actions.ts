// What may be done about a recharge now, and why not the rest. Pure; the verbs of `/admin/v1` have the last word.
import type { Inside } from "./recharge-answers.ts";

export interface Action {
  readonly name: string;
  /** Where it is done; null: it may not be done now. */
  readonly href: string | null;
  /** What it will do, or why it may not be done. */
  readonly why: string;
}

export function actionsOf(
  inside: Inside,
  viewer: { readonly person: string; readonly scopes: readonly string[] },
): readonly Action[] {
  return [rule(inside, viewer), confirm(inside, viewer), askAgain(inside), sendAgain(inside), giveBack(inside)];
}

type Viewer = Parameters<typeof actionsOf>[1];

function rule({ recharge, case: open, disputes }: Inside, { scopes }: Viewer): Action {
  const name = "Propose a ruling";
  const isForPeople = open !== null || disputes.some(({ state }) => state === "open");
  if (!isForPeople) return { name, href: null, why: "Only an open case or an open dispute is ruled; there is none." };
  if (!scopes.includes("operator")) return { name, href: null, why: "It takes the role operator." };
  const why = "You say what became of it, and why; another person confirms it before money moves.";
  return { name, href: `/console/cases/${recharge.id}`, why };
}

function confirm({ recharge, rulings }: Inside, { person, scopes }: Viewer): Action {
  const waiting = rulings.find(({ state }) => state === "waits");
  const name = "Confirm a ruling";
  if (waiting === undefined) return { name, href: null, why: "None waits." };
  if (!scopes.includes("operator")) return { name, href: null, why: "It takes the role operator." };
  if (waiting.proposed_by.toLowerCase() === person.toLowerCase())
    return { name, href: null, why: "You proposed it: another person confirms it." };
  const why = `${waiting.proposed_by} proposed: ${waiting.word}. Its money moves when you confirm it.`;
  return { name, href: `/console/cases/${recharge.id}`, why };
}

function askAgain({ attempts }: Inside): Action {
  const next = attempts.flatMap(({ next_step_at }) => next_step_at ?? []).toSorted()[0];
  const why =
    next === undefined
      ? "Nobody is asked any more: there is a last word, or the provider cannot be asked."
      : `The gateway asks by itself, within what the provider allows; next at ${next.slice(0, 19).replace("T", " ")} UTC.`;
  return { name: "Ask the provider again", href: null, why };
}

function sendAgain({ recharge }: Inside): Action {
  const why =
    recharge.state === "pending"
      ? "It may have been executed: what was sent once is never sent again."
      : "It is over. A recharge that is wanted again is a new one, placed by the partner.";
  return { name: "Send it again", href: null, why };
}

const noRefund: Readonly<Record<string, string>> = {
  pending: "Nobody has said that it failed. Silence is no failure: the money stays set aside.",
  succeeded: "It succeeded. A later word of the provider, a ruling or a dispute that is won reverses it.",
};

function giveBack({ recharge }: Inside): Action {
  const why = noRefund[recharge.state] ?? "The money is back with the partner already.";
  return { name: "Give the money back", href: null, why };
}
