// What a webhook says: the event as `/v1/events` has it, and how what it is about stands now.
import type { ToldFacts } from "../webhooks/ports.ts";
import { presentEvent, presentWallet } from "./events-schema.ts";
import { presentRecharge } from "./recharge-schema.ts";

/** The `data` of a webhook; null: of a test. */
export function presentWebhook(facts: ToldFacts | null): object {
  if (facts === null) return { message: "This is a test: nothing has happened." };
  const { event, recharge, wallet } = facts;
  return {
    event: presentEvent(event),
    now: { wallet: presentWallet(wallet), ...(recharge !== null && { recharge: presentRecharge(recharge) }) },
  };
}
