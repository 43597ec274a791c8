// From the fields of the form about a provider's statements to a mapping, and back. The API says what is wrong with it.
import { z } from "zod";

export const columnNames = [
  "id",
  "reference",
  "number",
  "amount",
  "status",
  "time",
  "changed",
  "operator",
  "debit",
  "credit",
  "balance",
] as const;
export const wordNames = ["success", "failure", "refund", "pending", "other"] as const;
export const summaryNames = ["from", "to", "opening", "closing", "made", "date"] as const;

const texts = z.record(z.string(), z.string());

/** What of a remembered mapping fills the form. */
export const knownMappingSchema = z.object({
  version: z.int(),
  mapping: z.object({
    columns: texts,
    words: z.record(z.string(), z.array(z.string())),
    date: z.string(),
    zone: z.string(),
    decimal: z.object({ point: z.string(), grouping: z.string() }),
    delimiter: z.string(),
    summary: texts.optional(),
  }),
});
export type KnownMapping = z.infer<typeof knownMappingSchema>["mapping"];

export type Fields = Readonly<Record<string, string>>;

/** Where nothing is remembered yet. */
export const emptyFields: Fields = {
  date: "dd/MM/yyyy HH:mm:ss",
  zone: "Asia/Kolkata",
  point: ".",
  grouping: ",",
  delimiter: ",",
};

const named = (prefix: string, from: Readonly<Record<string, string>>) =>
  Object.entries(from).map(([name, text]) => [`${prefix}.${name}`, text]);

export function fieldsOf(mapping: KnownMapping): Fields {
  return Object.fromEntries([
    ...named("column", mapping.columns),
    ...Object.entries(mapping.words).map(([name, all]) => [`word.${name}`, all.join("\n")]),
    ...named("summary", mapping.summary ?? {}),
    ["date", mapping.date],
    ["zone", mapping.zone],
    ["point", mapping.decimal.point],
    ["grouping", mapping.decimal.grouping],
    ["delimiter", mapping.delimiter],
  ]);
}

/** As the API takes it; fields that are empty are left out. */
export function mappingOf(fields: Fields): unknown {
  const text = (name: string) => (fields[name] ?? "").trim();
  const given = (prefix: string, names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, text(`${prefix}.${name}`)]).filter(([, value]) => value !== ""));
  const summary = given("summary", summaryNames);
  const wordsOf = (name: string) =>
    text(`word.${name}`)
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "");
  return {
    columns: given("column", columnNames),
    words: Object.fromEntries(wordNames.map((name) => [name, wordsOf(name)])),
    date: text("date"),
    zone: text("zone"),
    // A space or a tab is a sign here.
    decimal: { point: fields["point"] ?? "", grouping: fields["grouping"] ?? "" },
    delimiter: fields["delimiter"] ?? "",
    ...(Object.keys(summary).length === 0 ? {} : { summary }),
  };
}
