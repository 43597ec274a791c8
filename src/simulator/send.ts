// Sends an answer: late, broken in the middle, or not at all.
import type { Answer } from "./reply.ts";

/** A connection that is never answered is given up after this long, ms; not divided: it is above every call limit. */
const holdMs = 120_000;

/** Waits that long, ms; an aborted client ends it. Given as a parameter, so that a test need not wait. */
export type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

export const waitForTime: Wait = (ms, signal) =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });

/** Turns an answer into a response once its delay is over. */
export async function sendAnswer(answer: Answer, signal: AbortSignal, wait: Wait): Promise<Response> {
  if (answer.how === "never") {
    await wait(holdMs, signal);
    return new Response(null, { status: 504 });
  }
  if (answer.delayMs > 0) await wait(answer.delayMs, signal);
  const init = { status: answer.status, headers: { ...answer.headers } };
  return answer.how === "cut" ? new Response(cutOff(answer.body), init) : new Response(answer.body, init);
}

/** A body whose stream breaks in the middle. */
function cutOff(body: string): ReadableStream<Uint8Array> {
  const half = new TextEncoder().encode(body.slice(0, Math.floor(body.length / 2)));
  let isSent = false;
  return new ReadableStream({
    pull(controller) {
      if (isSent) controller.error(new Error("cut off"));
      else controller.enqueue(half);
      isSent = true;
    },
  });
}
