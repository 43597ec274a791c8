// Every page of the console and the portal, by its route: what is looked at in a browser, measured and weighed.

export const staffPages = [
  "/console",
  "/console/bots",
  "/console/cases",
  "/console/cases/:id",
  "/console/files",
  "/console/partners",
  "/console/partners/:partner",
  "/console/partners/:partner/chat-users",
  "/console/partners/:partner/disputes",
  "/console/partners/:partner/files",
  "/console/partners/:partner/files/:file",
  "/console/partners/:partner/keys",
  "/console/partners/:partner/plan",
  "/console/partners/:partner/rewards",
  "/console/partners/:partner/statement",
  "/console/partners/:partner/webhooks",
  "/console/partners/:partner/webhooks/:endpoint",
  "/console/providers",
  "/console/providers/:provider/codes",
  "/console/providers/:provider/wallet",
  "/console/providers/:provider/wallet/segments",
  "/console/providers/order",
  "/console/recharges",
  "/console/recharges/:id",
  "/console/reconciliation",
  "/console/reconciliation/statements/:provider",
  "/console/reconciliation/statements/:provider/mapping",
  "/console/sessions",
  "/console/settings",
  "/console/settings/audit",
  "/console/settings/numbers",
  "/console/settings/people",
] as const;

export const portalPages = [
  "/portal",
  "/portal/disputes",
  "/portal/keys",
  "/portal/recharges",
  "/portal/recharges/:id",
  "/portal/sessions",
  "/portal/statement",
  "/portal/webhooks",
  "/portal/webhooks/:endpoint",
] as const;

/** Parts of pages, files, and the ways in: no pages of their own. */
export const otherPaths = /\/(static|sign-in|result|pack|runs|suggestions)(\/|$)|\/segment\//;

/** What stands for the parameters of a route. */
export type PageIds = Readonly<Record<string, string>>;

/** A route without the pattern of a parameter: `:id{rch_…}` is `:id`. */
export function plainRoute(route: string): string {
  return route.replaceAll(/\{[^}]*\}+/g, "");
}

/** The path of a route. Throws where nobody said what stands for a parameter. */
export function pathFor(route: string, ids: PageIds): string {
  return route.replaceAll(/:(\w+)/g, (_whole, name: string) => {
    const id = ids[name];
    if (id === undefined) throw new Error(`say what stands for ${name} in ${route}`);
    return id;
  });
}
