// What every provider client must do, whichever protocol it speaks and whatever stands at the other end of `fetch`.
import { describe, expect, it, type TestContext } from "vitest";
import type { Fetch, FetchInit } from "../../src/providers/exchange.ts";
import type { Provider, Submission } from "../../src/providers/provider.ts";
import type { Outcome } from "../../src/recharges/outcome.ts";

/** The other end in one situation: what stands behind `fetch`, and the order that leads there. */
export interface Act {
  readonly fetch: Fetch;
  readonly submission: Submission;
}

/** What a protocol cannot do, with the reason. */
export interface Skipped {
  readonly skip: string;
}

export const doubtfulSituations = [
  "never answers",
  "resets the connection",
  "answers with a page",
  "answers 500",
  "answers 520",
  "redirects",
  "breaks the body off",
  "mislabels the content",
  "answers nothing",
] as const;
export type DoubtfulSituation = (typeof doubtfulSituations)[number];

export const lookupKinds = ["succeeded", "failed", "pending", "not_found", "in_doubt"] as const;
export type LookupKind = (typeof lookupKinds)[number];

/** A documented answer by its own text, and what it means to us. */
export interface DocumentedAnswer extends Act {
  readonly text: string;
  readonly expected: { readonly kind: Outcome["kind"]; readonly cause?: string };
}

export interface OtherEnd {
  readonly success: Act;
  readonly successWithoutReference: Act | Skipped;
  readonly failure: Act;
  readonly pending: Act;
  /** The reply speaks of another number than the order. */
  readonly otherNumber: Act | Skipped;
  readonly documented: readonly DocumentedAnswer[];
  readonly doubtful: Readonly<Record<DoubtfulSituation, Act | Skipped>>;
  /** Each asked after its submission was sent. */
  readonly lookups: Readonly<Record<LookupKind, Act>> | Skipped;
  /** `balance` in minor units. */
  readonly balance: (Act & { readonly balance: number }) | Skipped;
}

export type MakeProvider = (fetch: Fetch) => Provider;

/** Runs the contract for one protocol. `make` gives a client of it that talks through the given `fetch`. */
export function describeProviderContract(name: string, make: MakeProvider, end: OtherEnd): void {
  describe(`the ${name} client, explicit words`, () => {
    describeExplicitWords(make, end);
  });
  describe(`the ${name} client, answers that prove nothing`, () => {
    describeDoubt(make, end);
  });
  describe(`the ${name} client, questions`, () => {
    describeQuestions(make, end);
  });
}

function describeExplicitWords(make: MakeProvider, end: OtherEnd): void {
  it("understands a success and brings the operator's reference", async () => {
    const outcome = await submitOnce(make, end.success);
    expect(outcome.kind).toBe("succeeded");
    expect(carriedBy(outcome).operatorReference).toMatch(/./);
    expectOwn(outcome, end.success.submission);
  });

  it("understands a success without a reference", async (context) => {
    const act = playable(end.successWithoutReference, context);
    const outcome = await submitOnce(make, act);
    expect(outcome.kind).toBe("succeeded");
    expect(carriedBy(outcome).operatorReference).toBeUndefined();
  });

  it("understands a failure and takes no operator's reference from it", async () => {
    const outcome = await submitOnce(make, end.failure);
    expect(outcome.kind).toBe("failed");
    expect(carriedBy(outcome).operatorReference).toBeUndefined();
    expectOwn(outcome, end.failure.submission);
  });

  it("understands that a recharge is pending", async () => {
    const outcome = await submitOnce(make, end.pending);
    expect(outcome.kind).toBe("pending");
    expectOwn(outcome, end.pending.submission);
  });

  it("carries the number of a reply about another one", async (context) => {
    const act = playable(end.otherNumber, context);
    const { number } = carriedBy(await submitOnce(make, act));
    expect(number).toMatch(/^\d+$/);
    expect(number).not.toBe(act.submission.number);
  });

  for (const act of end.documented) {
    it(`knows what "${act.text}" means`, async () => {
      expect(await submitOnce(make, act)).toMatchObject(act.expected);
    });
  }
}

function describeDoubt(make: MakeProvider, end: OtherEnd): void {
  for (const situation of doubtfulSituations) {
    it(`is in doubt when the other end ${situation}`, async (context) => {
      const act = playable(end.doubtful[situation], context);
      expect((await submitOnce(make, act)).kind).toBe("in_doubt");
    });
  }
}

function describeQuestions(make: MakeProvider, end: OtherEnd): void {
  it("can be asked exactly what its safety descriptor says", () => {
    const { facts, ...client } = make(() => Promise.reject(new Error("must not be asked")));
    expect("lookUp" in client).toBe(!("skip" in end.lookups));
    expect(facts.safety.lookup === "none").toBe("skip" in end.lookups);
    expect("readBalance" in client).toBe(!("skip" in end.balance));
    expect(facts.safety.balance.endpoint).toBe(!("skip" in end.balance));
  });

  for (const kind of lookupKinds) {
    it(`finds by lookup that a recharge is ${kind}`, async (context) => {
      const act = playable(end.lookups, context)[kind];
      const provider = make(act.fetch);
      await provider.submit(act.submission);
      expect(await provider.lookUp?.(act.submission.reference, null)).toMatchObject({ kind });
    });
  }

  it("reads the balance", async (context) => {
    const act = playable(end.balance, context);
    expect(await make(act.fetch).readBalance?.()).toMatchObject({ balance: act.balance });
  });
}

/** The act, or the end of the test, named with the reason why this protocol cannot do it. */
function playable<Given extends object>(given: Given | Skipped, context: TestContext): Given {
  return "skip" in given ? context.skip(given.skip) : given;
}

/** Submits, and holds the client to one request that follows no redirect. */
async function submitOnce(make: MakeProvider, act: Act): Promise<Outcome> {
  const sent: FetchInit[] = [];
  const provider = make((url, init) => {
    sent.push(init);
    return act.fetch(url, init);
  });
  const outcome = await provider.submit(act.submission);
  expect(sent.map((init) => init.redirect)).toEqual(["manual"]);
  return outcome;
}

function carriedBy(outcome: Outcome) {
  return outcome.kind === "not_started" ? {} : outcome.carried;
}

/** What a reply carries of reference, number and amount is the order's own. */
function expectOwn(outcome: Outcome, order: Submission): void {
  const own = { ourReference: order.reference, number: order.number, amount: order.amount };
  const { ourReference, number, amount } = { ...own, ...carriedBy(outcome) };
  expect({ ourReference, number, amount }).toEqual(own);
}
