import { assert as claim, constantFrom, integer, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import {
  chatNameOf,
  chatPinHash,
  looksLikeChatCode,
  newChatCode,
  readChatCode,
} from "../../../src/partners/chat-secrets.ts";

const secret = "a-secret-for-tests-only-of-32-characters";

/** The ways in which people type a code. */
const spaced = (code: string) => code.replaceAll("-", " ").toLowerCase();
const plain = (code: string) => code.replaceAll("-", "");
const misread = (code: string) => code.replaceAll("0", "o").replaceAll("1", "l");

describe("a code that links a chat", () => {
  it("names its account, however it is typed", () => {
    claim(
      property(integer({ min: 0, max: 32 ** 5 - 1 }), constantFrom(spaced, plain, misread), (account, typed) => {
        const code = newChatCode(secret, account);
        expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
        expect(looksLikeChatCode(typed(code))).toBe(true);
        expect(readChatCode(secret, typed(code))).toEqual(readChatCode(secret, code));
        expect(readChatCode(secret, code)?.account).toBe(account);
      }),
    );
  });

  it("is none under another secret, or with a symbol changed", () => {
    const code = newChatCode(secret, 7, (bytes) => bytes.fill(9));
    expect(readChatCode(`${secret}x`, code)).toBe(null);
    const changed = Array.from(code.replaceAll("-", ""), (symbol, place) => {
      const text = code.replaceAll("-", "");
      return `${text.slice(0, place)}${symbol === "A" ? "B" : "A"}${text.slice(place + 1)}`;
    });
    // Three symbols of a keyed hash: one change in 32 768 passes, none of these does.
    expect(changed.map((one) => readChatCode(secret, one))).toEqual(changed.map(() => null));
  });

  it("is not seen in other texts", () => {
    claim(
      property(string(), (text) => {
        expect(looksLikeChatCode(text) || readChatCode(secret, text) === null).toBe(true);
      }),
    );
    for (const text of ["01712345678 20 gp", "recharge", "", "0000-0000-0000", "0000-0000-0000-0000-0"])
      expect(looksLikeChatCode(text)).toBe(false);
  });
});

it("hashes PINs and chats apart from each other, and from other users' and channels'", () => {
  const hashes = [
    chatPinHash(secret, "chu_1", "4711"),
    chatPinHash(secret, "chu_2", "4711"),
    chatPinHash(secret, "chu_1", "4712"),
    chatNameOf(secret, "telegram", "4711"),
    chatNameOf(secret, "whatsapp", "4711"),
  ];
  expect(new Set(hashes).size).toBe(hashes.length);
  expect(hashes.filter((hash) => hash.includes("4711"))).toEqual([]);
});
