// Who asks on aopay: a registration that comes from a registered address, or signs the request (`wire.md`, "aopay").
import { refusal } from "../base/refusal.ts";
import type { Refusal } from "../base/refusal.ts";
import { ok, refuse } from "../base/result.ts";
import type { Result } from "../base/result.ts";
import { equalInConstantTime } from "../base/signature.ts";
import { signAopayBody } from "../wire/aopay/request.ts";
import { isAddressAllowed } from "./addresses.ts";
import { findGood, presentAuthenticated } from "./authenticate.ts";
import type { Authenticated, AuthenticatorParts } from "./authenticate.ts";
import { signingSecretOf } from "./credentials.ts";

/** A request that may be signed: the headers as they came, null where one is missing, and the raw body. */
export interface SignedRequest {
  readonly registrationId: string;
  readonly timestamp: string | null;
  readonly signature: string | null;
  readonly body: string;
  /** Where it came from; null: not known. */
  readonly address: string | null;
}

export interface SignedIn extends Authenticated {
  /** The signature that was found good, and the epoch ms from which its timestamp refuses it; null: the address spoke for it. */
  readonly signature: { readonly text: string; readonly expiresAt: number } | null;
}

export type AuthenticateSigned = (request: SignedRequest) => Promise<Result<SignedIn, Refusal>>;

/**
 * A good signature counts first, from wherever it comes: `X-Timestamp` in epoch seconds, at most `signatureMs` away from now,
 * and base64 of HMAC-SHA256 over timestamp, point and raw body. Without one the address must be registered. Else `credentials`.
 */
export function createAuthenticateSigned(
  parts: AuthenticatorParts & { readonly signatureMs: number },
): AuthenticateSigned {
  return async (request) => {
    const known = await findGood(parts, { surface: "aopay", parts: [request.registrationId] });
    if (!known.ok) return known;
    const { keyId, addresses } = known.value.credential;
    const signature = readSignature(signingSecretOf(parts.hashSecret, keyId), request, parts);
    const isRegistered = addresses.length > 0 && isAddressAllowed(addresses, request.address);
    if (signature === null && !isRegistered)
      return refuse(refusal("credentials", "The request is not signed, and its address is not registered."));
    return ok({ ...presentAuthenticated(known.value), signature });
  };
}

function readSignature(
  secret: string,
  { timestamp, signature, body }: SignedRequest,
  { clock, signatureMs }: Pick<AuthenticatorParts, "clock"> & { readonly signatureMs: number },
): SignedIn["signature"] {
  if (timestamp === null || signature === null || !/^\d{1,12}$/.test(timestamp)) return null;
  const signedAt = Number(timestamp) * 1_000;
  if (Math.abs(clock.now() - signedAt) > signatureMs) return null;
  const expected = signAopayBody(secret, timestamp, body);
  return equalInConstantTime(signature, expected) ? { text: expected, expiresAt: signedAt + signatureMs } : null;
}
