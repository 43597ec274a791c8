// What every page of one partner has: who it is, how it stands, and the way to its other pages.
import type { Context } from "hono";
import type { Child } from "hono/jsx";
import { z } from "zod";
import { noteOf } from "./act.tsx";
import { type AskGateway, ask } from "./ask.ts";
import { commissionSchema } from "./commission-text.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { Page } from "./page.tsx";
import { RefusedNote } from "./refused.tsx";

export const partnersPage = "/console/partners";
export const partnerPage = `${partnersPage}/:partner`;

const planSchema = z.object({ version: z.int(), from: z.string(), commission: commissionSchema });
export const partnerSchema = z.object({
  id: z.string(),
  name: z.string(),
  mode: z.string(),
  status: z.string(),
  wallets: z.array(z.string()),
  plan_version: z.int(),
  commission: commissionSchema,
  later_plans: z.array(planSchema),
  limits: z.array(
    z.object({
      currency: z.string(),
      per_recharge: z.string().nullable(),
      per_day: z.string().nullable(),
      low_balance: z.string().optional(),
    }),
  ),
  rewards: z.unknown(),
});
export type PartnerShown = z.infer<typeof partnerSchema>;

/** Id of the partner in the address; what is none goes no further than the API. */
export function partnerIn(c: Context<ConsoleEnv>): string {
  return encodeURIComponent(c.req.param("partner") ?? "");
}

export function partnerApi(c: Context<ConsoleEnv>, more = ""): string {
  return `/admin/v1/partners/${partnerIn(c)}${more}`;
}

export function partnerBack(more = ""): (c: Context<ConsoleEnv>) => string {
  return (c) => `${partnersPage}/${partnerIn(c)}${more}`;
}

/** Asks for the partner and shows `body` in its frame; what is refused is shown instead. */
export async function showPartner(
  c: Context<ConsoleEnv>,
  gateway: AskGateway,
  tab: Tab,
  body: (partner: PartnerShown) => Child | Promise<Child>,
): Promise<Response> {
  const { guest } = c.get("session");
  const found = await ask(c, gateway, { path: partnerApi(c), schema: partnerSchema });
  if (!found.ok)
    return c.html(
      <Page title="Partner" section={partnersPage} guest={guest}>
        <RefusedNote refused={found.refused} />
      </Page>,
      404,
    );
  const partner = found.value;
  return c.html(
    <Page title={partner.name} section={partnersPage} guest={guest} {...noteOf(c)}>
      <p>
        <code>{partner.id}</code> <a href={`/console/recharges?partner=${partner.id}`}>its recharges</a>{" "}
        <StatusBadge status={partner.status} /> <span class="badge">{partner.mode}</span>
      </p>
      <Tabs partner={partner} tab={tab} />
      {await body(partner)}
    </Page>,
  );
}

export function StatusBadge({ status }: { readonly status: string }) {
  const looks = status === "active" ? "succeeded" : status === "suspended" ? "pending" : "failed";
  return <span class={`badge ${looks}`}>{status}</span>;
}

const tabs = {
  "": "Wallets and limits",
  "/plan": "Commission",
  "/rewards": "Rewards",
  "/keys": "Keys",
  "/webhooks": "Webhooks",
  "/statement": "Statement",
  "/disputes": "Disputes",
  "/files": "Files",
  "/chat-users": "Chat users",
} as const;
export type Tab = keyof typeof tabs;

function Tabs({ partner, tab }: { readonly partner: PartnerShown; readonly tab: Tab }) {
  return (
    <nav class="tabs" aria-label="Of this partner">
      <ul>
        {Object.entries(tabs).map(([path, name]) => (
          <li>
            <a href={`${partnersPage}/${partner.id}${path}`} aria-current={path === tab ? "page" : undefined}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
