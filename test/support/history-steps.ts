// What is tried in a random history of an account.
import fc from "fast-check";
import { type Currency, currencies } from "../../src/base/money.ts";

/** What is tried next; the model leaves out what the account would refuse. */
export type Step =
  | { readonly kind: "credit" | "debit" | "open_debt"; readonly currency: Currency; readonly amount: number }
  | { readonly kind: "place"; readonly currency: Currency; readonly face: number; readonly commission: number }
  | { readonly kind: "succeed"; readonly pick: number; readonly providerCommission: number | null }
  | { readonly kind: "fail" | "reverse" | "open_case" | "rule_case"; readonly pick: number }
  | { readonly kind: "reward"; readonly pick: number; readonly cashback: number }
  | { readonly kind: "dispute"; readonly pick: number }
  | { readonly kind: "end_dispute"; readonly pick: number; readonly isWon: boolean }
  | { readonly kind: "warn"; readonly currency: Currency };

const currency = fc.constantFrom(...currencies);
const amount = fc.integer({ min: 1, max: 100_000 });
const pick = fc.nat(50);

export const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constantFrom("credit" as const, "debit" as const), currency, amount }),
    fc.record({ kind: fc.constant("open_debt" as const), currency, amount: fc.integer({ min: 1, max: 500 }) }),
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant("place" as const),
        currency,
        face: fc.integer({ min: 100, max: 20_000 }),
        commission: fc.integer({ min: 0, max: 99 }),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant("succeed" as const),
        pick,
        providerCommission: fc.option(fc.integer({ min: 0, max: 50 })),
      }),
    },
    fc.record({
      kind: fc.constantFrom("fail" as const, "reverse" as const, "open_case" as const, "rule_case" as const),
      pick,
    }),
    fc.record({ kind: fc.constant("reward" as const), pick, cashback: fc.integer({ min: 1, max: 5_000 }) }),
    fc.record({ kind: fc.constant("dispute" as const), pick }),
    fc.record({ kind: fc.constant("end_dispute" as const), pick, isWon: fc.boolean() }),
    fc.record({ kind: fc.constant("warn" as const), currency }),
  ),
  { minLength: 1, maxLength: 40 },
);
