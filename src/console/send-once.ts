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
export async function sendOnce(
  c: Context<ConsoleEnv>,
  id: string,
  send: () => Promise<Asked<unknown>>,
): Promise<Asked<unknown>> {
  if (!idPattern.test(id)) return send();
  const { staff } = c.get("services");
  const { guest } = c.get("session");
  const begun = await beginForm(staff, guest, id);
  if (begun.kind !== "new") return heardOf(c, id);
  const answer = await send();
  if (answer.ok) await answerForm(staff, guest, id, answer.value);
  else if (isNothingDone(answer.refused)) await forgetForm(staff, guest, id);
  return answer;
}

/** True of every refusal; false of a fault, and of a form that was sent before: what became of those is not known. */
export function isNothingDone({ code }: Refused): boolean {
  return code !== "fault" && code !== sentBefore;
}

/** The first one may still be at work: its answer is waited for. */
async function heardOf(c: Context<ConsoleEnv>, id: string): Promise<Asked<unknown>> {
  for (let waits = 0; waits < waitsAtMost; waits += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one look after the other
    const form = await readForm(c.get("services").staff, c.get("session").guest, id);
    if (form.kind === "answered") return { ok: true, status: 200, value: form.answer };
    // oxlint-disable-next-line no-await-in-loop -- one look after the other
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
  return { ok: false, refused: unanswered };
}
