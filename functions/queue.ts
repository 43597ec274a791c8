// The queue: webhooks that are due.
import { presentWebhook } from "../src/api/webhook-payload.ts";
import { deliverParts } from "../src/services/webhooks.ts";
import { deliverBatch } from "../src/webhooks/deliver.ts";

export async function queue(batch: MessageBatch, env: Env): Promise<void> {
  await deliverBatch(deliverParts(env), presentWebhook, batch.messages);
}
