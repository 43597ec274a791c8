// Every path of console and portal to which a form is sent: a good form of each, or why it needs no id of its own.
import { z } from "zod";
import { askStaff, type TestPartner } from "./api-journey.ts";
import { newNumber } from "./sandbox.ts";

export interface Given {
  readonly partner: TestPartner;
  readonly endpoint: string;
  readonly recharge: string;
  readonly token: string;
}
export type Fields = Readonly<Record<string, string>>;
/** `fields` of one good form; a path's other parameters by their names. */
export interface Filled {
  readonly fields?: (given: Given) => Fields | Promise<Fields>;
  readonly parameters?: (given: Given) => Fields;
}
const filled = (fields: Filled["fields"], parameters?: Filled["parameters"]): Filled => ({
  ...(fields === undefined ? {} : { fields }),
  ...(parameters === undefined ? {} : { parameters }),
});
const none = filled(() => ({}));
const move = (external_reference: string) =>
  filled(() => ({ currency: "INR", amount: "5.00", reason: "form", external_reference }));
const ofNurr = () => ({ provider: "nurr-sandbox" });
const since = () => ({ since: new Date(Date.now() - 60_000).toISOString().slice(0, 19) });
/** A new endpoint as its form says it. */
export const hook = () => ({ url: `http://127.0.0.1:9/${crypto.randomUUID()}`, form: "standard", description: "" });

/** Asked about first, in an order in which each has something to do. */
export const asked: Readonly<Record<string, Filled>> = {
  "/console/partners": filled(() => ({
    name: crypto.randomUUID(),
    mode: "sandbox",
    wallets: "INR",
    commission: "* 1.00%",
  })),
  "/console/partners/:partner/credit": move("form-1"),
  "/console/partners/:partner/debit": move("form-2"),
  "/console/partners/:partner/limits": filled(() => ({ currency: "INR", "per_day-INR": "900.00" })),
  "/console/partners/:partner/suspend": none,
  "/console/partners/:partner/resume": none,
  "/console/partners/:partner/plan": filled(() => ({ commission: "* 2.00%", from: "2036-11-02T10:00:00" })),
  "/console/partners/:partner/plan/cancel": filled(() => ({ version: "2" })),
  "/console/partners/:partner/keys": filled(() => ({ name: "form", surface: "api", scopes: "account:read" })),
  "/console/partners/:partner/keys/addresses": filled(({ partner }) => ({
    key: partner.keyId,
    name: "first",
    now: "",
  })),
  "/console/partners/:partner/keys/rotate": filled(({ partner }) => ({ key: partner.keyId, name: "form 2" })),
  "/console/partners/:partner/keys/revoke": filled(({ partner }) => ({ key: partner.keyId, name: "first" })),
  "/console/partners/:partner/rewards": filled(() => ({ programme: "" })),
  "/console/partners/:partner/webhooks": filled(hook),
  "/console/partners/:partner/webhooks/:endpoint/secret": none,
  "/console/partners/:partner/webhooks/:endpoint/redeliver-since": filled(since),
  "/console/providers/:provider/switch": filled(() => ({ is_off: "no" }), ofNurr),
  "/console/providers/:provider/codes": filled(
    () => ({ product: "bd.robi.prepaid", word: "withdraw", reason: "form" }),
    ofNurr,
  ),
  "/console/providers/:provider/wallet/declare": filled(() => ({ kind: "refund_free", reason: "form" }), ofNurr),
  "/console/providers/:provider/wallet/withdraw": filled(() => ({ kind: "refund_free", reason: "form" }), ofNurr),
  "/console/providers/:provider/wallet/movements": filled(
    () => ({
      direction: "in",
      amount: "5.00",
      from: "2026-11-02T10:00:00",
      note: "form",
      external_reference: "form-3",
    }),
    ofNurr,
  ),
  "/console/providers/:provider/wallet/judge": filled(() => ({}), ofNurr),
  "/console/providers/order": filled(() => ({ product: "in.mtnl.prepaid", providers: "aopay-sandbox" })),
  "/console/settings/links": filled(() => ({ person: "Form", scopes: "viewer" })),
  "/console/settings/sign-outs": filled(() => ({ person: "Nobody" })),
  "/console/settings/tokens": filled(() => ({ staff: "Form", scopes: "viewer", days: "30" })),
  "/console/settings/people/roles": filled(() => ({ person: "Form", scopes: "viewer" })),
  "/console/settings/people/lost": filled(() => ({ person: "Form" })),
  "/console/settings/tokens/revoke": filled(({ token }) => ({ token })),
  "/console/settings/numbers/block": filled(() => ({
    product: "in.airtel.prepaid",
    number: newNumber("00"),
    reason: "form",
    is_blocked: "yes",
  })),
  "/console/settings/numbers/velocity": filled(() => ({ velocity: "9" })),
  "/portal/recharges/:id/dispute": filled(() => ({ disposition: "D11" })),
  "/portal/webhooks": filled(hook),
  "/portal/webhooks/:endpoint/secret": none,
  "/portal/webhooks/:endpoint/redeliver-since": filled(since),
  "/console/partners/:partner/close": none,
};

const aboutFile = filled(
  () => ({ reason: "form" }),
  () => ({ file: "blk_1" }),
);
const aboutChat = filled(() => ({ user: "chu_1", name: "Form", reason: "form" }));
/** Asked about first too; what they would do needs more than a form, and is in tests of its own. */
export const questions: Readonly<Record<string, Filled>> = {
  "/console/partners/:partner/files/:file/pause": aboutFile,
  "/console/partners/:partner/files/:file/resume": aboutFile,
  "/console/partners/:partner/files/:file/cancel": aboutFile,
  "/console/partners/:partner/chat-users/unlink": aboutChat,
  "/console/partners/:partner/chat-users/block": aboutChat,
  "/console/partners/:partner/chat-users/unblock": aboutChat,
  "/console/providers/:provider/codes/test": filled(
    () => ({ product: "bd.robi.prepaid", number: "01812345600", amount: "10.00" }),
    ofNurr,
  ),
};

/** Done at the first press: the page that shows them gives each an id. */
export const pressed: Readonly<Record<string, Filled>> = {
  "/console/partners/:partner/webhooks/:endpoint/test": none,
  "/console/partners/:partner/webhooks/:endpoint/redeliver": filled(async ({ partner, endpoint }) => {
    const path = `/partners/${partner.id}/webhook-endpoints/${endpoint}/deliveries`;
    const list = z.looseObject({ deliveries: z.array(z.looseObject({ id: z.string() })) });
    return { delivery: list.parse((await askStaff(path)).body).deliveries[0]?.id ?? "" };
  }),
};

/** Need no id of a form, for a reason. */
export const once: Readonly<Record<string, string>> = {
  "/(console|portal)/(sign-in|sign-out).*": "nobody is signed in, or nobody is any more; a link works once",
  "/(console|portal)/sessions/end": "what is ended stays ended",
  "/console/sessions/passkey.*": "a challenge is answered once",
  "/console/cases/:id/rulings": "the same proposal again is the one that waits",
  "/console/cases/:id/rulings/:number/confirm": "a ruling is confirmed once",
  "/console/reconciliation/run": "a run reports and repairs nothing; one at a time",
  "/console/reconciliation/floats/:provider/accept": "carries an id: see below",
  "/console/reconciliation/statements/:provider/dry-run": "the same file again is the same dry run",
  "/console/reconciliation/statements/:provider/:id/apply": "a dry run is applied once",
  "/console/reconciliation/statements/:provider.*/mapping(/preview)?":
    "says the whole mapping; a preview keeps nothing",
  "/console/recharges(/csv|/views)?": "asks; a view of the same name is that view",
  "/(console/partners/:partner|portal)/webhooks/:endpoint/remove": "what is removed stays removed",
  "/portal/webhooks/:endpoint/(test|redeliver)": "the same components as those of staff, which are looked at",
};
