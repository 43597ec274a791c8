// `recharge recharges tail`: recharges as they are placed and as they change, until ctrl-C.
import { z } from "zod";
import { ask, type Gateway } from "./ask.ts";
import { presentTable } from "./table.ts";
import { type Terminal, widthOf } from "./terminal.ts";

const pageSchema = z.looseObject({
  recharges: z.array(
    z.looseObject({ id: z.string(), state: z.string(), created_at: z.string(), updated_at: z.string() }),
  ),
  next_cursor: z.string().nullable(),
});
type Listed = z.infer<typeof pageSchema>["recharges"][number];

/** The ledger hears of a recharge moments after it is placed, so each look goes back a little. */
const lookBackMs = 60_000;
const columns = ["time", "id", "partner?", "product", "number", "amount", "state"];

/** Looks every `everyMs`. Recharges that were pending when they were last seen are looked at again however old they are. */
export async function tailRecharges(
  gateway: Gateway,
  terminal: Terminal,
  how: { readonly filter: Readonly<Record<string, string>>; readonly everyMs: number; readonly isJson: boolean },
): Promise<void> {
  const seen = new Map<string, Listed>();
  let since = terminal.now() - lookBackMs;
  let isFirst = true;
  while (!terminal.stopped.aborted) {
    const oldest = Math.min(since, ...[...seen.values()].filter(isPending).map((one) => Date.parse(one.created_at)));
    // oxlint-disable-next-line eslint/no-await-in-loop -- each look begins where the one before ended
    const now = await readSince(gateway, how.filter, new Date(oldest).toISOString());
    const news = now.filter((one) => seen.get(one.id)?.state !== one.state);
    if (news.length > 0) terminal.out(how.isJson ? jsonLines(news) : tableLines(news, terminal, isFirst));
    isFirst &&= news.length === 0;
    since = terminal.now() - lookBackMs;
    for (const one of now) seen.set(one.id, one);
    for (const [id, one] of seen) if (!isPending(one) && Date.parse(one.created_at) < since) seen.delete(id);
    // oxlint-disable-next-line eslint/no-await-in-loop -- the pause between two looks
    await terminal.sleep(how.everyMs);
  }
}

function isPending({ state }: Listed): boolean {
  return state === "pending";
}

/** Oldest first. */
async function readSince(
  gateway: Gateway,
  filter: Readonly<Record<string, string>>,
  from: string,
): Promise<readonly Listed[]> {
  const found: Listed[] = [];
  let cursor: string | null = null;
  do {
    const query: Record<string, string> = { ...filter, from, limit: "500", ...(cursor === null ? {} : { cursor }) };
    // oxlint-disable-next-line eslint/no-await-in-loop -- a page says where the next one begins
    const page = pageSchema.parse(await ask(gateway, { method: "GET", path: "/admin/v1/recharges", query }));
    found.push(...page.recharges);
    cursor = page.next_cursor;
  } while (cursor !== null);
  return found.toReversed();
}

function jsonLines(news: readonly Listed[]): string {
  return news.map((one) => `${JSON.stringify(one)}\n`).join("");
}

function tableLines(news: readonly Listed[], terminal: Terminal, withHead: boolean): string {
  const rows = news.map((one) => ({ ...one, time: one.updated_at.slice(11, 19) }));
  const table = presentTable(rows, columns, widthOf(terminal)).split("\n");
  return `${(withHead ? table : table.slice(1)).join("\n")}\n`;
}
