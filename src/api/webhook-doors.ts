// The two ways to a partner's webhook endpoints, and whose they are.
import type { Context } from "hono";
import { partnerIdOf, readPartnerId } from "../base/id.ts";
import { type Refusal, refusal } from "../base/refusal.ts";
import { ok, type Result, refuse } from "../base/result.ts";
import { auditWrite } from "../partners/audit.ts";
import type { WebhookOwner } from "../webhooks/verbs.ts";
import { type Door, partnerDoor, staffDoor } from "./doors.ts";
import { actOf } from "./entry.ts";
import { textSchema } from "./parameters.ts";
import type { RateLimiter } from "./rate.ts";
import type { ApiEnv } from "./services.ts";

export interface WebhookDoor extends Door {
  /** Whose endpoints they are. Asks the account: a cached key is only a hint. */
  owner(c: Context<ApiEnv>): Promise<Result<WebhookOwner, Refusal>>;
  /** Staff's writes go into the audit; a partner's are its own business. */
  noteWrite(
    c: Context<ApiEnv>,
    account: number,
    write: { readonly verb: string; readonly after: unknown },
  ): Promise<void>;
}

const path = "/webhook-endpoints";

export function partnerWebhooks(limiter: RateLimiter): WebhookDoor {
  const scopes = { read: "account:read", write: "webhooks:write" } as const;
  return {
    ...partnerDoor({ path, tag: "Webhooks", scopes }, limiter),
    owner: async (c) => {
      const { caller, account } = c.get("authenticated");
      const admitted = await c.get("services").account(account).admit(caller);
      return admitted.ok ? ok({ account, mode: caller.mode, host: hostOf(c) }) : admitted;
    },
    noteWrite: async () => undefined,
  };
}

export const staffWebhooks: WebhookDoor = {
  ...staffDoor({ path }),
  owner: async (c) => {
    const account = readPartnerId(c.req.param("partner") ?? "") ?? 0;
    const profile = account === 0 ? null : await c.get("services").account(account).readProfile();
    if (profile === null) return refuse(refusal("not_found", "There is no such partner."));
    return ok({ account, mode: profile.mode, host: hostOf(c) });
  },
  noteWrite: async (c, account, { verb, after }) => {
    const { manage } = c.get("services");
    await auditWrite(manage, actOf(c), { verb, subject: partnerIdOf(account), before: null, after });
  },
};

function hostOf(c: Context<ApiEnv>): string {
  return new URL(c.req.url).host;
}

export const endpointPath = "/{endpoint}";

export function endpointParams(door: Door) {
  return door.params.extend({ endpoint: textSchema(/^whe_[0-9a-z]{16}$/, "the id of an endpoint") });
}
