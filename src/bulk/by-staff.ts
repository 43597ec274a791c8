// What staff do to a partner's file: stop it, or let go on what was stopped. Starting one is the partner's alone. Pure.
import type { StaffWish } from "./bulk.ts";
import type { BulkRecord } from "./bulk-store.ts";
import { minuteMs } from "./pace.ts";

/**
 * A file as staff leave it; one that the verb does not fit stays as it is. A paused file goes on by the key that started it and
 * at the costs that were told then: no row becomes dearer.
 */
export function changedByStaff(
  bulk: BulkRecord,
  { verb, reason }: StaffWish,
  { now, isAllHeard }: { readonly now: number; readonly isAllHeard: boolean },
): BulkRecord {
  const { state, perMinute } = bulk;
  const stoppedBy = { code: "suspended", detail: `Staff of the gateway stopped this file: ${reason}` } as const;
  if (verb === "pause") return state === "running" ? { ...bulk, state: "paused", stoppedBy } : bulk;
  if (verb === "resume")
    return state === "paused"
      ? { ...bulk, state: "running", stoppedBy: null, pacedAt: now - minuteMs / (perMinute ?? minuteMs) }
      : bulk;
  if (state !== "checked" && state !== "running" && state !== "paused") return bulk;
  if (isAllHeard) return { ...bulk, state: "cancelled", stoppedBy, endedAt: now };
  // The key that started it may be revoked by now, and what was handed out is asked after all the same.
  const caller = { keyId: "staff", mode: bulk.caller.mode };
  return { ...bulk, state: "cancelling", stoppedBy, caller };
}
