// What the pages of Settings have in common: the way from one to the other.
import type { Context } from "hono";
import type { Child } from "hono/jsx";
import { noteOf } from "./act.tsx";
import type { ConsoleEnv } from "./console-env.ts";
import { Page } from "./page.tsx";

export const settingsPage = "/console/settings";
const tabs = { "": "Staff", "/people": "Passkeys", "/numbers": "Numbers", "/audit": "Audit" } as const;

interface SettingsProps {
  readonly c: Context<ConsoleEnv>;
  readonly tab: keyof typeof tabs;
  readonly children: Child;
}

export function Settings({ c, tab, children }: SettingsProps) {
  return (
    <Page
      title={`Settings: ${tabs[tab].toLowerCase()}`}
      section={settingsPage}
      guest={c.get("session").guest}
      {...noteOf(c)}
    >
      <nav class="tabs" aria-label="Of the settings">
        <ul>
          {Object.entries(tabs).map(([path, name]) => (
            <li>
              <a href={`${settingsPage}${path}`} aria-current={path === tab ? "page" : undefined}>
                {name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {children}
    </Page>
  );
}
