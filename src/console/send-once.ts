// Asking for a write that a form stands for, once for the form's id.
import type { Context } from "hono";
import { answerForm, beginForm, forgetForm, readForm } from "../partners/sent-forms.ts";
import type { Asked, Refused } from "./ask.ts";
import type { ConsoleEnv } from "./console-env.ts";

const waitsAtMost = 100;
const waitMs = 50;
const idPattern = /^[0-9a-f-]{36}$/;

const sentBefore = "sent_before";
const unanswered: Refused = {
  status: 409,
  code: sentBefore,
  detail:
    "This form was sent before, and what it came to is not known here. It is not done again. Look whether it was done before you fill in another one.",
  problems: [],
};

/**
 * Does what a form stands for, or answers as it was answered when it was sent before. After a refusal the same form may be
 * sent again; after a fault it may not, because it may have been done. A form without an id is taken as it comes.
 */
export function sendOnce(c: Context<ConsoleEnv>, id: string, send: Send): Promise<Asked<unknown>> {
  const answer = idPattern.test(id) ? sendOrHear(c, id, send) : send();
  // The second click of two drops the first request, and with its client a Worker goes too: half-way, and unheard.
  c.executionCtx.waitUntil(answer.catch(() => null));
  return answer;
}

type Send = () => Promise<Asked<unknown>>;

async function sendOrHear(c: Context<ConsoleEnv>, id: string, send: Send): Promise<Asked<unknown>> {
  const begun = await beginForm(c.get("services").staff, c.get("session").guest, id);
  if (begun.kind !== "new") return heardOf(c, id, send);
  const answer = await send();
  await keep(c, id, answer);
  return answer;
}

/** What cannot be kept is told to this sender all the same; to the next one it is unanswered. */
async function keep(c: Context<ConsoleEnv>, id: string, answer: Asked<unknown>): Promise<void> {
  const { staff, log } = c.get("services");
  const { guest } = c.get("session");
  try {
    if (answer.ok) await answerForm(staff, guest, id, answer.value);
    else if (isNothingDone(answer.refused)) await forgetForm(staff, guest, id);
  } catch (fault) {
    log.error("console.answer_not_kept", {}, fault);
  }
}

/** True of every refusal; false of a fault, and of a form that was sent before: what became of those is not known. */
export function isNothingDone({ code }: Refused): boolean {
  return code !== "fault" && code !== sentBefore;
}

/** The first one may still be at work: its answer is waited for. Where it was refused this one takes its turn. */
async function heardOf(c: Context<ConsoleEnv>, id: string, send: Send): Promise<Asked<unknown>> {
  for (let waits = 0; waits < waitsAtMost; waits += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one look after the other
    const form = await readForm(c.get("services").staff, c.get("session").guest, id);
    if (form.kind === "answered") return { ok: true, status: 200, value: form.answer };
    if (form.kind === "free") return sendOrHear(c, id, send);
    // oxlint-disable-next-line no-await-in-loop -- one look after the other
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
  return { ok: false, refused: unanswered };
}
