// Good requests of the operations about webhooks and floats that write, and what the audit says of them.
import { z } from "zod";
import { ask, type Reply } from "./api-journey.ts";
import { goodRows, headings, upload } from "./bulk-journey.ts";
import { newBangladeshNumber } from "./sandbox.ts";
import type { Step, Walk } from "./staff-write-step.ts";

const endpointSchema = z.looseObject({ endpoints: z.array(z.looseObject({ id: z.string() })) });
const deliverySchema = z.looseObject({ deliveries: z.array(z.looseObject({ id: z.string() })) });
const url = "http://127.0.0.1:9/walk";

/** The one endpoint of the walk's partner, and a request about it. */
async function about({ send, partner }: Walk, method: string, path = "", body?: unknown): Promise<Reply> {
  const all = `/partners/${partner.id}/webhook-endpoints`;
  const { endpoints } = endpointSchema.parse((await send("GET", all)).body);
  return send(method, `${all}/${endpoints[0]?.id}${path}`, body);
}

export const webhookSteps: readonly Step[] = [
  {
    operation: "createPartnerWebhookEndpoint",
    run: ({ send, partner }) => send("POST", `/partners/${partner.id}/webhook-endpoints`, { url }),
  },
  { operation: "changePartnerWebhookEndpoint", run: (walk) => about(walk, "PUT", "", { url: `${url}/2` }) },
  { operation: "rotatePartnerWebhookSecret", run: (walk) => about(walk, "POST", "/secret") },
  { operation: "testPartnerWebhookEndpoint", run: (walk) => about(walk, "POST", "/test") },
  {
    operation: "redeliverPartnerWebhook",
    run: async (walk) => {
      const { deliveries } = deliverySchema.parse((await about(walk, "GET", "/deliveries")).body);
      return about(walk, "POST", `/deliveries/${deliveries[0]?.id}/redeliver`);
    },
  },
  {
    operation: "redeliverSincePartnerWebhooks",
    run: (walk) => about(walk, "POST", "/redeliveries", { since: new Date(Date.now() - 60_000).toISOString() }),
  },
  { operation: "removePartnerWebhookEndpoint", run: (walk) => about(walk, "DELETE") },
];

const floatsSchema = z.looseObject({
  floats: z.array(z.looseObject({ provider: z.string(), checks: z.array(z.object({ checked_at: z.string() })) })),
});

export const floatSteps: readonly Step[] = [
  {
    operation: "setFloor",
    run: ({ send }) => send("PUT", "/floats/nurr-sandbox", { floor: "1.00", balance: "5000.00" }),
    before: { floor: null },
    after: { floor: 100 },
  },
  {
    operation: "acceptFloat",
    run: async ({ send }) => {
      await send("POST", "/reconcile");
      const { floats } = floatsSchema.parse((await send("GET", "/floats")).body);
      const seen = floats.find(({ provider }) => provider === "backnpay-sandbox")?.checks[0];
      return send("POST", "/floats/backnpay-sandbox/accept", { ...seen, reason: "as it is" });
    },
  },
];

const codes = "/providers/nurr-sandbox/codes/bd.grameenphone.prepaid";
const trial = { product: "bd.grameenphone.prepaid", number: newBangladeshNumber("00"), amount: "10.00" };
const houseSchema = z.looseObject({ partner: z.string() });

/** Codes of providers, and tests of them. */
export const codeSteps: readonly Step[] = [
  {
    operation: "certifyCode",
    run: ({ send }) => send("PUT", codes, { is_certified: true, reason: "seen to work" }),
    before: { is_certified: null },
    after: { is_certified: true, reason: "seen to work" },
  },
  {
    operation: "testProvider",
    run: async ({ send }) => {
      const path = "/providers/nurr-sandbox/tests";
      await send("POST", path, { test_id: "penniless", ...trial });
      const { partner } = houseSchema.parse((await send("GET", path)).body);
      const credit = { currency: "BDT", amount: "10.00", reason: "tests", external_reference: "house-1" };
      await send("POST", `/partners/${partner}/credits`, credit);
      return send("POST", path, { test_id: "walk-1", ...trial });
    },
    after: { test_id: "walk-1", amount: 1_000, even_if_off: false },
  },
];

const userSchema = z.looseObject({ id: z.string() });

/** Of users that their partner has added and not linked. */
export const chatSteps: readonly Step[] = (["unlink", "block", "unblock"] as const).map((verb) => ({
  operation: `${verb}PartnerChatUser`,
  run: async ({ send, partner }) => {
    const { body } = await ask(partner.key, "/v1/chat-users", { body: { name: verb } });
    return send("POST", `/partners/${partner.id}/chat-users/${userSchema.parse(body).id}/${verb}`, { reason: "lost" });
  },
  before: { channel: null, blocked: null },
  after: { blocked: verb === "block" ? "lost" : null, reason: "lost" },
}));

/** People who come by passkey. */
export const peopleSteps: readonly Step[] = [
  {
    operation: "changeRoles",
    run: ({ send }) => send("PUT", "/people", { person: "asha", scopes: ["viewer"] }),
    after: { scopes: ["viewer"] },
  },
  {
    operation: "removePasskeys",
    run: ({ send }) => send("POST", "/passkey-removals", { person: "asha" }),
    after: { passkeys: 0 },
  },
];

/** Of a file that its partner has sent and not started. */
export const bulkSteps: readonly Step[] = (["pause", "resume", "cancel"] as const).map((verb) => ({
  operation: `${verb}PartnerBulk`,
  run: async ({ send, partner }) => {
    const { id } = await upload(partner, [headings, ...goodRows(1)]);
    return send("POST", `/partners/${partner.id}/bulk-recharges/${id}/${verb}`, { reason: "asked" });
  },
  before: { state: "checked" },
  after: { state: verb === "cancel" ? "cancelled" : "checked", reason: "asked" },
}));
