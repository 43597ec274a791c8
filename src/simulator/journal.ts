// What the upstreams do with a request: their rules, their money, what becomes of it later. Synchronous: one at a time.
import { basisPointsOf, type Minor, minor } from "../base/money.ts";
import { answerOf, describeAnswer } from "./answer.ts";
import { replyOfAopay } from "./aopay.ts";
import { replyOfBacknpay } from "./backnpay.ts";
import type { Effect, Reason, Script } from "./effect.ts";
import { drawFault, type Faults } from "./faults.ts";
import {
  type Due,
  type EntryRow,
  type EntryState,
  insertEntry,
  moveBalance,
  nextEntryId,
  readBalance,
  type Sql,
} from "./journal-rows.ts";
import { countEqual, findUsedReference, hasEqualInWindow, settleDue } from "./journal-rules.ts";
import { replyOfNurr } from "./nurr.ts";
import type { Answer, Decision, Received, Reply } from "./reply.ts";
import { findScriptName, type ScriptName, scriptFor } from "./script.ts";
import { findUpstreamAccount } from "./upstream-accounts.ts";

/** Before division by `TIME_DIVISOR`, ms. The repeat window is the seed's (backnpay, section 5). */
const settleMs = 2_000;
const repeatWindowMs = 900_000;

/** What one request is decided by besides itself. Times are divided by `timeDivisor`; `now` is epoch ms. */
export interface Circumstances {
  readonly now: number;
  readonly timeDivisor: number;
  readonly faults: Faults;
  readonly sendsCallbacks: boolean;
}

/** What an effect does at once, and what it leaves for later. */
const effects = {
  executes: { state: "succeeded", executes: true, debits: true, due: null },
  executes_when_due: { state: "pending", executes: false, debits: true, due: "execute" },
  executes_late: { state: "lost", executes: false, debits: false, due: "execute" },
  reverses_when_due: { state: "succeeded", executes: true, debits: true, due: "reverse" },
  fails: { state: "failed", executes: false, debits: false, due: null },
  fails_when_due: { state: "pending", executes: false, debits: true, due: "fail" },
  refused: { state: "refused", executes: false, debits: false, due: null },
  vanishes: { state: "lost", executes: false, debits: false, due: null },
  waits: { state: "pending", executes: false, debits: true, due: null },
} as const satisfies Record<Effect, { state: EntryState; executes: boolean; debits: boolean; due: Due | null }>;

const replies = { backnpay: replyOfBacknpay, aopay: replyOfAopay, nurr: replyOfNurr } as const satisfies Record<
  Received["protocol"],
  (received: Received, decision: Decision) => Reply
>;

/** Takes a recharge request: writes its row and moves the money, then says what to answer. */
export function receive(sql: Sql, received: Received, circumstances: Circumstances): Answer {
  settleDue(sql, circumstances.now);
  const used = findUsedReference(sql, received);
  if (received.refusal === null && used !== null) return answerAgain(sql, used, received);
  const { name, script } = chooseScript(sql, received, circumstances);
  const id = nextEntryId(sql);
  const entry = createEntry({ id, name, script, received, circumstances });
  const answer = answerTo(sql, { entry, script, received, timeDivisor: circumstances.timeDivisor });
  if (entry.debited === 1) moveBalance(sql, received.account, -entry.cost);
  insertEntry(sql, { ...entry, answered: describeAnswer(answer) });
  return answer;
}

/** A used `agentid` is answered as a repeat for ever, and its row counts the delivery. */
function answerAgain(sql: Sql, id: number, received: Received): Answer {
  sql.run("update journal set deliveries = deliveries + 1 where id = ?", id);
  return answerOf(received.protocol, secondReply(received, readBalance(sql, received.account)), "answers", 0);
}

/** The script of the number, a drawn fault where the number has none, or the refusal that a rule demands. */
function chooseScript(
  sql: Sql,
  received: Received,
  { now, timeDivisor, faults }: Circumstances,
): { readonly name: ScriptName; readonly script: Script } {
  const draw = {
    key: received.reference ?? `${received.number}|${received.amount}`,
    attempt: countEqual(sql, received),
  };
  const name = findScriptName(received.number) ?? drawFault(faults, draw) ?? "success";
  const script = scriptFor(name, received.protocol);
  const refused = (reason: Reason): Script => ({ suffix: script.suffix, does: script.does, effect: "refused", reason });
  if (received.refusal !== null) return { name, script: refused(received.refusal) };
  if (received.protocol === "backnpay" && hasEqualInWindow(sql, received, now - repeatWindowMs / timeDivisor))
    return { name, script: refused("repeat") };
  const lacks = effects[script.effect].debits && readBalance(sql, received.account) < costOf(received);
  return { name, script: lacks ? refused("balance") : script };
}

interface EntryParts {
  readonly id: number;
  readonly name: ScriptName;
  readonly script: Script;
  readonly received: Received;
  readonly circumstances: Circumstances;
}

function createEntry({ id, name, script, received, circumstances }: EntryParts): EntryRow {
  const { now, timeDivisor } = circumstances;
  const effect = effects[script.effect];
  const dueAt = now + Math.ceil((script.dueMs ?? settleMs) / timeDivisor);
  const callbacks = circumstances.sendsCallbacks && received.protocol === "backnpay" ? (script.callbacks ?? []) : [];
  const isTransaction = effect.state !== "refused";
  return {
    id,
    at: now,
    protocol: received.protocol,
    account: received.account,
    reference: received.reference,
    number: received.number,
    code: received.code,
    amount: received.amount,
    cost: costOf(received),
    script: name,
    state: effect.state,
    executions: effect.executes ? 1 : 0,
    deliveries: script.delivery === "delivered_twice" ? 2 : 1,
    debited: effect.debits ? 1 : 0,
    refunded: 0,
    reversed: 0,
    their_reference: isTransaction ? `SIM${String(id).padStart(12, "0")}` : null,
    operator_reference:
      isTransaction && script.twist !== "no_operator_reference" ? `OP${String(id).padStart(10, "0")}` : null,
    reason: script.reason ?? null,
    executed_at: effect.executes ? now : null,
    answered: "",
    due_at: effect.due === null ? null : dueAt,
    due: effect.due,
    callback_at: callbacks.length === 0 ? null : dueAt,
    callbacks: callbacks.join(","),
  };
}

interface AnswerParts {
  readonly entry: EntryRow;
  readonly script: Script;
  readonly received: Received;
  readonly timeDivisor: number;
}

/** Called before the money moves: the balance that is read is the one before. */
function answerTo(sql: Sql, { entry, script, received, timeDivisor }: AnswerParts): Answer {
  const delivery = script.delivery ?? "answers";
  const delayMs = Math.ceil((script.delayMs ?? 0) / timeDivisor);
  const before = readBalance(sql, received.account);
  const said = entry.state === "lost" ? "pending" : entry.state;
  const decision: Decision = {
    said,
    reason: said === "refused" || said === "failed" ? (script.reason ?? null) : null,
    twist: script.twist ?? null,
    theirReference: entry.their_reference ?? "",
    operatorReference: entry.operator_reference,
    balanceBefore: minor(before),
    balanceAfter: minor(entry.debited === 1 ? before - entry.cost : before),
    commission: minor(entry.debited === 1 ? entry.amount - entry.cost : 0),
  };
  const reply =
    delivery === "delivered_twice"
      ? secondReply(received, decision.balanceAfter)
      : replies[received.protocol](received, decision);
  return answerOf(received.protocol, reply, delivery, delayMs);
}

/** What a request is answered that was seen before. */
function secondReply(received: Received, balance: number): Reply {
  return replies[received.protocol](received, {
    said: "refused",
    reason: "repeat",
    twist: null,
    theirReference: "",
    operatorReference: null,
    balanceBefore: minor(balance),
    balanceAfter: minor(balance),
    commission: minor(0),
  });
}

/** Amount less the account's commission, minor units. */
function costOf(received: Received): Minor {
  const account = findUpstreamAccount(received.protocol, received.account);
  return minor(received.amount - basisPointsOf(received.amount, account?.commissionBasisPoints ?? 0));
}
