// The console for staff and the portal for partners: server-rendered pages over `/admin/v1` and `/v1`.
import { Hono } from "hono";
import type { AskGateway } from "./ask.ts";
import { addBots } from "./bots.tsx";
import { addBulkFile } from "./bulk-file.tsx";
import { addBulkFiles } from "./bulk-files.tsx";
import { addCase } from "./case.tsx";
import { addCaseList } from "./case-list.tsx";
import { addCaseSegment } from "./case-segment.tsx";
import type { ConsoleEnv } from "./console-env.ts";
import { answerFault } from "./fault.tsx";
import { addMapping } from "./mapping.tsx";
import { addPasskeyRegistration, addPasskeySignIn } from "./passkeys.ts";
import { Document } from "./page.tsx";
import { addPartnerChatUsers } from "./partner-chat-users.tsx";
import { addPartnerDisputes } from "./partner-disputes.tsx";
import { addPartnerKeys } from "./partner-keys.tsx";
import { addPartnerPlan } from "./partner-plan.tsx";
import { addPartnerRewards } from "./partner-rewards.tsx";
import { addPartnerStatement } from "./partner-statement.tsx";
import { addPartnerWebhooks } from "./partner-webhooks.tsx";
import { addPartner } from "./partner.tsx";
import { addPartners } from "./partners.tsx";
import { addPortalRecharges } from "./portal-disputes.tsx";
import { addPortalWebhooks } from "./portal-webhooks.tsx";
import { addPortal } from "./portal.tsx";
import { addProviderCodes } from "./provider-codes.tsx";
import { addProviderOrder } from "./provider-order.tsx";
import { addProviderWallet } from "./provider-wallet.tsx";
import { addProviders } from "./providers.tsx";
import { addRecharge } from "./recharge.tsx";
import { addRecharges } from "./recharges.tsx";
import { sameOriginOnly, securePage } from "./security.ts";
import { addReconciliation } from "./reconciliation.tsx";
import { requireSession } from "./session.ts";
import { addSettingsAudit } from "./settings-audit.tsx";
import { addSettingsNumbers } from "./settings-numbers.tsx";
import { addSettingsPeople } from "./settings-people.tsx";
import { addSettingsStaff } from "./settings-staff.tsx";
import { addSessions } from "./sessions.tsx";
import { addSignIn } from "./sign-in.tsx";
import { addStatements } from "./statements.tsx";
import { addStaticFiles } from "./static-files.ts";
import { takeForm } from "./take-form.ts";
import { addSuggestions } from "./suggestions.tsx";
import { addToday } from "./today.tsx";

const kibibyte = 1_024;
/** What somebody who has not signed in may send, and what a page may that takes a file, bytes. */
const formSizes = { open: 64 * kibibyte, signedIn: 6 * kibibyte * kibibyte } as const;

/** All pages. Whoever mounts it sets the variable `services` before; `gateway` answers requests of the API in this process. */
export function createConsole(gateway: AskGateway): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>();
  app.onError(answerFault);
  for (const path of ["/console", "/console/*", "/portal", "/portal/*"]) app.use(path, securePage, sameOriginOnly);
  addStaticFiles(app);
  for (const place of ["/console", "/portal"])
    for (const path of [`${place}/sign-in/*`, `${place}/sign-out`]) app.use(path, takeForm(formSizes.open));
  addSignIn(app, "staff");
  addSignIn(app, "partner");
  addPasskeySignIn(app);
  // From here on nobody gets anything without a session, not even the word that a path does not exist.
  for (const path of ["/console", "/console/*"]) app.use(path, requireSession("staff"));
  for (const path of ["/portal", "/portal/*"]) app.use(path, requireSession("partner"));
  for (const path of ["/console/*", "/portal/*"]) app.use(path, takeForm(formSizes.signedIn));
  addSessions(app, "staff");
  addSessions(app, "partner");
  addPasskeyRegistration(app);
  addToday(app, gateway);
  addCaseList(app, gateway);
  addCase(app, gateway);
  addCaseSegment(app, gateway);
  addReconciliation(app, gateway);
  addStatements(app, gateway);
  addMapping(app, gateway);
  for (const add of [addPartners, addPartner, addPartnerPlan, addPartnerKeys, addPartnerWebhooks, addPartnerStatement])
    add(app, gateway);
  for (const add of [addPartnerRewards, addPartnerDisputes, addBulkFiles, addBulkFile]) add(app, gateway);
  for (const add of [addPartnerChatUsers, addBots]) add(app, gateway);
  addProviders(app, gateway);
  for (const add of [addProviderOrder, addProviderCodes, addProviderWallet]) add(app, gateway);
  for (const add of [addSettingsStaff, addSettingsPeople, addSettingsNumbers, addSettingsAudit, addSuggestions])
    add(app, gateway);
  addRecharges(app, gateway);
  addRecharge(app, gateway);
  for (const add of [addPortal, addPortalRecharges, addPortalWebhooks]) add(app, gateway);
  for (const path of ["/console/*", "/portal/*"]) app.all(path, (c) => c.html(<Missing />, 404));
  return app;
}

function Missing() {
  return (
    <Document title="Not found">
      <main id="main" class="sign-in">
        <h1>There is no such page</h1>
        <p>
          <a href="/console">Back to Today</a>
        </p>
      </main>
    </Document>
  );
}
