// A copy of an account out of a file: as `recharge partners copy --json` wrote it, or its lines alone; and what it holds, in numbers.
import { z } from "zod";
import { Ended } from "./ask.ts";
import type { Given } from "./options.ts";

const fileSchema = z.looseObject({ copy: z.string() });
const headSchema = z.looseObject({ kind: z.literal("account"), account: z.int(), event: z.int() });
const rowSchema = z.looseObject({ kind: z.literal("row"), table: z.string() });
const endSchema = z.looseObject({ kind: z.literal("end"), rows: z.int() });

/** The parameter `copy`, with `event`, `rows` and `recharges` for the question. Ends the command where the file is no whole copy. */
export function readCopyFile(text: string): Given {
  const file = fileSchema.safeParse(parse(text));
  const copy = file.success ? file.data.copy : text;
  const lines = copy
    .split("\n")
    .filter((line) => line !== "")
    .map(parse);
  const head = headSchema.safeParse(lines[0]);
  const end = endSchema.safeParse(lines.at(-1));
  const rows = lines.slice(1, -1).map((line) => rowSchema.safeParse(line));
  const isWhole = head.success && end.success && end.data.rows === rows.length && rows.every((row) => row.success);
  if (!isWhole) throw new Ended("usage", "The file is no whole copy of an account.");
  const recharges = rows.filter((row) => row.data?.table === "recharges").length;
  return { copy, event: String(head.data.event), rows: String(rows.length), recharges: String(recharges) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
