// Ids and references. They are made from numbers that are counted, so they are unique without chance.
import { assert } from "./assert.ts";

/** Two characters of `[0-9A-Z]` that tell installations apart (`lists.md`, "Who starts what"). */
export type InstallationCode = string;

/** Our reference upstream: installation (2) + account number (base 36, 5) + attempt counter (base 36, 7). */
export function referenceOf(installation: InstallationCode, accountNumber: number, counter: number): string {
  assert(/^[0-9A-Z]{2}$/.test(installation), "an installation code has two characters");
  return `${installation}${base36(accountNumber, 5).toUpperCase()}${base36(counter, 7).toUpperCase()}`;
}

/** Account number and counter of a reference; null when it is not one of this installation's. */
export function readReference(
  installation: InstallationCode,
  reference: string,
): { accountNumber: number; counter: number } | null {
  if (!/^[0-9A-Z]{14}$/.test(reference) || !reference.startsWith(installation)) return null;
  return {
    accountNumber: Number.parseInt(reference.slice(2, 7), 36),
    counter: Number.parseInt(reference.slice(7), 36),
  };
}

/** Id of a recharge: `rch_` + account number (base 36, 5) + the account's recharge counter (base 36, 7), lower case. */
export function rechargeIdOf(accountNumber: number, counter: number): string {
  return `rch_${base36(accountNumber, 5)}${base36(counter, 7)}`;
}

/** Account number and counter of a recharge id; null when it is none. */
export function readRechargeId(id: string): { accountNumber: number; counter: number } | null {
  if (!/^rch_[0-9a-z]{12}$/.test(id)) return null;
  return { accountNumber: Number.parseInt(id.slice(4, 9), 36), counter: Number.parseInt(id.slice(9), 36) };
}

/** Id of an event as webhooks carry it: `evt_` + account number (base 36, 5) + event number (base 36, 7), lower case; `tst_` for a test. */
export function eventIdOf(accountNumber: number, event: number): string {
  const kind = event < 0 ? "tst" : "evt";
  return `${kind}_${base36(accountNumber, 5)}${base36(Math.abs(event), 7)}`;
}

/** Account number and event number of an event id, negative for a test; null when it is none. */
export function readEventId(id: string): { accountNumber: number; event: number } | null {
  if (!/^(evt|tst)_[0-9a-z]{12}$/.test(id)) return null;
  const event = Number.parseInt(id.slice(9), 36);
  return { accountNumber: Number.parseInt(id.slice(4, 9), 36), event: id.startsWith("tst") ? 0 - event : event };
}

/** Public id of a partner: `ptn_` + account number (base 36, 5), lower case. */
export function partnerIdOf(accountNumber: number): string {
  return `ptn_${base36(accountNumber, 5)}`;
}

/** Account number of a partner id; null when it is none. */
export function readPartnerId(id: string): number | null {
  return /^ptn_[0-9a-z]{5}$/.test(id) ? Number.parseInt(id.slice(4), 36) : null;
}

/** Id of a partner's file of recharges: `blk_` + account number (base 36, 5) + the first 16 hex digits of the file's hash. */
export function bulkIdOf(accountNumber: number, hash: string): string {
  return `blk_${base36(accountNumber, 5)}${hash.slice(0, 16)}`;
}

/** Account number of a bulk id; null when it is none. */
export function readBulkId(id: string): number | null {
  return /^blk_[0-9a-z]{5}[0-9a-f]{16}$/.test(id) ? Number.parseInt(id.slice(4, 9), 36) : null;
}

/** Id of a chat user: `chu_` + account number (base 36, 5) + the account's counter of chat users (base 36, 4), lower case. */
export function chatUserIdOf(accountNumber: number, counter: number): string {
  return `chu_${base36(accountNumber, 5)}${base36(counter, 4)}`;
}

/** Account number and counter of a chat user's id; null when it is none. */
export function readChatUserId(id: string): { accountNumber: number; counter: number } | null {
  if (!/^chu_[0-9a-z]{9}$/.test(id)) return null;
  return { accountNumber: Number.parseInt(id.slice(4, 9), 36), counter: Number.parseInt(id.slice(9), 36) };
}

/** In lower case. */
function base36(value: number, length: number): string {
  assert(Number.isSafeInteger(value) && value >= 0 && value < 36 ** length, "the number fits its place");
  return value.toString(36).padStart(length, "0");
}
