// The answer that is none: for clients that must take an unfinished recharge for unknown (`doubtAnswer` of their key).

/** A response that breaks off before its first byte, so that every client sees a transport error, and never a body. */
export function hangUp(): Response {
  const broken = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.error(new Error("ended without an answer: the recharge is not final, and its client asked for this"));
    },
  });
  return new Response(broken, { status: 202, headers: { "Cache-Control": "no-store" } });
}
