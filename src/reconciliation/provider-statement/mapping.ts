// How one provider's statement is read: its columns, words, times and decimals. Staff say it once per provider, and it is remembered.
import { z } from "zod";
import { isTimeFormat, isZone } from "./time.ts";

const heading = z.string().trim().min(1, "must not be empty").max(80, "must be at most 80 characters");
const words = z.array(heading).max(50);

/** What a row says of its order, in our words. `other`: it is about no recharge (a deposit, a fee). */
export const rowWords = ["success", "failure", "refund", "pending", "other"] as const;
export type RowWord = (typeof rowWords)[number];

const columnsSchema = z.strictObject({
  /** The upstream's own id of the order. */
  id: heading.optional(),
  /** Our reference, where it travels. */
  reference: heading.optional(),
  number: heading.optional(),
  /** Face value of the order. */
  amount: heading,
  status: heading,
  /** When the order was taken. */
  time: heading,
  /** Since when the status is so; without it the row speaks for `time`. */
  changed: heading.optional(),
  /** The operator's reference. */
  operator: heading.optional(),
  debit: heading.optional(),
  credit: heading.optional(),
  /** Balance after the row. */
  balance: heading.optional(),
});

/** Labels of the lines outside the table that say period and balances; the value is the next cell. */
const summarySchema = z.strictObject({
  from: heading,
  to: heading,
  opening: heading,
  closing: heading,
  /** When the file was made. */
  made: heading.optional(),
  /** Form of these times, where it is another than the rows'. */
  date: z.string().refine(isTimeFormat, "is not a form of a time, such as dd/MM/yyyy").optional(),
});

export const mappingSchema = z
  .strictObject({
    columns: columnsSchema,
    words: z.strictObject({
      success: words.min(1, "names at least one word"),
      failure: words,
      refund: words,
      pending: words,
      other: words,
    }),
    /** Form of a time: `yyyy` `yy` `MMM` `MM` `dd` `HH` `hh` `mm` `ss` `a`, all else as it stands. */
    date: z.string().max(40).refine(isTimeFormat, "is not a form of a time, such as dd/MM/yyyy HH:mm:ss"),
    /** IANA name of the zone in which the provider writes its times. */
    zone: z.string().max(60).refine(isZone, "is not a time zone, such as Asia/Kolkata"),
    decimal: z.strictObject({
      point: z.enum([".", ","]),
      /** Stands between the groups of digits; empty: nothing does. */
      grouping: z.enum(["", ",", ".", " ", "'"]),
    }),
    delimiter: z.enum([",", ";", "\t", "|"]).default(","),
    summary: summarySchema.optional(),
  })
  .refine(({ columns }) => isEachOnce(Object.values(columns)), {
    path: ["columns"],
    message: "names a column twice",
  })
  .refine((mapping) => isEachOnce(Object.values(mapping.words).flat()), {
    path: ["words"],
    message: "gives a word two meanings",
  })
  .refine(
    ({ columns }) => columns.id !== undefined || columns.reference !== undefined || columns.number !== undefined,
    {
      path: ["columns"],
      message: "names nothing that an order is known by: id, reference or number",
    },
  )
  .refine(({ columns }) => (columns.debit === undefined) === (columns.credit === undefined), {
    path: ["columns"],
    message: "names debit and credit together, or neither",
  })
  .refine(({ decimal }) => decimal.point !== decimal.grouping, {
    path: ["decimal"],
    message: "has one sign for point and grouping",
  });

export type StatementMapping = z.infer<typeof mappingSchema>;

/** Headings and words are compared without regard to case and outer spaces. */
export function plain(text: string): string {
  return text.trim().toLowerCase();
}

/** A label with or without its colon. */
export function labelOf(cell: string): string {
  return plain(cell).replace(/\s*:$/, "");
}

function isEachOnce(texts: readonly (string | undefined)[]): boolean {
  const given = texts.flatMap((text) => (text === undefined ? [] : [plain(text)]));
  return new Set(given).size === given.length;
}
