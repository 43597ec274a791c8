// A chat as seen from outside, which knows what must never happen in it.
import { expectsSecret, startDialogue, step } from "../../src/bots/dialogue.ts";
import type {
  ChatOrder,
  CommandAnswer,
  DialogueCommand,
  DialogueInput,
  DialogueOutput,
  DialogueState,
  Language,
} from "../../src/bots/dialogue-types.ts";
import { parseSentence } from "../../src/bots/parse-sentence.ts";
import { answerTo } from "./chat-answers.ts";
import { chatBeganAt, contextOf, noLimits, quoteOf, taka } from "./chat-by-hand.ts";
import { faultsOf } from "./chat-limits.ts";
import { type Move, pin } from "./chat-moves.ts";

const limits = [{ ...noLimits, pinAbove: taka(100) }];

/** A chat as seen from outside: what was shown, what the user did about it, and what was asked of the account. */
export class ObservedChat {
  readonly faults: string[] = [];
  readonly placed = new Set<string>();
  private state: DialogueState;
  private now = chatBeganAt;
  private serial = 0;
  private readonly payloads: string[] = ["c:1"];
  private readonly asked: { readonly id: string; readonly command: DialogueCommand }[] = [];
  private readonly quotes = new Map<string, { readonly order: ChatOrder; readonly shownAt: number }>();
  private latestQuote: string | null = null;
  private readonly confirmedAt = new Map<string, number>();
  private readonly pinsRight = new Set<string>();
  private readonly context: ReturnType<typeof contextOf>;

  constructor(language: Language) {
    this.context = contextOf(language, limits);
    this.state = startDialogue(this.context.user);
  }

  make(next: Move): void {
    switch (next.kind) {
      case "wait":
        this.now += next.ms;
        return;
      case "type":
        return this.types(next.text, this.now - next.lateMs);
      case "payload":
        return this.presses(next.payload);
      case "press":
        return this.presses(this.payloads.at(-1 - (next.back % this.payloads.length)) ?? "");
      case "answer":
    }
    const open = this.asked.at(-1 - (next.back % Math.max(this.asked.length, 1)));
    if (open !== undefined) this.answers(open, answerTo(open.command, next.how));
  }

  private types(text: string, sentAt: number): void {
    // Elsewhere the same digits may be an account's number, which is kept.
    if (text === pin && !expectsSecret(this.state)) return;
    const shownAt = this.latestQuote === null ? Infinity : (this.quotes.get(this.latestQuote)?.shownAt ?? Infinity);
    // A word of consent: which of them count is the dialogue's, that they came after the quote is checked here.
    if (this.latestQuote !== null && sentAt >= shownAt && parseSentence(text, ["BDT", "INR"]).intent === "yes")
      this.confirmedAt.set(this.latestQuote, this.now);
    this.takes({ kind: "text", serial: this.nextSerial(), at: this.now, sentAt, text });
  }

  private presses(payload: string): void {
    if (payload.startsWith("c:")) this.confirmedAt.set(`chat:cu_7:${payload.slice(2)}`, this.now);
    this.takes({ kind: "press", serial: this.nextSerial(), at: this.now, payload });
  }

  private answers({ id, command }: { id: string; command: DialogueCommand }, answer: CommandAnswer): void {
    if (answer.kind === "quote" && answer.quote.ok && command.kind === "quote" && this.isAwaited(id)) {
      this.quotes.set(command.agentId, { order: command.order, shownAt: this.now });
      this.latestQuote = command.agentId;
    }
    if (answer.kind === "pin" && answer.verdict === "right") this.pinsRight.add(`chat:cu_7:${id.split(":")[1] ?? ""}`);
    this.takes({ kind: "result", id, at: this.now, answer });
  }

  private isAwaited(id: string): boolean {
    return this.state.awaited.some((one) => one.id === id);
  }

  private nextSerial(): string {
    this.serial += 1;
    return this.serial.toString(36);
  }

  private takes(input: DialogueInput): void {
    const before = JSON.stringify(this.state);
    const next = step(this.state, input, this.context);
    if (JSON.stringify(this.state) !== before) this.faults.push("the step changed the state it was given");
    const kept = JSON.stringify(next.state);
    if (kept.length > 8_000) this.faults.push(`the state grew to ${kept.length}`);
    if (kept.includes(pin)) this.faults.push("the state holds the PIN");
    this.state = structuredClone(next.state);
    for (const output of next.outputs) this.see(output);
  }

  private see(output: DialogueOutput): void {
    if (output.kind === "say") {
      this.faults.push(...faultsOf(output.message));
      const { choices } = output.message;
      const parts = choices?.kind === "list" ? choices.rows : (choices?.buttons ?? []);
      // The first one last: it is the likeliest to be pressed.
      this.payloads.push(...parts.map(({ id }) => id).toReversed());
    }
    if (output.kind !== "perform") return;
    this.asked.push(output);
    if (output.command.kind === "place") this.seePlaced(output.command);
  }

  private seePlaced({ agentId, order, maxCost }: Extract<DialogueCommand, { kind: "place" }>): void {
    const quote = this.quotes.get(agentId);
    const confirmedAt = this.confirmedAt.get(agentId);
    const fail = (what: string) => this.faults.push(`placed ${agentId} ${what}`);
    if (this.placed.has(agentId)) fail("twice");
    this.placed.add(agentId);
    if (quote === undefined) return void fail("without a quote");
    if (JSON.stringify(quote.order) !== JSON.stringify(order)) fail("with another order than was shown");
    if (maxCost !== quoteOf(order).cost) fail("for another cost than was shown");
    if (confirmedAt === undefined || confirmedAt < quote.shownAt) fail("without a confirmation");
    if (this.now >= quote.shownAt + 120_000) fail("after two minutes");
    const needsPin = order.currency === "BDT" && order.amount > taka(100);
    if (needsPin && !this.pinsRight.has(agentId)) fail("without the PIN");
  }
}
