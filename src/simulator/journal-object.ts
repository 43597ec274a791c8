// The simulator's durable home: one object holds journal, wallets and faults of all upstream accounts.
import { DurableObject } from "cloudflare:workers";
import { type Minor, minor } from "../base/money.ts";
import { sendCallback } from "./callback.ts";
import type { Faults } from "./faults.ts";
import { receive } from "./journal.ts";
import { type Cell, createTables, type EntryFilter, moveBalance, readBalance, type Sql } from "./journal-rows.ts";
import { findTransaction, nextWake, settleDue, takeCallbacks } from "./journal-rules.ts";
import {
  clearJournal,
  type EntryView,
  readEntries,
  readFaults,
  readWallets,
  type UpstreamWallet,
  writeFaults,
} from "./journal-views.ts";
import type { Answer, Received } from "./reply.ts";
import { upstreamAccounts } from "./upstream-accounts.ts";
import type { LookedUp, TransactionName, Upstream } from "./upstream.ts";

export interface SimulatorSettings {
  /** Divides all delays and windows; 1 where absent. */
  readonly TIME_DIVISOR?: string;
  /** Where backnpay's callbacks go; none are sent where absent. */
  readonly CALLBACK_URL?: string;
}

export class JournalObject extends DurableObject<SimulatorSettings> implements Upstream {
  readonly #sql: Sql;
  #faults: Faults;

  constructor(ctx: DurableObjectState, env: SimulatorSettings) {
    super(ctx, env);
    this.#sql = {
      run: <Row extends Record<string, Cell>>(query: string, ...bindings: readonly Cell[]) =>
        ctx.storage.sql.exec<Row>(query, ...bindings).toArray(),
    };
    createTables(this.#sql);
    this.#faults = readFaults(this.#sql);
  }

  async receive(received: Received): Promise<Answer> {
    const answer = receive(this.#sql, received, {
      now: Date.now(),
      timeDivisor: readDivisor(this.env),
      faults: this.#faults,
      sendsCallbacks: this.env.CALLBACK_URL !== undefined,
    });
    await this.#wake();
    return answer;
  }

  async lookUp(account: string, name: TransactionName): Promise<LookedUp> {
    settleDue(this.#sql, Date.now());
    return { found: findTransaction(this.#sql, account, name), balance: minor(readBalance(this.#sql, account)) };
  }

  async readBalance(account: string): Promise<Minor> {
    settleDue(this.#sql, Date.now());
    return minor(readBalance(this.#sql, account));
  }

  async readEntries(filter: EntryFilter): Promise<EntryView[]> {
    settleDue(this.#sql, Date.now());
    return readEntries(this.#sql, filter);
  }

  async readWallets(): Promise<UpstreamWallet[]> {
    settleDue(this.#sql, Date.now());
    return readWallets(this.#sql);
  }

  async moveWallet(account: string, change: Minor): Promise<boolean> {
    if (upstreamAccounts.every(({ name }) => name !== account)) return false;
    moveBalance(this.#sql, account, change);
    return true;
  }

  async setFaults(faults: Faults): Promise<void> {
    writeFaults(this.#sql, faults);
    this.#faults = faults;
  }

  async clear(): Promise<void> {
    clearJournal(this.#sql);
    this.#faults = readFaults(this.#sql);
  }

  override async alarm(): Promise<void> {
    try {
      settleDue(this.#sql, Date.now());
      const url = this.env.CALLBACK_URL;
      for (const callback of takeCallbacks(this.#sql, Date.now()))
        if (url !== undefined) await sendCallback((...sent) => fetch(...sent), url, callback);
    } finally {
      await this.#wake();
    }
  }

  /** Arms the alarm for what is due next, unless it rings before. */
  async #wake(): Promise<void> {
    const next = nextWake(this.#sql);
    if (next === null) return;
    const armed = await this.ctx.storage.getAlarm();
    if (armed === null || armed > next) await this.ctx.storage.setAlarm(Math.max(next, Date.now() + 1));
  }
}

/** 1 unless the setting is a number above 0. */
function readDivisor(settings: SimulatorSettings): number {
  const divisor = Number(settings.TIME_DIVISOR ?? "1");
  return divisor > 0 && Number.isFinite(divisor) ? divisor : 1;
}
