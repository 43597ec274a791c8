// Linking a chat by a code, and the one sentence that a chat without a link is ever told.
import { maskNumber } from "../../base/mask.ts";
import type { ChatUserView } from "../../accounts/chat-types.ts";
import { looksLikeChatCode, readChatCode } from "../../partners/chat-secrets.ts";
import { startDialogue } from "../dialogue.ts";
import type { ChatUser } from "../dialogue-types.ts";
import type { ChatContext } from "./chat-context.ts";
import { recordOf } from "./chat-context.ts";
import type { ChatLink } from "./chat-store.ts";

/** Wrong codes in an hour after which a chat's codes are not looked at any more. */
const guessesAtMost = 5;
const guessesForgottenMs = 3_600_000;
/** How often a chat without a link is told to send a code. */
const hintEveryMs = 60_000;

const sendYourCode = [
  "This chat is not linked. Please send the code that your recharge company gave you.",
  "এই চ্যাট যুক্ত করা নেই। আপনার রিচার্জ কোম্পানির দেওয়া কোডটি পাঠান।",
  "यह चैट जुड़ी नहीं है। अपनी रीचार्ज कंपनी का दिया हुआ कोड भेजें।",
].join("\n\n");

/** The code that a text may carry: alone, or behind a word that opens (`/start …` is what Telegram's links send). */
export function codeIn(text: string): string | null {
  const code = text.trim().replace(/^\/?(?:start|link)[\s:]+/i, "");
  return looksLikeChatCode(code) ? code.trim() : null;
}

/** Links the chat; null: the code is none, or was used, or too many were wrong. Throws where the account cannot be asked. */
export async function linkByCode(chat: ChatContext, code: string): Promise<ChatLink | null> {
  const { services } = chat;
  const record = recordOf(chat);
  if (guessesOf(chat) >= guessesAtMost) return null;
  const read = readChatCode(services.hashSecret, code);
  const linking = {
    codeHash: read?.hash ?? "",
    name: chat.name,
    channel: record.channel,
    shownAs: maskNumber(record.address),
  };
  const user = read === null ? null : await services.account(read.account).linkChat(linking);
  if (read === null || user === null) {
    noteGuess(chat);
    return null;
  }
  const before = record.link;
  if (before !== null && (before.account !== read.account || before.user !== user.id)) await leave(chat, before);
  const isSame = before?.account === read.account && before.user === user.id;
  const state = isSame ? before.state : startDialogue(asDialogueUser(user));
  const link: ChatLink = { account: read.account, user: user.id, state };
  chat.atomically(() => chat.store.write({ ...recordOf(chat), link, guesses: 0 }));
  chat.standing = null;
  return link;
}

/** The user of the earlier link is told; where that fails, their account still believes only the chat that it knows. */
async function leave(chat: ChatContext, { account, user }: ChatLink): Promise<void> {
  await chat.services
    .account(account)
    .askFromChat({ user, chat: chat.name }, { kind: "unlink" })
    .catch((fault: unknown) => chat.services.log.error("chat.leave", { account }, fault));
}

function asDialogueUser({ id, name, language }: ChatUserView): ChatUser {
  return { id, name, language, limits: [] };
}

function guessesOf(chat: ChatContext): number {
  const { guesses, guessedAt } = recordOf(chat);
  return chat.services.clock.now() - guessedAt < guessesForgottenMs ? guesses : 0;
}

function noteGuess(chat: ChatContext): void {
  const guesses = guessesOf(chat) + 1;
  chat.atomically(() => chat.store.write({ ...recordOf(chat), guesses, guessedAt: chat.services.clock.now() }));
}

/** Asks for a code: after a wrong one, else once a minute at most; nothing after too many wrong ones. Called inside the write. */
export function hint(chat: ChatContext, afterCode: boolean): void {
  const record = recordOf(chat);
  const now = chat.services.clock.now();
  const mayHint = afterCode ? guessesOf(chat) < guessesAtMost : now - record.hintedAt >= hintEveryMs;
  if (!mayHint || guessesOf(chat) >= guessesAtMost) return;
  chat.store.write({ ...record, hintedAt: now });
  chat.store.addOutgoing({ kind: "say", message: { text: sendYourCode, choices: null } }, now);
}

/** The account does not know the chat any more: neither does the chat. Called inside the write. */
export function dropLink(chat: ChatContext): void {
  chat.store.write({ ...recordOf(chat), link: null });
  chat.standing = null;
}
