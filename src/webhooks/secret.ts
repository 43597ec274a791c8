// The secrets under which webhooks are signed, and the headers of a signed one (Standard Webhooks).
import { Webhook } from "standardwebhooks";
import { keyedHash } from "../base/signature.ts";

/**
 * The secret of an endpoint, `whsec_…` with 256 bits: derived, never stored, since whoever signs must know it. The next
 * version is another secret; the label keeps it apart from every other hash under the same secret.
 */
export function endpointSecret(hashSecret: string, endpointId: string, version: number): string {
  const hash = keyedHash(hashSecret, JSON.stringify(["webhook", endpointId, version]));
  const bytes = hash.match(/../g)?.map((pair) => Number.parseInt(pair, 16)) ?? [];
  return `whsec_${btoa(String.fromCharCode(...bytes))}`;
}

/** One signature for each secret: two while a rotation lasts, so that the receiver may change when it likes. `at` in epoch ms. */
export function signedHeaders(secrets: readonly string[], id: string, at: number, payload: string) {
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at / 1_000)),
    "webhook-signature": secrets.map((secret) => new Webhook(secret).sign(id, new Date(at), payload)).join(" "),
  };
}
