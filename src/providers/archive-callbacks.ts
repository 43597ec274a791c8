// Authenticated callbacks that matched nothing for seven days leave the desk for the archive: the provider has said something that nobody understood.
import { type Archive, archiveSurely, linesOf } from "../recharges/archive.ts";
import { dropCallback, readOldCallbacks } from "./desk-callbacks.ts";

/** Without an archive they stay. What anybody can send proves nothing, and is let go without being archived. */
export async function archiveOldCallbacks(
  sql: SqlStorage,
  archive: Archive | null,
  { provider, now }: { readonly provider: string; readonly now: number },
): Promise<void> {
  const old = readOldCallbacks(sql, now);
  const [first] = old;
  if (archive === null || first === undefined) return;
  const name = `callbacks/${provider}/${new Date(first.receivedAt).toISOString()}_${new Date(now).toISOString()}.ndjson`;
  await archiveSurely(archive, name, linesOf(old));
  for (const { key } of old) dropCallback(sql, key);
}
