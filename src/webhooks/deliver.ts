// Delivering what the queue brings: taken from the desk, asked of the account as it stands now, signed, sent once, reported.
import { z } from "zod";
import type { Clock } from "../base/clock.ts";
import { eventIdOf } from "../base/id.ts";
import type { Log } from "../base/log.ts";
import type { Mode } from "../recharges/recharge.ts";
import { type AddressRules, refuseAddress, type Resolve } from "./address.ts";
import { backnpayQuery } from "./backnpay-form.ts";
import { type Leased, type Reported, testType, type Try, type WebhookMessage } from "./delivery.ts";
import type { TellingAccount, ToldFacts, WebhookDeskCalls } from "./ports.ts";
import { endpointSecret, signedHeaders } from "./secret.ts";
import { type Send, sendOnce, type SendRequest } from "./send.ts";

export interface DeliverParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly hashSecret: string;
  /** How long a receiver may take, ms. */
  readonly limitMs: number;
  readonly fetch: Send;
  readonly resolve: Resolve;
  rulesFor(mode: Mode): AddressRules;
  desk(account: number): Pick<WebhookDeskCalls, "lease" | "report">;
  account(number: number): Pick<TellingAccount, "readTold">;
}

/** The `data` of a webhook; null: of a test. */
export type Present = (facts: ToldFacts | null) => object;

interface QueueMessage {
  readonly body: unknown;
  ack(): void;
  retry(): void;
}

const messageSchema: z.ZodType<WebhookMessage> = z.object({
  account: z.int(),
  endpoint: z.int(),
  items: z.array(z.tuple([z.int(), z.int()])).readonly(),
});

/** Each message for itself: one that cannot be handled now is tried again by the queue, or else by the schedule. */
export async function deliverBatch(
  parts: DeliverParts,
  present: Present,
  messages: readonly QueueMessage[],
): Promise<void> {
  await Promise.all(
    messages.map(async (message) => {
      const read = messageSchema.safeParse(message.body);
      try {
        if (read.success) await deliverMessage(parts, present, read.data);
        else parts.log.warn("webhooks.unreadable_message");
        message.ack();
      } catch (fault) {
        parts.log.error("webhooks.deliver", { account: read.data?.account ?? 0 }, fault);
        message.retry();
      }
    }),
  );
}

/** Throws when the desk cannot be asked; what it had given out comes back with the end of the lease. */
export async function deliverMessage(parts: DeliverParts, present: Present, message: WebhookMessage): Promise<void> {
  const desk = parts.desk(message.account);
  const leased = await desk.lease(message);
  if (leased === null) return;
  await desk.report(message.endpoint, await tryAll(parts, present, { account: message.account, leased }));
}

async function tryAll(
  parts: DeliverParts,
  present: Present,
  { account, leased }: { readonly account: number; readonly leased: Leased },
): Promise<readonly Reported[]> {
  const refused = await refuseAddress(leased.url, parts.rulesFor(leased.mode), parts.resolve);
  const told = refused === null ? await readTold(parts, account, leased) : new Map<number, ToldFacts>();
  return Promise.all(
    leased.items.map(async ({ event, sent, type, at }) => {
      if (refused !== null) return { event, sent, tried: notCalled(parts, refused) };
      const facts = told?.get(event) ?? null;
      if (type !== testType && facts === null) return { event, sent, tried: null };
      const content = { id: eventIdOf(account, event), type, at, facts, data: present(facts) };
      return { event, sent, tried: await sendOnce(parts, requestOf(parts, leased, content)) };
    }),
  );
}

/** Null: the account cannot be asked now. */
async function readTold(
  parts: DeliverParts,
  account: number,
  leased: Leased,
): Promise<ReadonlyMap<number, ToldFacts> | null> {
  const numbers = leased.items.flatMap(({ event, type }) => (type === testType ? [] : [event]));
  if (numbers.length === 0) return new Map();
  try {
    const told = await parts.account(account).readTold(numbers);
    return new Map(told.map((facts) => [facts.event.number, facts]));
  } catch (fault) {
    parts.log.error("webhooks.account", { account }, fault);
    return null;
  }
}

function notCalled({ clock }: DeliverParts, why: string): Try {
  return { at: clock.now(), result: "closed_address", status: null, tookMs: 0, said: `The address ${why}.` };
}

interface Content {
  readonly id: string;
  readonly type: string;
  readonly at: number;
  readonly facts: ToldFacts | null;
  readonly data: object;
}

const agent = { "user-agent": "recharge-gateway-webhooks/1" };

/** What is signed is the body of a POST, and the query of a GET as it stands after our `?` or `&`. */
function requestOf(parts: DeliverParts, leased: Leased, content: Content): SendRequest {
  const { id, type, at, facts, data } = content;
  const now = parts.clock.now();
  const secrets = secretsOf(parts.hashSecret, leased, now);
  const kept = {
    limitMs: parts.limitMs,
    secrets: facts?.recharge === null || facts === null ? [] : [facts.recharge.number],
  };
  if (leased.form === "backnpay") {
    const query = facts?.recharge ? backnpayQuery(facts.recharge) : "status=TEST";
    const url = `${leased.url}${leased.url.includes("?") ? "&" : "?"}${query}`;
    return { ...kept, url, method: "GET", headers: { ...agent, ...signedHeaders(secrets, id, now, query) } };
  }
  const body = JSON.stringify({ type, timestamp: new Date(at).toISOString(), data });
  const headers = { ...agent, "content-type": "application/json", ...signedHeaders(secrets, id, now, body) };
  return { ...kept, url: leased.url, method: "POST", headers, body };
}

function secretsOf(hashSecret: string, leased: Leased, now: number): readonly string[] {
  const { id, secretVersion, previousSecretUntil } = leased;
  const versions =
    previousSecretUntil !== null && previousSecretUntil > now ? [secretVersion, secretVersion - 1] : [secretVersion];
  return versions.map((version) => endpointSecret(hashSecret, id, version));
}
