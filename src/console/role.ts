// What the person of a session may do. Only for leaving out what would be refused: `/admin/v1` is who refuses.
import type { StaffScope } from "../partners/credentials.ts";
import type { Guest } from "../partners/sessions.ts";

/** True where the verbs that need this scope would not refuse the person for want of it. */
export function mayDo(guest: Guest, scope: StaffScope): boolean {
  return guest.kind === "staff" && guest.scopes.includes(scope);
}
