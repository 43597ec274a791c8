// Signing in to console and portal: links that staff issue, and signing a person out everywhere.
import { z } from "@hono/zod-openapi";
import { refusal } from "../base/refusal.ts";
import { staffScopes } from "../partners/credentials.ts";
import { findPartner } from "../partners/profile-change.ts";
import { changeRoles, listPeople, removePasskeys } from "../partners/roles.ts";
import { endSessionsOf, type Guest, issueSignInLink } from "../partners/sessions.ts";
import { accountOf, partnerIdSchema } from "./admin-schema.ts";
import { adminRoute, adminRouteWithBody, noQuery, nothing } from "./admin-routes.ts";
import type { Api } from "./admin-routes.ts";
import { actOf } from "./entry.ts";
import { plainSchema } from "./parameters.ts";
import { answerRefusal } from "./problem.ts";
import { presentTime } from "./recharge-schema.ts";

const personSchema = plainSchema(100);

const newLinkSchema = z
  .union([
    z.strictObject({ person: personSchema, scopes: z.array(z.enum(staffScopes)).min(1) }),
    z.strictObject({ person: personSchema, partner: partnerIdSchema }),
  ])
  .openapi("NewSignInLink");

const linkSchema = z
  .object({
    path: z.string().openapi({ description: "Of the page that the person opens. It works once, for 15 minutes." }),
    expires_at: z.string(),
  })
  .openapi("SignInLink");

export function addSignInRoutes(api: Api): void {
  const issue = adminRouteWithBody(
    "post",
    {
      path: "/admin/v1/sign-in-links",
      operationId: "issueSignInLink",
      summary: "Issue a link that signs one person in once: to the console with scopes, or to a partner's portal",
      scope: "admin",
      good: [{ status: 201, what: "The link; it is shown once.", schema: linkSchema }],
      refused: ["not_found"],
    },
    { params: nothing, body: newLinkSchema },
  );
  api.openapi(issue, async (c) => {
    const wanted = c.req.valid("json");
    let guest: Guest;
    if ("partner" in wanted) {
      const account = accountOf(wanted.partner);
      if ((await findPartner(c.get("services").database, account)) === null)
        return answerRefusal(c, refusal("not_found", "There is no such partner."));
      guest = { kind: "partner", person: wanted.person, account };
    } else guest = { kind: "staff", ...wanted };
    const { token, expiresAt } = await issueSignInLink(c.get("services").staff, guest, actOf(c));
    const page = guest.kind === "staff" ? "/console/sign-in" : "/portal/sign-in";
    // Behind the `#`: it reaches no log, and no program that only looks at links uses it up.
    return c.json({ path: `${page}#${token}`, expires_at: presentTime(expiresAt) }, 201);
  });
  const end = adminRouteWithBody(
    "post",
    {
      path: "/admin/v1/sign-outs",
      operationId: "signOutEverywhere",
      summary: "End every session of a person, and every link that was not used, at once",
      scope: "admin",
      good: [{ status: 204, what: "Ended." }],
    },
    { params: nothing, body: z.strictObject({ person: personSchema }).openapi("SignOut") },
  );
  api.openapi(end, async (c) => {
    await endSessionsOf(c.get("services").staff, c.req.valid("json").person, actOf(c));
    return c.body(null, 204);
  });
}

const rolesSchema = z
  .strictObject({ person: personSchema, scopes: z.array(z.enum(staffScopes)) })
  .openapi("PersonRoles", { description: "No scopes: the person comes in no more." });
const peopleSchema = z.object({
  people: z.array(
    z.object({ person: z.string(), scopes: z.array(z.string()), passkeys: z.int() }).openapi("StaffPerson"),
  ),
});

/** People who come to the console by passkey. */
export function addPeopleRoutes(api: Api): void {
  const list = adminRoute(
    "get",
    {
      path: "/admin/v1/people",
      operationId: "listPeople",
      summary: "People whose roles are kept, and how many passkeys each has",
      scope: "admin",
      good: [{ status: 200, what: "By name.", schema: peopleSchema }],
    },
    { params: nothing, query: noQuery },
  );
  api.openapi(list, async (c) => c.json({ people: await listPeople(c.get("services").staff) }, 200));
  const change = adminRouteWithBody(
    "put",
    {
      path: "/admin/v1/people",
      operationId: "changeRoles",
      summary: "Set what a person who comes by passkey may do, at once for open sessions too",
      scope: "admin",
      good: [{ status: 204, what: "Set." }],
    },
    { params: nothing, body: rolesSchema },
  );
  api.openapi(change, async (c) => {
    await changeRoles(c.get("services").staff, c.req.valid("json"), actOf(c));
    return c.body(null, 204);
  });
  const remove = adminRouteWithBody(
    "post",
    {
      path: "/admin/v1/passkey-removals",
      operationId: "removePasskeys",
      summary: "Take every passkey of a person away and end their sessions, as when a device is lost",
      scope: "admin",
      good: [{ status: 204, what: "Taken." }],
    },
    { params: nothing, body: z.strictObject({ person: personSchema }).openapi("PasskeyRemoval") },
  );
  api.openapi(remove, async (c) => {
    await removePasskeys(c.get("services").staff, c.req.valid("json").person, actOf(c));
    return c.body(null, 204);
  });
}
