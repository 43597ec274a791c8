// The console and the portal as a browser asks for them.
import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { z } from "zod";
import { app } from "../../src/app.ts";
import { askStaff } from "./api-journey.ts";

export const origin = "http://127.0.0.1:8787";
let people = 0;

type Wanted = { readonly person?: string } & ({ readonly scopes: readonly string[] } | { readonly partner: string });

export interface Browsing extends RequestInit {
  readonly cookie?: string;
  /** Of the page that asks; null: none is said. */
  readonly from?: string | null;
  readonly at?: string;
  /** Settings beside those of the tests. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** One request, without following where it leads. */
export async function browse(path: string, more: Browsing = {}): Promise<Response> {
  const { cookie, from = origin, at = origin, settings, ...init } = more;
  const headers = new Headers(init.headers);
  if (from !== null) headers.set("origin", from);
  if (cookie !== undefined) headers.set("cookie", cookie);
  return app.request(
    `${at}${path}`,
    { ...init, headers, redirect: "manual" },
    settings ? { ...env, ...settings } : env,
    createExecutionContext(),
  );
}

/** A fresh one-time link, without what stands before its `#`. */
export async function newLink(wanted: Wanted): Promise<string> {
  people += 1;
  const { body } = await askStaff("/sign-in-links", { person: `Person ${people} ${crypto.randomUUID()}`, ...wanted });
  const { path } = z.object({ path: z.string() }).parse(body);
  return path.slice(path.indexOf("#") + 1);
}

export function sendLink(link: string, place = "/console", more: Browsing = {}): Promise<Response> {
  return browse(`${place}/sign-in`, { method: "POST", body: new URLSearchParams({ link }), ...more });
}

/** The cookie of a new session: in the console with these scopes, or in a partner's portal. */
export async function signIn(wanted: Wanted): Promise<string> {
  const place = "partner" in wanted ? "/portal" : "/console";
  const answer = await sendLink(await newLink(wanted), place);
  return (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
}

export interface Route {
  readonly method: string;
  readonly path: string;
}

/** Every route of the Worker, once, middleware too; `ALL` where any method is taken. */
export function allRoutes(): readonly Route[] {
  return [...new Map(app.routes.map(({ method, path }) => [`${method} ${path}`, { method, path }])).values()];
}

/** A path that the route takes: its parameters filled in. */
export function pathOf({ path }: Route, parameters: Readonly<Record<string, string>> = {}): string {
  return path
    .replaceAll(/:(\w+)(\{[^}]*\})?\??/g, (_whole, name: string) => parameters[name] ?? "1")
    .replaceAll("*", "anything");
}
