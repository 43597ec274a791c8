// What the dialects share before and around the one verb: who asks, how often, and an account that is not heard.
import { type Refusal, refusal } from "../base/refusal.ts";
import { type Result, refuse } from "../base/result.ts";
import { type Authenticated, refuseWithoutScope } from "../partners/authenticate.ts";
import type { Presented, Scope } from "../partners/credentials.ts";
import type { SignIn } from "../partners/throttle.ts";
import type { DialectServices } from "./services.ts";

export interface Asking {
  readonly presented: Presented;
  /** The part of the credentials under which failures are counted: `userid`, `RegistrationID`, `api_key`. */
  readonly name: string;
  /** `CF-Connecting-IP`; null where there is none. */
  readonly address: string | null;
}

/** Checks 1 and 2 of `lists.md`, "Refusals": credentials (throttled), address, scope. */
export async function signIn(
  services: DialectServices,
  { presented, name, address }: Asking,
  scope: Scope,
): Promise<Result<Authenticated, Refusal>> {
  const tried = { surface: presented.surface, name, address };
  return signInBy(services, tried, () => services.authenticate(presented, address), scope);
}

/** The same, where the credentials are looked at in another way. */
export async function signInBy<Known extends Authenticated>(
  { throttle, clock }: DialectServices,
  tried: SignIn,
  authenticate: () => Promise<Result<Known, Refusal>>,
  scope: Scope,
): Promise<Result<Known, Refusal>> {
  if (throttle.isThrottled(tried, clock.now()))
    return refuse(refusal("credentials", "Too many attempts with wrong credentials; wait a minute."));
  const found = await authenticate();
  if (!found.ok) {
    if (found.problem.code === "credentials") throttle.noteFailure(tried, clock.now());
    return found;
  }
  throttle.noteSuccess(tried);
  const lacking = refuseWithoutScope(found.value, scope);
  return lacking === null ? found : refuse(lacking);
}

/** Check 3: null while the credential is within its rate. */
export function refuseByRate(services: DialectServices, { caller }: Authenticated): Refusal | null {
  const rate = services.limiter.take(caller.keyId, services.ratePerMinute, services.clock.now());
  if (rate.isAllowed) return null;
  return refusal("rate", "The credential has sent too many requests.", { retryAfterSeconds: rate.seconds });
}

/**
 * A call of the account that throws may have been carried out: it is asked once more, then nothing is claimed (null).
 * `place` is safe to ask twice: the same agent id is the same recharge.
 */
export async function askTwice<Answer>(services: DialectServices, ask: () => Promise<Answer>): Promise<Answer | null> {
  for (const attempt of [1, 2])
    try {
      // oxlint-disable-next-line no-await-in-loop -- the second time only after the first has thrown
      return await ask();
    } catch (fault) {
      services.log.error("account_not_heard", { attempt }, fault);
    }
  return null;
}
