// What the pages of one provider have in common: its name, and the way from one to the other.
import type { Context } from "hono";
import type { Child } from "hono/jsx";
import { noteOf } from "./act.tsx";
import type { Asked } from "./ask.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { Page } from "./page.tsx";
import { providersPage } from "./providers.tsx";
import { RefusedNote } from "./refused.tsx";

export const providerPage = `${providersPage}/:provider`;
const tabs = { "/codes": "Codes and tests", "/wallet": "Our wallet there" } as const;
export type ProviderTab = keyof typeof tabs;

/** As a part of a path. */
export function providerIn(c: Context<ConsoleEnv>): string {
  return encodeURIComponent(c.req.param("provider") ?? "");
}

export function providerApi(c: Context<ConsoleEnv>, more: string): string {
  return `/admin/v1/providers/${providerIn(c)}${more}`;
}

export function providerBack(tab: ProviderTab): (c: Context<ConsoleEnv>) => string {
  return (c) => `${providersPage}/${providerIn(c)}${tab}`;
}

/** Shows what was asked about a provider in its frame, or what was refused instead. */
export async function showProvider<Value>(
  c: Context<ConsoleEnv>,
  tab: ProviderTab,
  asked: Asked<Value>,
  body: (value: Value) => Child | Promise<Child>,
): Promise<Response> {
  const provider = c.req.param("provider") ?? "";
  const { guest } = c.get("session");
  return c.html(
    <Page title={asked.ok ? provider : "Provider"} section={providersPage} guest={guest} {...noteOf(c)}>
      {asked.ok ? (
        <>
          <nav class="tabs" aria-label="Of this provider">
            <ul>
              {Object.entries(tabs).map(([path, name]) => (
                <li>
                  <a href={`${providersPage}/${providerIn(c)}${path}`} aria-current={path === tab ? "page" : undefined}>
                    {name}
                  </a>
                </li>
              ))}
              <li>
                <a href={`/console/reconciliation/statements/${providerIn(c)}`}>Its statements</a>
              </li>
            </ul>
          </nav>
          {await body(asked.value)}
        </>
      ) : (
        <RefusedNote refused={asked.refused} />
      )}
      <p>
        <a href={providersPage}>Back to providers</a>
      </p>
    </Page>,
    asked.ok ? 200 : 404,
  );
}
