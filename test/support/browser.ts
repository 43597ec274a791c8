// Debian's Chromium against a whole installation: signed in by link, light and dark, wide and narrow, and what it found wrong.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { z } from "zod";
import { copyAssets } from "../../scripts/assets.ts";
import type { Installation, InstallationOptions } from "../../scripts/installation.ts";
import { dropState, makeStatePath, startSandbox } from "../miniflare/sandbox.ts";

const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

/** False where no Chromium is installed: then the tests of pages in a browser are skipped, and it is said why. */
export function hasChromium(): boolean {
  const isThere = existsSync(executablePath);
  if (!isThere)
    console.warn(`skipped: there is no Chromium at ${executablePath} (.ci/run installs it, or set CHROMIUM)`);
  return isThere;
}

export interface Look {
  readonly theme: "light" | "dark";
  /** CSS pixels. */
  readonly width: 390 | 1440;
}

/** Each page is looked at in all of them. */
export const looks = [
  { theme: "light", width: 1440 },
  { theme: "dark", width: 1440 },
  { theme: "light", width: 390 },
  { theme: "dark", width: 390 },
] as const satisfies readonly Look[];

type Scope = "viewer" | "operator" | "finance" | "admin";
export type Visitor =
  | { readonly person: string; readonly scopes: readonly Scope[] }
  | { readonly person: string; readonly partner: string };

/** Somebody who is signed in, in a browser of their own (cookies, storage). */
export interface Visit {
  readonly page: Page;
  /** Console errors, errors of scripts, violations of the policy, requests to other hosts: none may be there. */
  readonly findings: string[];
  /** Changes theme and width of the page that is open. */
  show(look: Look): Promise<void>;
  /** What is wrong with the page that is open: the findings so far, what axe-core calls serious or critical, and a page that is wider than the window. */
  inspect(): Promise<readonly string[]>;
  leave(): Promise<void>;
}

export interface ConsoleSite {
  readonly installation: Installation;
  readonly url: string;
  /** The same by the name of this machine: passkeys need one. */
  readonly named: string;
  /** Signs somebody in by a one-time link, as people do; at `url` where nothing else is said. */
  visit(visitor: Visitor, look?: Look, at?: string): Promise<Visit>;
  dispose(): Promise<void>;
}

/** An installation with its pages on free ports, and one browser. Nothing is left running when it throws. */
export async function openConsole(more: Partial<InstallationOptions> = {}): Promise<ConsoleSite> {
  copyAssets();
  const statePath = makeStatePath();
  const installation = await startSandbox(statePath, undefined, { withPages: true, ...more });
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] }).catch(async (error: unknown) => {
    await installation.dispose();
    throw error;
  });
  const { url } = installation.gateway;
  return {
    installation,
    url,
    named: url.replace("127.0.0.1", "localhost"),
    visit: (visitor, look = looks[0], at = url) => signIn({ browser, installation, at }, visitor, look),
    dispose: async () => {
      await browser.close();
      await installation.dispose();
      dropState(statePath);
    },
  };
}

/** What is wrong with the page that is open, in any look. */
export async function inspectEveryLook(visit: Visit): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const look of looks) {
    await visit.show(look);
    wrong.push(...(await visit.inspect()).map((one) => `${look.theme} ${look.width}: ${one}`));
  }
  return wrong;
}

interface Parts {
  readonly browser: Browser;
  readonly installation: Installation;
  readonly at: string;
}

async function signIn({ browser, installation, at }: Parts, visitor: Visitor, look: Look): Promise<Visit> {
  const context = await browser.newContext({
    baseURL: at,
    viewport: { width: look.width, height: 900 },
    colorScheme: look.theme,
    locale: "en-IN",
    timezoneId: "Asia/Kolkata",
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  const findings = await watch(context, page, at);
  await page.goto(`${at}${await linkFor(installation, visitor)}`);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("button", { name: "Sign out" }).waitFor();
  return {
    page,
    findings,
    show: async ({ theme, width }) => {
      await page.emulateMedia({ colorScheme: theme });
      await page.setViewportSize({ width, height: 900 });
    },
    inspect: async () => [...findings, ...(await widerThanWindow(page)), ...(await seriousByAxe(page))],
    leave: () => context.close(),
  };
}

const linkSchema = z.object({ path: z.string() });

async function linkFor(installation: Installation, visitor: Visitor): Promise<string> {
  const { url } = installation.gateway;
  const reply = await fetch(`${url}/admin/v1/sign-in-links`, {
    method: "POST",
    headers: { authorization: `Bearer ${installation.staffToken}`, "content-type": "application/json" },
    body: JSON.stringify(visitor),
  });
  if (!reply.ok) throw new Error(`no link: ${reply.status} ${await reply.text()}`);
  return linkSchema.parse(await reply.json()).path;
}

// Texts, and not functions: this project knows the types of Node and of Workers, not those of the browser.
const tellViolations = `document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
  console.error("policy: " + violatedDirective + " " + blockedURI));`;
const widths = "[document.documentElement.scrollWidth, innerWidth]";

/** Writes down what a page does that it must not; requests to other hosts are stopped too. */
async function watch(context: BrowserContext, page: Page, url: string): Promise<string[]> {
  const findings: string[] = [];
  const isOwn = (asked: string): boolean => asked.startsWith(`${url}/`) || asked.startsWith("data:");
  await context.route(
    (asked) => !isOwn(asked.href),
    async (route) => {
      findings.push(`asked another host: ${route.request().url()}`);
      await route.abort();
    },
  );
  page.on("console", (message) => {
    if (message.type() === "error") findings.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => findings.push(`script: ${error.message}`));
  await context.addInitScript(tellViolations);
  return findings;
}

async function widerThanWindow(page: Page): Promise<readonly string[]> {
  const [content, window] = z.tuple([z.number(), z.number()]).parse(await page.evaluate(widths));
  return content > window ? [`the page is ${content} pixels wide, the window ${window}`] : [];
}

const axeScript = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const axeSchema = z.object({
  violations: z.array(
    z.object({
      id: z.string(),
      impact: z.string().nullable(),
      help: z.string(),
      nodes: z.array(z.object({ html: z.string(), failureSummary: z.string().optional() })),
    }),
  ),
});

/** Through the debugger, so that the policy of the page stays as strict as it is for everybody. */
async function seriousByAxe(page: Page): Promise<readonly string[]> {
  await page.evaluate(axeScript);
  const { violations } = axeSchema.parse(await page.evaluate('axe.run(document, { resultTypes: ["violations"] })'));
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, help, nodes }) => `axe ${id}: ${help}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`);
}
