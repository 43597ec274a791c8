// Whatever an account may answer to a question of the dialogue, by a number that says how.
import { refusal, type RefusalCode, refusals } from "../../src/base/refusal.ts";
import { ok, refuse } from "../../src/base/result.ts";
import type { CommandAnswer, DialogueCommand } from "../../src/bots/dialogue-types.ts";
import { quoteOf, rechargeOf, taka } from "./chat-by-hand.ts";
import { pin } from "./chat-moves.ts";

const codes = Object.keys(refusals) as RefusalCode[];

/** Any answer: the right kind in all its forms, none, or one that fits another question. */
export function answerTo(command: DialogueCommand, how: number): CommandAnswer {
  const earlier = { id: "rch_00001000000b", agentId: "x", state: how % 2 === 0 ? "succeeded" : "pending" } as const;
  const problem = {
    ...refusal(codes[how * 3] ?? "repeat", ""),
    retryAfterSeconds: 90,
    ...(how > 4 ? { earlier } : {}),
  };
  const refused = how >= 7 ? refuse(problem) : refuse(refusal(how === 6 ? "max_cost" : "repeat", "", { earlier }));
  if (how === 9) return { kind: "unavailable" };
  if (how === 8) return { kind: "done" };
  switch (command.kind) {
    case "quote":
      return { kind: "quote", quote: how < 5 ? ok(quoteOf(command.order)) : refused };
    case "place":
      return { kind: "place", placed: how < 4 ? ok(rechargeOf(command.order, command.agentId)) : refused };
    case "check_pin":
      return { kind: "pin", verdict: how < 6 && command.pin === pin ? "right" : how === 7 ? "locked" : "wrong" };
    case "settle":
      return { kind: "found", recharge: how < 4 ? rechargeOf(command.order, command.agentId) : null };
    case "find":
    case "recent":
    case "balance":
    case "today":
    case "set_language":
    case "unlink":
  }
  const order = {
    product: "bd.robi.prepaid",
    number: "01812345678",
    amount: taka(20),
    currency: "BDT",
    fields: {},
    repeatOf: null,
  } as const;
  const recharge = how < 5 ? rechargeOf(order, "x") : null;
  return command.kind === "recent"
    ? { kind: "recent", recharges: recharge === null ? [] : [recharge] }
    : { kind: "found", recharge };
}
