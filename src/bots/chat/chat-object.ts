// The Durable Object of one chat: takes its messages, works on them one at a time, and sends what it has to say.
import { DurableObject } from "cloudflare:workers";
import type { ChatEnd, ChatNews } from "../../accounts/chat-types.ts";
import { assert } from "../../base/assert.ts";
import { runSchemaSteps } from "../../base/schema-steps.ts";
import type { ChatInbox, ChatPlace, DeliveryStatus, IncomingMessage } from "../channel.ts";
import { expectsSecret } from "../dialogue.ts";
import type { ChatContext, ChatServices } from "./chat-context.ts";
import { ChatObjectStore } from "./chat-store.ts";
import { chatSchemaSteps } from "./chat-tables.ts";
import { sendDue, takeStatus } from "./send.ts";
import { awaitedDueAt, workOn } from "./work.ts";

/** Longer than any platform delivers a message again. */
const keptMs = 30 * 86_400_000;
const retryAtMostMs = 60_000;

/** A message is answered for as soon as it is written down; the rest is done here, also when its sender has gone. */
export abstract class Chat<Env = unknown> extends DurableObject<Env> implements ChatInbox, ChatEnd {
  protected abstract readonly services: ChatServices;
  private opened: ChatContext | null = null;
  /** What is being done now, and whether something came meanwhile. */
  private working: Promise<void> | null = null;
  private sending: Promise<void> | null = null;
  private failures = 0;

  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    runSchemaSteps(state.storage, chatSchemaSteps, "chat");
  }

  async take(place: ChatPlace, message: IncomingMessage): Promise<void> {
    const { store, services } = this.context;
    const now = services.clock.now();
    const { content } = message;
    this.context.atomically(() => {
      const record = store.read();
      const isSecret = content.kind === "text" && record?.link != null && expectsSecret(record.link.state);
      const number = store.addIncoming(message, isSecret ? { kind: "secret" } : content);
      if (number === null) return;
      if (isSecret) this.context.secrets.set(number, content.text);
      const before = record ?? { link: null, guesses: 0, guessedAt: 0, hintedAt: 0 };
      store.write({ ...before, ...place, heardAt: now });
    });
    await this.startWork();
  }

  async takeStatus(status: DeliveryStatus): Promise<void> {
    if (this.context.store.read() === null) return;
    takeStatus(this.context, status);
    await this.startWork();
  }

  async tell(news: ChatNews): Promise<void> {
    const { store, services } = this.context;
    if (store.read() === null) return;
    const { id, state, eventNumber } = news.recharge;
    const messageId = `news ${id} ${state} ${eventNumber}`;
    const item = { messageId, sentAt: services.clock.now(), erasableBy: null };
    this.context.atomically(() => store.addIncoming(item, { kind: "news", news }));
    await this.startWork();
  }

  /** Armed again whatever happens, or the alarm is lost for good. */
  override async alarm(): Promise<void> {
    const { store, services } = this.context;
    store.prune(services.clock.now() - keptMs);
    await this.work();
  }

  /** Arms the alarm first: a reset from here on loses nothing. */
  private async startWork(): Promise<void> {
    const resumeAt = this.services.clock.now() + this.services.times.chatRetryMs;
    const armed = await this.ctx.storage.getAlarm();
    if (armed === null || armed > resumeAt) await this.ctx.storage.setAlarm(resumeAt);
    this.ctx.waitUntil(this.work());
  }

  /** One at a time; what comes meanwhile is seen by the one at work, or by another right after it. */
  private async work(): Promise<void> {
    while (this.working !== null) await this.working;
    this.working = this.workOnce();
    try {
      await this.working;
    } finally {
      this.working = null;
    }
  }

  private async workOnce(): Promise<void> {
    const chat = this.context;
    if (chat.store.read() === null) return;
    try {
      await workOn(chat);
      this.failures = 0;
    } catch (fault) {
      this.failures += 1;
      chat.services.log.error("chat.work", { failures: this.failures }, fault);
    }
    try {
      await this.sending;
      await this.send();
    } finally {
      await this.armNext();
    }
  }

  private send(): Promise<void> {
    this.sending ??= sendDue(this.context).finally(() => (this.sending = null));
    return this.sending;
  }

  private async armNext(): Promise<void> {
    const { store, services } = this.context;
    const now = services.clock.now();
    const backOffMs = Math.min(services.times.chatRetryMs * 2 ** this.failures, retryAtMostMs);
    const waiting = [
      store.nextOutgoing()?.dueAt ?? null,
      store.nextIncoming() === null ? null : now + backOffMs,
      awaitedDueAt(this.context),
    ].filter((at) => at !== null);
    if (waiting.length === 0)
      return store.remembers() ? this.ctx.storage.setAlarm(now + keptMs) : this.ctx.storage.deleteAlarm();
    const earliest = this.failures === 0 ? now + 1 : now + backOffMs;
    return this.ctx.storage.setAlarm(Math.max(Math.min(...waiting), earliest));
  }

  /** Opened at the first use: the services are there only after the constructor. */
  private get context(): ChatContext {
    const { name } = this.ctx.id;
    assert(name !== undefined, "a chat's object has a name");
    this.opened ??= {
      name,
      services: this.services,
      store: new ChatObjectStore(this.ctx.storage.sql),
      secrets: new Map(),
      standing: null,
      atomically: (write) => this.ctx.storage.transactionSync(write),
      speak: () =>
        this.ctx.waitUntil(this.send().catch((fault: unknown) => this.services.log.error("chat.send", {}, fault))),
    };
    return this.opened;
  }
}
