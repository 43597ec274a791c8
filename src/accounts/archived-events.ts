// The pages of events that left an account, as the archive keeps them: one text for each, a line of JSON for each event.
import { partnerIdOf } from "../base/id.ts";
import type { AccountEvent } from "../recharges/events.ts";
import { type AccountContext, profileOf } from "./context.ts";

/** The page that begins after event `after`, whatever its length. */
export function pageName(account: number, after: number): string {
  return `events/${partnerIdOf(account)}/${String(after + 1).padStart(12, "0")}.ndjson`;
}

/**
 * What the ledger lacks of what left the account: the events above `watermark` of the page in which the next one is. Throws
 * where the archive has not got it: nothing else may be shipped then, because it would leave a gap.
 */
export async function readArchived(account: AccountContext, watermark: number): Promise<readonly AccountEvent[]> {
  const { rollOver } = account.services;
  const { account: number } = profileOf(account);
  if (rollOver === null) throw new Error("the ledger lacks events that left the account, and no archive is bound");
  const name = pageName(number, watermark - (watermark % rollOver.pageEvents));
  const text = await rollOver.archive.read(name);
  if (text === null) throw new Error(`the ledger lacks events that left the account, and the archive lacks ${name}`);
  const events = text
    .split("\n")
    .filter((line) => line !== "")
    .map(asEvent);
  return events.filter((event) => event.number > watermark);
}

// Only this file writes such a text, from events.
function asEvent(line: string): AccountEvent {
  return JSON.parse(line) as AccountEvent;
}
