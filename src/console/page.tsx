// The frame of every page: navigation, who is signed in, and what was just done.
import type { Child } from "hono/jsx";
import type { Guest } from "../partners/sessions.ts";

export interface PageProps {
  readonly title: string;
  readonly guest: Guest;
  /** Path of the section that the page belongs to. */
  readonly section: string;
  /** What was just done, told once. */
  readonly note?: string;
  /** The page has the button of a passkey, so it loads the script of it. */
  readonly takesPasskeys?: boolean;
  readonly children: Child;
}

const sections = {
  staff: [
    ["/console", "Today"],
    ["/console/recharges", "Recharges"],
    ["/console/cases", "Cases"],
    ["/console/reconciliation", "Reconciliation"],
    ["/console/partners", "Partners"],
    ["/console/providers", "Providers"],
    ["/console/bots", "Bots"],
    ["/console/settings", "Settings"],
  ],
  partner: [
    ["/portal", "Today"],
    ["/portal/recharges", "Recharges"],
    ["/portal/statement", "Statement"],
    ["/portal/keys", "Keys"],
    ["/portal/webhooks", "Webhooks"],
    ["/portal/disputes", "Disputes"],
  ],
} as const satisfies Record<Guest["kind"], readonly (readonly [path: string, name: string])[]>;

export function Page({ title, guest, section, note, takesPasskeys = false, children }: PageProps) {
  const place = guest.kind === "staff" ? "/console" : "/portal";
  return (
    <Document title={title} takesPasskeys={takesPasskeys}>
      <a class="skip" href="#main">
        Skip to the page
      </a>
      <header class="top">
        <a class="brand" href={place}>
          Recharge Gateway
        </a>
        <nav aria-label="Sections">
          <ul>
            {sections[guest.kind].map(([path, name]) => (
              <li>
                <a href={path} aria-current={path === section ? "page" : undefined}>
                  {name}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <form method="post" action={`${place}/sign-out`} class="who">
          <span>
            <a href={`${place}/sessions`}>{guest.person}</a>
            {guest.kind === "staff" ? <small>{guest.scopes.join(", ")}</small> : null}
          </span>
          <button type="submit" class="quiet">
            Sign out
          </button>
        </form>
      </header>
      <main id="main" tabindex={-1}>
        {note === undefined ? null : (
          <p class="note" role="status">
            {note}
          </p>
        )}
        <h1>{title}</h1>
        {children}
      </main>
    </Document>
  );
}

type DocumentProps = Pick<PageProps, "title" | "takesPasskeys" | "children">;

/** A whole document, for pages without a session too. */
export function Document({ title, takesPasskeys = false, children }: DocumentProps) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="htmx-config" content='{"includeIndicatorCSS":false,"allowEval":false}' />
        <title>{title} · Recharge Gateway</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/console/static/console.css" />
        <script src="/console/static/htmx.js" defer></script>
        {takesPasskeys ? <script src="/console/static/passkeys.js" defer></script> : null}
        <script src="/console/static/console.js" defer></script>
      </head>
      <body>{children}</body>
    </html>
  );
}

/** A time of the API (ISO 8601): shown in the viewer's zone by the page's script, in UTC without it. */
export function Moment({ at }: { readonly at: string }) {
  return <time datetime={at}>{`${at.slice(0, 10)} ${at.slice(11, 19)} UTC`}</time>;
}
