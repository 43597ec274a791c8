// A form of console or portal is done once: a double click, a reload and a lost answer all get what the first one came to.
import { z } from "zod";
import { keyedHash } from "../base/signature.ts";
import type { Guest, SessionParts } from "./sessions.ts";

/**
 * `new`: it is the sender's to do. `unanswered`: it was begun, and nobody knows yet what it came to. `free`: nobody has begun
 * it, or it was refused.
 */
export type SentForm =
  | { readonly kind: "new" }
  | { readonly kind: "free" }
  | { readonly kind: "answered"; readonly answer: unknown }
  | { readonly kind: "unanswered" };

/** After this a form that is sent again is another one; a session does not last as long. */
const keptMs = 86_400_000;
const ivBytes = 12;
const formRow = z.object({ answer: z.string().nullable() });

/** Takes a form in the name of a person. Of two that come at once one is new. */
export async function beginForm(parts: SessionParts, guest: Guest, id: string): Promise<SentForm> {
  const { database, clock } = parts;
  const hash = hashOf(parts, guest, id);
  const now = clock.now();
  const [, inserted = []] = await database.batch([
    { sql: "delete from sent_forms where sent_at < ?1", args: [now - keptMs] },
    {
      sql: "insert into sent_forms (hash, sent_at) values (?1, ?2) on conflict (hash) do nothing returning hash",
      args: [hash, now],
    },
  ]);
  return inserted.length > 0 ? { kind: "new" } : readForm(parts, guest, id);
}

/** What a form has come to. */
export async function readForm(parts: SessionParts, guest: Guest, id: string): Promise<SentForm> {
  const [row] = await parts.database.all("select answer from sent_forms where hash = ?1", [hashOf(parts, guest, id)]);
  if (row === undefined) return { kind: "free" };
  const { answer } = formRow.parse(row);
  if (answer === null) return { kind: "unanswered" };
  return { kind: "answered", answer: await unseal(parts, guest, id, answer) };
}

/** Keeps what it came to: any JSON. */
export async function answerForm(parts: SessionParts, guest: Guest, id: string, answer: unknown): Promise<void> {
  const sealed = await seal(parts, guest, id, JSON.stringify(answer ?? null));
  await parts.database.batch([
    { sql: "update sent_forms set answer = ?2 where hash = ?1", args: [hashOf(parts, guest, id), sealed] },
  ]);
}

/** It was refused and nothing was done: the same form may be sent again. */
export async function forgetForm(parts: SessionParts, guest: Guest, id: string): Promise<void> {
  await parts.database.batch([{ sql: "delete from sent_forms where hash = ?1", args: [hashOf(parts, guest, id)] }]);
}

function hashOf({ hashSecret }: SessionParts, guest: Guest, id: string): string {
  return keyedHash(hashSecret, JSON.stringify(["form", ...nameOf(guest), id]));
}

/** Only whoever sends the form again has its id, and with it the key. */
async function keyOf({ hashSecret }: SessionParts, guest: Guest, id: string) {
  const digits = keyedHash(hashSecret, JSON.stringify(["form answer", ...nameOf(guest), id]));
  const bytes = Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  return crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
}

async function seal(parts: SessionParts, guest: Guest, id: string, text: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(ivBytes));
  const key = await keyOf(parts, guest, id);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(text));
  return [iv, new Uint8Array(sealed)].map((bytes) => btoa(String.fromCharCode(...bytes))).join(".");
}

async function unseal(parts: SessionParts, guest: Guest, id: string, sealed: string): Promise<unknown> {
  const [iv = new Uint8Array(), data = new Uint8Array()] = sealed.split(".").map(bytesOf);
  const opened = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await keyOf(parts, guest, id), data);
  return JSON.parse(new TextDecoder().decode(opened));
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (symbol) => symbol.charCodeAt(0));
}

function nameOf(guest: Guest): readonly (string | number)[] {
  return guest.kind === "staff" ? ["staff", guest.person] : ["partner", guest.account, guest.person];
}
