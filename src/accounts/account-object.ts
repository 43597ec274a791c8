// The Durable Object of one account: its RPC methods, its alarm, and what it remembers while it is awake.
import type { Caller } from "./caller.ts";
import { DurableObject } from "cloudflare:workers";
import type { ClaimOwner } from "../recharges/ports.ts";
import type { AccountProfile } from "../recharges/profile.ts";
import type { AccountCalls, Movement, PlaceRequest, RechargeName } from "./account.ts";
import { admit } from "./admit.ts";
import { nextWorkAt, runAlarm } from "./alarm.ts";
import { answerDispute, answerEvidence, answerStaff } from "./case-calls.ts";
import { copyAccount, returnAccount } from "./backup.ts";
import { askFromChat } from "./chat-calls.ts";
import type { ChatCalls } from "./chat-types.ts";
import { askChatUsers, linkChat } from "./chat-users.ts";
import { checkOrders } from "./check-orders.ts";
import { configureAccount } from "./configure.ts";
import { confirmClaim } from "./confirm.ts";
import type { AccountContext, AccountServices } from "./context.ts";
import { readEvidence } from "./evidence-view.ts";
import { previewRuling } from "./preview-ruling.ts";
import { readFigures } from "./figures.ts";
import { readFloats } from "./float-figures.ts";
import { findNamed, findRecharge } from "./find-recharge.ts";
import { healAccount } from "./heal.ts";
import { openContext } from "./open-context.ts";
import { findReward, readEvents, readWallets } from "./partner-reads.ts";
import { placeRecharge } from "./place.ts";
import { placeUnreferenced } from "./place-unreferenced.ts";
import { quoteRecharge } from "./quote.ts";
import { rollOver } from "./roll-over.ts";
import { sweepAccount } from "./sweep.ts";
import { takeCallback } from "./take-callback.ts";
import { migrateAccount } from "./tables.ts";
import { readWalletCalls, takeSegmentWords } from "./take-segment.ts";
import { readProviderAttempts, takeStatement } from "./take-statement.ts";
import { noteWebhookStopped, readTellable, readTold, startTelling } from "./tell-webhooks.ts";
import { presentAttempts, presentCase } from "./views.ts";
import { creditWallet, debitWallet } from "./wallet-verbs.ts";

export abstract class Account<Env = unknown> extends DurableObject<Env> implements AccountCalls, ChatCalls, ClaimOwner {
  protected abstract readonly services: AccountServices;
  private opened: AccountContext | null = null;
  /** Epoch ms for which the alarm is set; null: not known to be set. */
  private armedFor: number | null = null;

  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    migrateAccount(state.storage);
  }

  async place(request: PlaceRequest) {
    return placeRecharge(this.context, request);
  }

  async placeUnreferenced(request: Parameters<AccountCalls["placeUnreferenced"]>[0]) {
    return placeUnreferenced(this.context, request);
  }

  async quote(request: Omit<PlaceRequest, "waitMs">) {
    return quoteRecharge(this.context, request);
  }

  async checkOrders(...[caller, orders]: Parameters<AccountCalls["checkOrders"]>) {
    return checkOrders(this.context, caller, orders);
  }

  async findRecharge(caller: Caller, name: RechargeName) {
    return findRecharge(this.context, caller, name);
  }

  async findReward(caller: Caller, name: RechargeName): ReturnType<AccountCalls["findReward"]> {
    return findReward(this.context, caller, name);
  }

  async readWallets(caller: Caller) {
    return readWallets(this.context, caller);
  }

  async readEvents(...asked: Parameters<AccountCalls["readEvents"]>) {
    return readEvents(this.context, ...asked);
  }

  async admit(caller: Caller) {
    return admit(this.context, caller);
  }

  async configure(profile: AccountProfile): Promise<void> {
    this.thenArm(configureAccount(this.context, profile));
  }

  async readProfile(): Promise<AccountProfile | null> {
    return this.context.book.readStoredProfile();
  }

  async credit(movement: Movement) {
    return this.thenArm(creditWallet(this.context, movement));
  }

  async debit(movement: Movement) {
    return this.thenArm(debitWallet(this.context, movement));
  }

  async takeCallback(heard: Parameters<AccountCalls["takeCallback"]>[0]) {
    return takeCallback(this.context, heard);
  }

  async readProviderAttempts(...asked: Parameters<AccountCalls["readProviderAttempts"]>) {
    return readProviderAttempts(this.context, ...asked);
  }

  async takeStatement(...asked: Parameters<AccountCalls["takeStatement"]>) {
    return this.thenArm(takeStatement(this.context, ...asked));
  }

  async readWalletCalls(...asked: Parameters<AccountCalls["readWalletCalls"]>) {
    return readWalletCalls(this.context, ...asked);
  }

  async takeSegmentWords(...asked: Parameters<AccountCalls["takeSegmentWords"]>) {
    return this.thenArm(takeSegmentWords(this.context, ...asked));
  }

  async readEvidence(rechargeId: string) {
    const recharge = findNamed(this.context, { id: rechargeId });
    return recharge === null ? null : readEvidence(this.context, recharge);
  }

  async findEvidence(caller: Caller, rechargeId: string) {
    return answerEvidence(this.context, caller, findNamed(this.context, { id: rechargeId }));
  }

  async previewRuling(...[rechargeId, imagined]: Parameters<AccountCalls["previewRuling"]>) {
    return previewRuling(this.context, findNamed(this.context, { id: rechargeId }), imagined);
  }

  async proposeRuling(...[rechargeId, propose]: Parameters<AccountCalls["proposeRuling"]>) {
    return answerStaff(this.context, findNamed(this.context, { id: rechargeId }), { propose });
  }

  async confirmRuling(...[rechargeId, confirm]: Parameters<AccountCalls["confirmRuling"]>) {
    return answerStaff(this.context, findNamed(this.context, { id: rechargeId }), { confirm });
  }

  async openDispute(...[caller, id, wanted]: Parameters<AccountCalls["openDispute"]>) {
    return answerDispute(this.context, caller, findNamed(this.context, { id }), wanted);
  }

  async readAttempts(rechargeId: string) {
    return presentAttempts(this.context, findNamed(this.context, { id: rechargeId }));
  }

  async readCases() {
    return this.context.book.readCases().map((one) => presentCase(this.context, one));
  }

  async readFigures({ withPending }: { withPending: boolean }) {
    return this.context.book.readProfile() === null ? null : readFigures(this.context, withPending);
  }

  async startTelling(): Promise<number> {
    return startTelling(this.context);
  }

  async readTold(numbers: readonly number[]) {
    return readTold(this.context, numbers);
  }

  async readTellable(page: Parameters<AccountCalls["readTellable"]>[0]) {
    return readTellable(this.context, page);
  }

  async noteWebhookStopped(stopped: Parameters<AccountCalls["noteWebhookStopped"]>[0]): Promise<void> {
    noteWebhookStopped(this.context, stopped);
  }

  async readFloats(...asked: Parameters<AccountCalls["readFloats"]>) {
    return this.context.book.readProfile() === null ? [] : readFloats(this.context, ...asked);
  }

  async confirmClaim(agentId: string) {
    return confirmClaim(this.context, agentId);
  }

  async askChatUsers(...asked: Parameters<ChatCalls["askChatUsers"]>) {
    return askChatUsers(this.context, ...asked);
  }

  async linkChat(...asked: Parameters<ChatCalls["linkChat"]>) {
    return linkChat(this.context, ...asked);
  }

  async askFromChat(...asked: Parameters<ChatCalls["askFromChat"]>) {
    return askFromChat(this.context, ...asked);
  }

  async copyAccount() {
    return copyAccount(this.ctx.storage.sql, this.context);
  }

  async returnAccount(copy: Parameters<AccountCalls["returnAccount"]>[0]) {
    return this.thenArm(await returnAccount(this.ctx.storage.sql, this.context, copy));
  }

  async healAccount() {
    return this.thenArm(await healAccount(this.ctx.storage.sql, this.context));
  }

  async sweep(ledgerEvent: number | null) {
    const swept = sweepAccount(this.context, ledgerEvent, this.ctx.storage.sql.databaseSize);
    this.armedFor = await this.ctx.storage.getAlarm();
    this.armNext();
    this.ctx.waitUntil(rollOver(this.context));
    return swept;
  }

  /** Armed again whatever happens, or the alarm is lost for good. */
  override async alarm(): Promise<void> {
    this.armedFor = null;
    let retryAt = 0;
    try {
      retryAt = await runAlarm(this.context);
    } finally {
      this.armNext(retryAt);
    }
  }

  private thenArm<Answer>(answer: Answer): Answer {
    this.armNext();
    return answer;
  }

  /** Arms for the next work, not before `notBefore`. */
  private armNext(notBefore = 0): void {
    // A recharge arms twice; an alarm that rings before the next flush will look at everything anyway.
    const soon = this.services.clock.now() + this.services.times.outboxDelayMs;
    if (this.armedFor !== null && this.armedFor <= soon) return;
    const next = nextWorkAt(this.context);
    if (next === null) return;
    const at = Math.max(next, notBefore, this.services.clock.now() + 1);
    if (this.armedFor !== null && this.armedFor <= at) return;
    this.armedFor = at;
    this.ctx.waitUntil(this.ctx.storage.setAlarm(at));
  }

  /** Opened at the first use: the services are there only after the constructor. */
  private get context(): AccountContext {
    this.opened ??= openContext(this.ctx.storage, this.services, {
      wake: () => this.armNext(),
      keepAlive: (work) => this.ctx.waitUntil(work),
    });
    return this.opened;
  }
}
