// A chat with the dialogue and no channel: it says what is typed and pressed, and answers what the dialogue asks.
import { type Minor, minor } from "../../src/base/money.ts";
import { ok } from "../../src/base/result.ts";
import { awaitedOf, startDialogue, step } from "../../src/bots/dialogue.ts";
import type {
  ChatLimits,
  ChatMessage,
  ChatOrder,
  ChatQuote,
  CommandAnswer,
  DialogueCommand,
  DialogueContext,
  DialogueInput,
  DialogueOutput,
  DialogueState,
  Language,
  ShownRecharge,
} from "../../src/bots/dialogue-types.ts";

type Performed = Extract<DialogueOutput, { kind: "perform" }>;

/** Epoch ms at which every chat begins. */
export const chatBeganAt = Date.UTC(2026, 10, 22, 6, 0);

export const noLimits: ChatLimits = {
  currency: "BDT",
  perRecharge: null,
  perDay: null,
  usedToday: minor(0),
  pinAbove: null,
};

export function contextOf(language: Language = "en", limits: readonly ChatLimits[] = []): DialogueContext {
  return {
    user: { id: "cu_7", name: "Rahima", language, limits },
    currencies: ["BDT", "INR"],
    sells: () => true,
  };
}

/** One percent of commission, and a wallet of 1,000.00. */
export function quoteOf(order: ChatOrder): ChatQuote {
  const commission = minor(Math.floor(order.amount / 100));
  const cost = minor(order.amount - commission);
  const { amount: face, currency, number } = order;
  return { face, commission, cost, currency, planVersion: 1, number, balanceAfter: minor(1_000_00 - cost) };
}

export function rechargeOf(order: ChatOrder, agentId: string, more: Partial<ShownRecharge> = {}): ShownRecharge {
  const { product, number, fields, amount: face, currency } = order;
  const { cost } = quoteOf(order);
  const plain = { product, number, fields, face, cost, currency, agentId, failure: null, operatorReference: null };
  return { ...plain, id: "rch_00001000000a", state: "succeeded", createdAt: chatBeganAt, ...more };
}

export class ChatByHand {
  state: DialogueState;
  now = chatBeganAt;
  /** Everything that was said, the latest last. */
  readonly said: ChatMessage[] = [];
  /** Everything that was asked of the channel. */
  readonly performed: Performed[] = [];
  /** How often the user's message was to be deleted. */
  erased = 0;
  /** What the account answers; null: the question stays open. */
  answer: (command: DialogueCommand) => CommandAnswer | null = answerPlainly;
  private messages = 0;
  private readonly context: DialogueContext;

  constructor(context: DialogueContext = contextOf()) {
    this.context = context;
    this.state = startDialogue(context.user);
  }

  /** The message that follows. */
  types(text: string, sentAt = this.now): string {
    return this.takes({ kind: "text", serial: this.nextSerial(), at: this.now, sentAt, text });
  }

  presses(payload: string): string {
    return this.takes({ kind: "press", serial: this.nextSerial(), at: this.now, payload });
  }

  /** Presses the button or row of the latest message whose title begins like this. */
  pressesButton(title: string): string {
    const found = this.buttons().find((button) => button.title.startsWith(title));
    if (found === undefined) throw new Error(`no button ${title} among ${JSON.stringify(this.buttons())}`);
    return this.presses(found.id);
  }

  /** Buttons or rows of the latest message. */
  buttons(): readonly { readonly id: string; readonly title: string }[] {
    const choices = this.said.at(-1)?.choices ?? null;
    if (choices === null) return [];
    return choices.kind === "buttons" ? choices.buttons : choices.rows;
  }

  waits(ms: number): this {
    this.now += ms;
    return this;
  }

  /** Answers an open question of this kind now. */
  answers(kind: DialogueCommand["kind"], answer: CommandAnswer): string {
    const open = awaitedOf(this.state).find(({ command }) => command.kind === kind);
    if (open === undefined) throw new Error(`nothing waits for ${kind}`);
    return this.takes({ kind: "result", id: open.id, at: this.now, answer });
  }

  /** The commands of this kind so far. */
  asked<Kind extends DialogueCommand["kind"]>(kind: Kind): readonly Extract<DialogueCommand, { kind: Kind }>[] {
    return this.performed.flatMap(({ command }) => (isOf(command, kind) ? [command] : []));
  }

  /** Takes an input and all that follows from it; the texts that were said, a line between them. */
  takes(first: DialogueInput): string {
    const from = this.said.length;
    const inputs = [first];
    for (let input = inputs.shift(); input !== undefined; input = inputs.shift()) {
      const next = step(this.state, input, this.context);
      // As a channel keeps it.
      this.state = structuredClone(next.state);
      for (const output of next.outputs) {
        if (output.kind === "say") this.said.push(output.message);
        if (output.kind === "erase") this.erased += 1;
        if (output.kind !== "perform") continue;
        this.performed.push(output);
        const answer = this.answer(output.command);
        if (answer !== null) inputs.push({ kind: "result", id: output.id, at: this.now, answer });
      }
    }
    return this.said
      .slice(from)
      .map((message) => message.text)
      .join("\n");
  }

  private nextSerial(): string {
    this.messages += 1;
    return this.messages.toString(36);
  }
}

function isOf<Kind extends DialogueCommand["kind"]>(
  command: DialogueCommand,
  kind: Kind,
): command is Extract<DialogueCommand, { kind: Kind }> {
  return command.kind === kind;
}

/** An account where everything succeeds at once and nothing was recharged before; the PIN is 4711. */
export function answerPlainly(command: DialogueCommand): CommandAnswer {
  switch (command.kind) {
    case "quote":
      return { kind: "quote", quote: ok(quoteOf(command.order)) };
    case "place":
      return { kind: "place", placed: ok(rechargeOf(command.order, command.agentId)) };
    case "check_pin":
      return { kind: "pin", verdict: command.pin === "4711" ? "right" : "wrong" };
    case "settle":
    case "find":
      return { kind: "found", recharge: null };
    case "recent":
      return { kind: "recent", recharges: [] };
    case "balance":
      return {
        kind: "balance",
        wallets: [{ currency: "BDT", balance: minor(1_000_00), held: minor(0), debt: minor(0) }],
      };
    case "today":
      return { kind: "today", totals: [] };
    case "set_language":
    case "unlink":
  }
  return { kind: "done" };
}

export function taka(amount: number): Minor {
  return minor(amount * 100);
}
