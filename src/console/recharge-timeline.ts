// One recharge from its order to its end: what happened, who was asked, what was said, in the order in which we heard of it. Pure.
import { caseKindText, evidenceKindText, proofText } from "./case-words.ts";
import type { Book, Inside } from "./recharge-answers.ts";

export interface Entry {
  /** ISO 8601. */
  readonly at: string;
  readonly what: string;
  /** A second line: where it comes from, what it stands on. */
  readonly more: string;
  /** Words of somebody else, redacted; shown as they are. */
  readonly said: string | null;
  readonly tone: "succeeded" | "failed" | "doubt" | "plain";
}

/** `book` is null where the ledger does not know the recharge yet. */
export function timelineOf(inside: Inside, book: Book | null): readonly Entry[] {
  const entries = [
    ...eventsOf(book),
    ...attemptsOf(inside),
    ...evidenceOf(inside),
    ...rulingsOf(inside),
    ...disputesOf(inside),
  ];
  // Of one moment the order comes first and its end last; sorting keeps the order of equals.
  return entries
    .map((entry, place) => ({ entry, key: entry.at, place: isEnd(entry) ? entries.length + place : place }))
    .toSorted((left, right) => (left.key === right.key ? left.place - right.place : left.key < right.key ? -1 : 1))
    .map(({ entry }) => entry);
}

const told = {
  "recharge.placed": ["Placed: its cost was set aside", "plain"],
  "recharge.succeeded": ["Succeeded: what was set aside was paid", "succeeded"],
  "recharge.failed": ["Failed: the money went back to the partner", "failed"],
  "recharge.reversed": ["Reversed: the money went back to the partner", "failed"],
  "recharge.case_opened": ["A person is needed", "doubt"],
  "recharge.case_ruled": ["The case was closed", "plain"],
} as const satisfies Record<string, readonly [string, Entry["tone"]]>;

function isEnd({ what }: Entry): boolean {
  return what !== told["recharge.placed"][0] && Object.values(told).some(([words]) => words === what);
}

function isTold(type: string): type is keyof typeof told {
  return Object.hasOwn(told, type);
}

function eventsOf(book: Book | null): readonly Entry[] {
  // A dispute is told with its comment, from the account.
  const events = (book?.events ?? []).filter(({ type }) => !type.startsWith("dispute."));
  return events.map((event) => {
    const [what, tone] = isTold(event.type) ? told[event.type] : ([inWords(event.type), "plain"] as const);
    const parts = [`event ${event.number}`, event.provider ?? "", event.case === null ? "" : caseKindText(event.case)];
    return { at: event.at, what, tone, said: null, more: parts.filter((part) => part !== "").join(" · ") };
  });
}

function attemptsOf({ attempts }: Inside): readonly Entry[] {
  return attempts.map((attempt, index) => ({
    at: attempt.started_at,
    what: `Asked ${attempt.provider}`,
    more: [
      `attempt ${index + 1}`,
      `our reference ${attempt.reference}`,
      ...(attempt.their_reference === null ? [] : [`theirs ${attempt.their_reference}`]),
    ].join(" · "),
    said: null,
    tone: "plain",
  }));
}

const words: Readonly<Record<string, readonly [string, Entry["tone"]]>> = {
  success: ["says it succeeded", "succeeded"],
  failure: ["says it failed", "failed"],
  declined: ["says that nothing was done", "failed"],
  pending: ["says that it has the order", "doubt"],
  absent: ["knows nothing of it", "doubt"],
  unclear: ["says nothing that counts", "doubt"],
};

function evidenceOf({ attempts }: Inside): readonly Entry[] {
  return attempts.flatMap(({ provider, evidence }) =>
    evidence.map((piece): Entry => {
      const [word, tone] = words[piece.word] ?? [piece.word, "plain"];
      const parts = [
        provider,
        proofText(piece.proves),
        ...(piece.operator_reference === null ? [] : [`operator's reference ${piece.operator_reference}`]),
        ...(piece.decides ? ["decides the attempt"] : []),
      ];
      const what = `${evidenceKindText(piece.kind)} ${word}`;
      return { at: piece.received_at, what, more: parts.join(" · "), said: piece.said, tone };
    }),
  );
}

function rulingsOf({ rulings }: Inside): readonly Entry[] {
  return rulings.flatMap(({ number, word, reason, state, ...ruling }): readonly Entry[] => {
    const proposed = `${ruling.proposed_by}${state === "void" ? " · void: something newer was heard" : ""}`;
    const what = `Ruling ${number} proposed: ${word}`;
    const entry: Entry = { at: ruling.proposed_at, what, more: proposed, said: reason, tone: "plain" };
    if (ruling.confirmed_at === null || ruling.confirmed_by === null) return [entry];
    const confirmed = { what: `Ruling ${number} confirmed`, more: ruling.confirmed_by, said: null } as const;
    return [entry, { at: ruling.confirmed_at, tone: word === "success" ? "succeeded" : "failed", ...confirmed }];
  });
}

function disputesOf({ disputes }: Inside): readonly Entry[] {
  return disputes.flatMap(({ number, comment, state, reason, opened_at, closed_at }): readonly Entry[] => {
    const opened = { at: opened_at, what: `Dispute ${number} opened`, more: "by the partner", said: comment } as const;
    if (closed_at === null) return [{ ...opened, tone: "doubt" }];
    const closed = { at: closed_at, what: `Dispute ${number} ${state}`, more: reason ?? "", said: null } as const;
    return [
      { ...opened, tone: "doubt" },
      { ...closed, tone: "plain" },
    ];
  });
}

function inWords(name: string): string {
  return name.replaceAll(/[._]/g, " ");
}
