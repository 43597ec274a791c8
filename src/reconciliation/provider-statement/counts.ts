// How many rows of a plan became what: kept with the import, and shown in lists.
import { z } from "zod";
import { dispositions } from "./match.ts";
import { missingWords } from "./missing.ts";
import type { StatementPlan } from "./plan.ts";

const countSchema = z.int().nonnegative();

export const countsSchema = z.object({
  rows: z.record(z.enum(dispositions), countSchema),
  missing: z.record(z.enum(missingWords), countSchema),
  foots: z.boolean(),
  words: countSchema,
});
export type Counts = z.infer<typeof countsSchema>;

/** Every disposition with its number of rows, zeros included. */
export function countsOf({ rows, missing, footing, words }: StatementPlan): Counts {
  const rowDispositions = rows.map(({ disposition }) => disposition);
  const missed = missing.map(({ word }) => word);
  return {
    rows: {
      settles: count("settles", rowDispositions),
      contradicts: count("contradicts", rowDispositions),
      agrees: count("agrees", rowDispositions),
      known: count("known", rowDispositions),
      not_final: count("not_final", rowDispositions),
      does_not_fit: count("does_not_fit", rowDispositions),
      ambiguous: count("ambiguous", rowDispositions),
      too_fresh: count("too_fresh", rowDispositions),
      unknown: count("unknown", rowDispositions),
      other: count("other", rowDispositions),
    },
    missing: {
      failure: count("failure", missed),
      absence: count("absence", missed),
      nothing: count("nothing", missed),
    },
    foots: footing.kind === "foots",
    words: words.length,
  };
}

function count(wanted: string, all: readonly string[]): number {
  return all.filter((one) => one === wanted).length;
}
