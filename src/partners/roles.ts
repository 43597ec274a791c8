// Roles of people who come by passkey: kept in the database, changed by an administrator, at once for open sessions too.
import { z } from "zod";
import type { StaffScope } from "./credentials.ts";
import type { StaffAct } from "./partner.ts";
import { readRoles } from "./passkeys.ts";
import { insertAudit } from "./rows.ts";
import type { SessionParts } from "./sessions.ts";

/** Open sessions of a person of staff, which the settings of Access do not rule. */
const openSessions = "person = ?1 and account is null and ended_at is null and opened_by <> 'access'";

/** Sets what a person may do; none: the person comes in no more, and every session ends. Sessions by Access follow the settings. */
export async function changeRoles(
  parts: SessionParts,
  { person, scopes }: { readonly person: string; readonly scopes: readonly StaffScope[] },
  by: StaffAct,
): Promise<void> {
  const now = parts.clock.now();
  const before = await readRoles(parts, person);
  const text = JSON.stringify(scopes);
  await parts.database.batch([
    {
      sql: `insert into staff_people (person, scopes, changed_at) values (?1, ?2, ?3)
        on conflict (person) do update set scopes = excluded.scopes, changed_at = excluded.changed_at`,
      args: [person, text, now],
    },
    scopes.length === 0
      ? { sql: `update sessions set ended_at = ?2 where ${openSessions}`, args: [person, now] }
      : { sql: `update sessions set scopes = ?2 where ${openSessions}`, args: [person, text] },
    insertAudit(by, now, {
      verb: "change_roles",
      subject: person,
      before: before === null ? null : { scopes: before },
      after: { scopes },
    }),
  ]);
}

const personRow = z.object({ person: z.string(), scopes: z.string(), passkeys: z.int() });

/** Everybody whose roles are kept, by name, with how many passkeys each has. */
export async function listPeople({ database }: SessionParts) {
  const rows = await database.all(
    `select p.person, p.scopes, (select count(*) from passkeys k where k.person = p.person) as passkeys
      from staff_people p order by p.person`,
    [],
  );
  return rows
    .map((row) => personRow.parse(row))
    .map((row) => ({
      person: row.person,
      scopes: z.array(z.string()).parse(JSON.parse(row.scopes)),
      passkeys: row.passkeys,
    }));
}

/** Takes every passkey of a person away and ends their sessions, one of which the lost device may have. */
export async function removePasskeys(parts: SessionParts, person: string, by: StaffAct): Promise<void> {
  const now = parts.clock.now();
  const [row] = await parts.database.all("select count(*) as kept from passkeys where person = ?1", [person]);
  const { kept } = z.object({ kept: z.int() }).parse(row);
  await parts.database.batch([
    { sql: "delete from passkeys where person = ?1", args: [person] },
    { sql: `update sessions set ended_at = ?2 where ${openSessions}`, args: [person, now] },
    insertAudit(by, now, {
      verb: "remove_passkeys",
      subject: person,
      before: { passkeys: kept },
      after: { passkeys: 0 },
    }),
  ]);
}
