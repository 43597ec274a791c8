// Resolving host names over DNS-over-HTTPS: the only way to ask that a Worker has.
import { z } from "zod";
import type { Resolve } from "./address.ts";

const answerSchema = z.object({
  Answer: z.array(z.object({ type: z.int(), data: z.string() })).optional(),
});
/** Record types A and AAAA; aliases stand among the answers, too, and are followed by the resolver. */
const addressTypes = new Map([
  ["A", 1],
  ["AAAA", 28],
]);
const limitMs = 5_000;

/** Asks Cloudflare's resolver, which needs no binding. Throws when it does not answer within 5 s. */
export function createResolve(fetch: (url: string, init: RequestInit) => Promise<Response>): Resolve {
  return async (host) => {
    const asked = [...addressTypes].map(async ([name, type]) => {
      const url = `https://cloudflare-dns.com/dns-query?name=${encodeURIComponent(host)}&type=${name}`;
      const headers = { accept: "application/dns-json" };
      const reply = await fetch(url, { headers, redirect: "manual", signal: AbortSignal.timeout(limitMs) });
      if (!reply.ok) throw new Error(`the resolver answered ${reply.status}`);
      const { Answer: answer = [] } = answerSchema.parse(await reply.json());
      return answer.filter((record) => record.type === type).map((record) => record.data);
    });
    return (await Promise.all(asked)).flat();
  };
}
