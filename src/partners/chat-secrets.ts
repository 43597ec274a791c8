// What speaks for a chat: the code that links it, the PIN of its user, and the name under which it is kept.
import { assert } from "../base/assert.ts";
import { equalInConstantTime, keyedHash } from "../base/signature.ts";

export const channels = ["telegram", "whatsapp"] as const;
export type Channel = (typeof channels)[number];

/** Crockford's alphabet: nothing in it is mistaken for something else when it is read out or typed. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const accountLength = 5;
const randomLength = 8;
const checkLength = 3;
const codeLength = accountLength + randomLength + checkLength;

type Random = (bytes: Uint8Array<ArrayBuffer>) => Uint8Array;

/**
 * A fresh code, `XXXX-XXXX-XXXX-XXXX`: the account's number, 40 random bits, and 15 bits of a keyed hash of both, so that a
 * guess is turned away without asking any account.
 */
export function newChatCode(
  hashSecret: string,
  account: number,
  random: Random = (bytes) => crypto.getRandomValues(bytes),
): string {
  assert(account >= 0 && account < 32 ** accountLength, "an account number fits into a code");
  const number = Array.from({ length: accountLength }, (_, place) =>
    alphabet.charAt(Math.floor(account / 32 ** (accountLength - 1 - place)) % 32),
  );
  const secret = Array.from(random(new Uint8Array(randomLength)), (byte) => alphabet.charAt(byte & 31));
  const body = [...number, ...secret].join("");
  return `${body}${checkOf(hashSecret, body)}`.replace(/(.{4})(?=.)/g, "$1-");
}

/** The code in a text that is nothing but a code, however it is spaced or cased; null: there is none that we have issued. */
export function readChatCode(
  hashSecret: string,
  text: string,
): { readonly account: number; readonly hash: string } | null {
  const code = text
    .toUpperCase()
    .replace(/[\s\-–]/g, "")
    .replaceAll("O", "0")
    .replace(/[IL]/g, "1");
  if (code.length !== codeLength || /[^0-9A-HJKMNP-TV-Z]/.test(code)) return null;
  const body = code.slice(0, -checkLength);
  if (!equalInConstantTime(code.slice(-checkLength), checkOf(hashSecret, body))) return null;
  const number = Array.from(body.slice(0, accountLength), (symbol) => alphabet.indexOf(symbol));
  const account = number.reduce((sum, digit) => sum * 32 + digit, 0);
  return { account, hash: keyedHash(hashSecret, JSON.stringify(["chat_code", code])) };
}

/** True where a text has the shape of a code, ours or not: such a text is a try to link, and counts as one. */
export function looksLikeChatCode(text: string): boolean {
  return /^[0-9A-Z]{4}([\s\-–]?[0-9A-Z]{4}){3}$/i.test(text.trim());
}

/** What is kept of a PIN outside the account; the account hashes it once more, with a salt of its own. */
export function chatPinHash(hashSecret: string, user: string, pin: string): string {
  return keyedHash(hashSecret, JSON.stringify(["chat_pin", user, pin]));
}

/** The name of a chat's object: names are logged, so the number or id behind it is hashed. */
export function chatNameOf(hashSecret: string, channel: Channel, address: string): string {
  return `chat-${keyedHash(hashSecret, JSON.stringify(["chat", channel, address]))}`;
}

function checkOf(hashSecret: string, body: string): string {
  const bits = Number.parseInt(keyedHash(hashSecret, JSON.stringify(["chat_code_check", body])).slice(0, 8), 16);
  return Array.from({ length: checkLength }, (_, place) => alphabet.charAt((bits >>> (place * 5)) & 31)).join("");
}
