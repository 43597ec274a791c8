// What a desk no longer needs leaves it for the archive, a page at a time: old deliveries, and those of endpoints that were removed.
import { partnerIdOf } from "../base/id.ts";
import { archiveSurely, linesOf } from "../recharges/archive.ts";
import type { DeskContext } from "./desk-context.ts";

const pageSize = 1_000;

/** A page of each endpoint's deliveries that were made before `webhookKeptMs`, whatever their state. Without an archive they stay. */
export async function pruneOld(desk: DeskContext): Promise<void> {
  const before = desk.services.clock.now() - desk.services.times.webhookKeptMs;
  // oxlint-disable-next-line no-await-in-loop -- one endpoint after the other
  for (const { serial, id } of desk.store.readEndpoints()) await prunePage(desk, { serial, id }, before);
}

/** A page of what removed endpoints left behind; true: there is more. Without an archive it stays. */
export async function purgeRemoved(desk: DeskContext): Promise<boolean> {
  if (desk.services.archive === null) return false;
  const removed = desk.store.findRemoved();
  if (removed === null) return false;
  const pruned = await prunePage(desk, removed, Number.MAX_SAFE_INTEGER);
  if (pruned < pageSize) desk.store.forgetRemoved(removed.serial);
  return desk.store.findRemoved() !== null;
}

/** Returns how many deliveries left. One that changed while the archive was asked stays for the next time. */
async function prunePage(
  desk: DeskContext,
  endpoint: { readonly serial: number; readonly id: string },
  before: number,
): Promise<number> {
  const { archive, account } = desk.services;
  const page = desk.store.readOldest(endpoint.serial, pageSize).filter(({ createdAt }) => createdAt < before);
  const [first] = page;
  if (archive === null || first === undefined) return 0;
  const name = `webhooks/${partnerIdOf(account)}/${endpoint.id}/${new Date(first.createdAt).toISOString()}_${first.event}.ndjson`;
  await archiveSurely(archive, name, linesOf(page));
  desk.atomically(() => {
    for (const delivery of page) desk.store.dropUnchanged(endpoint.serial, delivery);
  });
  return page.length;
}
