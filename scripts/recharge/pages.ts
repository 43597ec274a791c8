// Every page of a list, one after the other, with progress for whoever looks.
import { z } from "zod";
import { ask, type Gateway, type Question } from "./ask.ts";
import type { Terminal } from "./terminal.ts";

const pageSchema = z.record(z.string(), z.unknown());
/** How a page says where the next one begins, and the parameter that asks for it. */
const ways = { next_cursor: "cursor", next_after: "after", next_offset: "offset" } as const;
const pageSize = "500";

/** All items under the name of the list; what else the last page says stays. */
export async function readAll(gateway: Gateway, question: Question, terminal: Terminal): Promise<unknown> {
  const items: unknown[] = [];
  let query: Readonly<Record<string, string>> = { ...question.query, limit: question.query?.["limit"] ?? pageSize };
  for (;;) {
    const page = pageSchema.parse(await ask(gateway, { ...question, query }));
    const [name, list] = Object.entries(page).find(([, value]) => Array.isArray(value)) ?? ["items", []];
    const found = z.array(z.unknown()).parse(list);
    items.push(...found);
    const next = nextOf(page);
    terminal.progress?.(next === null ? 1 : shareOf(found.at(-1), query, terminal.now()), `${items.length} read`);
    const isSame = next !== null && query[next.parameter] === next.value;
    if (next === null || isSame || found.length === 0) return { ...page, [name]: items };
    query = { ...query, [next.parameter]: next.value };
  }
}

function nextOf(
  page: Readonly<Record<string, unknown>>,
): { readonly parameter: string; readonly value: string } | null {
  for (const [name, parameter] of Object.entries(ways)) {
    const value = page[name];
    if (typeof value === "string" || typeof value === "number") return { parameter, value: String(value) };
  }
  return null;
}

/** Lists with `from` come newest first: how far down in time the last item is. Null where that is not known. */
function shareOf(last: unknown, query: Readonly<Record<string, string>>, now: number): number | null {
  const from = Date.parse(query["from"] ?? "");
  const item = z.looseObject({ created_at: z.string() }).safeParse(last);
  if (Number.isNaN(from) || !item.success) return null;
  const to = Date.parse(query["to"] ?? "") || now;
  return Math.min(Math.max((to - Date.parse(item.data.created_at)) / (to - from), 0), 1);
}
