// Filters of the list of recharges that a person has given a name. They are kept in that person's browser, as a cookie of this one page.
import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { z } from "zod";
import type { ConsoleEnv } from "./console-env.ts";
import { queryOf, readFilter } from "./recharge-filter.ts";

const viewsAtMost = 12;
const yearSeconds = 365 * 86_400;
const cookie = { name: "views", path: "/console/recharges" };

const viewSchema = z.object({ name: z.string().trim().min(1).max(40), query: z.string().max(300) });
export type SavedView = z.infer<typeof viewSchema>;
const viewsSchema = z.array(viewSchema).max(viewsAtMost);

/** None where the cookie is not ours any more. */
export function readViews(c: Context<ConsoleEnv>): readonly SavedView[] {
  try {
    return viewsSchema.parse(JSON.parse(getCookie(c, cookie.name) ?? "[]"));
  } catch {
    return [];
  }
}

/** Keeps a view under its name, the latest first; one of the same name is replaced, the oldest beyond twelve forgotten. */
export function keepView(c: Context<ConsoleEnv>, given: Readonly<Record<string, unknown>>): void {
  const { cursor: _cursor, ...filter } = readFilter(given);
  const view = viewSchema.safeParse({ name: given["name"], query: queryOf(filter) });
  if (!view.success) return;
  const others = readViews(c).filter(({ name }) => name !== view.data.name);
  write(c, [view.data, ...others].slice(0, viewsAtMost));
}

export function dropView(c: Context<ConsoleEnv>, dropped: string): void {
  write(
    c,
    readViews(c).filter(({ name }) => name !== dropped),
  );
}

function write(c: Context<ConsoleEnv>, views: readonly SavedView[]): void {
  setCookie(c, cookie.name, JSON.stringify(views), {
    path: cookie.path,
    httpOnly: true,
    sameSite: "Lax",
    secure: new URL(c.req.url).protocol === "https:",
    maxAge: yearSeconds,
  });
}
