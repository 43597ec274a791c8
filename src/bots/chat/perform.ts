// Carrying out what the dialogue asks: each command becomes a question to the user's account, each reply an answer.
import type { ChatAnswer, ChatCalls, ChatQuestion, ChatReply } from "../../accounts/chat-types.ts";
import { type Minor, minor } from "../../base/money.ts";
import { ok } from "../../base/result.ts";
import { chatPinHash } from "../../partners/chat-secrets.ts";
import type { Order, RechargeState, RechargeView, WalletView } from "../../recharges/recharge.ts";
import type { ChatOrder, CommandAnswer, DayTotals, DialogueCommand } from "../dialogue-types.ts";
import type { ChatContext } from "./chat-context.ts";
import type { ChatLink } from "./chat-store.ts";

/** An order that was confirmed reaches the account within this time, or not at all. */
export const placeWithinMs = 30_000;

export interface Asked {
  readonly command: DialogueCommand;
  /** Epoch ms at which the dialogue asked. */
  readonly since: number;
}

export type Performed =
  | { readonly kind: "answered"; readonly answer: CommandAnswer; readonly shown: RechargeView | null }
  | { readonly kind: "not_linked" };

/** When a command may be carried out, epoch ms: a `settle` only once no `place` can come after it. */
export function dueAt({ command, since }: Asked): number {
  return command.kind === "settle" ? Math.max(command.notBefore, since + placeWithinMs) : since;
}

/** `shown`: the recharge that the answer shows. Throws where the account cannot be asked. */
export async function perform(chat: ChatContext, link: ChatLink, asked: Asked): Promise<Performed> {
  const reply = await ask(chat, link, questionOf(chat, link, asked));
  if (reply === null) {
    // Its earlier answer was lost: the account has done it. A chat that woke since does not know any more whom it would tell.
    const isDone = asked.command.kind === "unlink" && chat.standing !== null;
    return isDone ? { kind: "answered", answer: { kind: "done" }, shown: null } : { kind: "not_linked" };
  }
  return { kind: "answered", ...answerOf(reply.answer, asked.command) };
}

/** What of a chat it takes to ask. */
interface Asking extends Pick<ChatContext, "name" | "standing"> {
  readonly services: { account(number: number): Pick<ChatCalls, "askFromChat"> };
}

/** Asks the account, and once more where it throws. Not about a PIN: a wrong one, typed once, would count twice. */
export async function ask(
  chat: Asking,
  link: Pick<ChatLink, "account" | "user">,
  question: ChatQuestion,
): Promise<ChatReply | null> {
  const asker = { user: link.user, chat: chat.name };
  const account = () => chat.services.account(link.account);
  const reply = await account()
    .askFromChat(asker, question)
    .catch((fault: unknown) => {
      if (question.kind === "check_pin") throw fault;
      return account().askFromChat(asker, question);
    });
  if (reply !== null) chat.standing = reply.standing;
  return reply;
}

function questionOf(chat: ChatContext, link: ChatLink, { command, since }: Asked): ChatQuestion {
  switch (command.kind) {
    case "quote":
      return { kind: "quote", order: orderOf(command, null) };
    case "place": {
      const order = orderOf(command, command.maxCost);
      return { kind: "place", order, waitMs: chat.services.times.chatWaitMs, notAfter: since + placeWithinMs };
    }
    case "settle":
      return { kind: "find", by: { agentId: command.agentId } };
    case "find":
      return { kind: "find", by: command.by };
    case "recent":
      return { kind: "recent", limit: command.limit, number: command.number };
    case "balance":
      return { kind: "wallets" };
    case "check_pin":
      return { kind: "check_pin", pinHash: chatPinHash(chat.services.hashSecret, link.user, command.pin) };
    case "today":
    case "set_language":
    case "unlink":
  }
  return command;
}

function orderOf(
  { order, agentId }: { readonly order: ChatOrder; readonly agentId: string },
  maxCost: Minor | null,
): Order {
  return { ...order, agentId, geocode: null, maxCost };
}

function answerOf(
  answer: ChatAnswer,
  command: DialogueCommand,
): { readonly answer: CommandAnswer; readonly shown: RechargeView | null } {
  switch (answer.kind) {
    case "quote":
      return only({ kind: "quote", quote: answer.quote });
    case "place":
      // Too late for the first time: the dialogue then asks what became of it.
      if (answer.placed === null) return only({ kind: "unavailable" });
      if (!answer.placed.ok) return only({ kind: "place", placed: answer.placed });
      return {
        answer: { kind: "place", placed: ok(answer.placed.value.recharge) },
        shown: answer.placed.value.recharge,
      };
    case "find": {
      const shown = command.kind === "settle" ? answer.recharge : null;
      return { answer: { kind: "found", recharge: answer.recharge }, shown };
    }
    case "recent":
      return only({ kind: "recent", recharges: answer.recharges });
    case "wallets":
      return only({ kind: "balance", wallets: answer.wallets });
    case "today":
      return only({ kind: "today", totals: answer.wallets.map((wallet) => totalsOf(wallet, answer.totals)) });
    case "check_pin":
      return only({ kind: "pin", verdict: answer.verdict });
    case "set_language":
    case "unlink":
      return only({ kind: "done" });
    case "take":
  }
  throw new Error("invariant broken: the dialogue never takes a message");
}

/** An answer that shows no one recharge. */
function only(answer: CommandAnswer): { readonly answer: CommandAnswer; readonly shown: null } {
  return { answer, shown: null };
}

function totalsOf(
  { currency, balance, held }: WalletView,
  totals: Extract<ChatAnswer, { kind: "today" }>["totals"],
): DayTotals {
  const sumOf = (state: RechargeState) =>
    totals.find((one) => one.currency === currency && one.state === state) ?? nothing;
  const states = {
    pending: sumOf("pending"),
    succeeded: sumOf("succeeded"),
    failed: sumOf("failed"),
    reversed: sumOf("reversed"),
  } as const satisfies Record<RechargeState, DayTotals["states"][RechargeState]>;
  return { currency, states, balance, held };
}

const nothing = { count: 0, face: minor(0), cost: minor(0) } as const;
