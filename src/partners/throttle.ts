// Slows down whoever guesses at credentials, without locking out an address that has succeeded. In this isolate only.
import { forgetOldest } from "../base/forget-oldest.ts";
import type { Surface } from "./credentials.ts";

/** A sign-in that was tried: by which name (`userid`, `api_key`, …), never a secret alone, and from where. */
export interface SignIn {
  readonly surface: Surface;
  readonly name: string;
  /** Null where the platform does not know it: then it counts with the name only. */
  readonly address: string | null;
}

export interface Throttle {
  /** True: too many failed lately; the credentials are not even looked at. `now` in epoch ms. */
  isThrottled(signIn: SignIn, now: number): boolean;
  noteFailure(signIn: SignIn, now: number): void;
  /** From now on what others do to this name is no reason to refuse this address. */
  noteSuccess(signIn: SignIn): void;
}

/**
 * Failures after which a name is not tried from an address, an address with no name, and a name from no address; one is
 * forgotten every `forgottenAfterMs`. A name as such bears much: others could lock its owner out with little.
 */
const rules = { perPair: 10, perAddress: 30, perName: 300, forgottenAfterMs: 6_000 } as const;
const keptAtMost = 10_000;

/** A throttle with no memory; the fullest memory forgets what was noted longest ago. */
export function createThrottle(): Throttle {
  const failures = new Map<string, { count: number; at: number }>();
  const succeeded = new Set<string>();

  const countOf = (key: string, now: number): number => {
    const known = failures.get(key);
    if (known === undefined) return 0;
    return Math.max(known.count - Math.floor(Math.max(now - known.at, 0) / rules.forgottenAfterMs), 0);
  };

  return {
    isThrottled(signIn, now) {
      if (succeeded.has(pairOf(signIn))) return false;
      return countedOf(signIn).some(({ key, most }) => countOf(key, now) >= most);
    },
    noteFailure(signIn, now) {
      for (const { key } of countedOf(signIn)) {
        const count = countOf(key, now) + 1;
        failures.delete(key);
        failures.set(key, { count, at: now });
        if (failures.size > keptAtMost) forgetOldest(failures);
      }
    },
    noteSuccess(signIn) {
      const pair = pairOf(signIn);
      succeeded.delete(pair);
      succeeded.add(pair);
      if (succeeded.size > keptAtMost) forgetOldest(succeeded);
    },
  };
}

/** What failures of a sign-in count for, and how many each may have. */
function countedOf(signIn: SignIn): readonly { readonly key: string; readonly most: number }[] {
  const ofAddress = addressOf(signIn);
  return [
    { key: pairOf(signIn), most: rules.perPair },
    { key: nameOf(signIn), most: rules.perName },
    ...(ofAddress === null ? [] : [{ key: ofAddress, most: rules.perAddress }]),
  ];
}

/** Names are cut: nobody's real one is longer, and a memory must not be filled with huge ones. */
function nameOf({ surface, name }: SignIn): string {
  return JSON.stringify(["name", surface, name.slice(0, 64)]);
}

function addressOf({ address }: SignIn): string | null {
  return address === null ? null : JSON.stringify(["address", address.slice(0, 64)]);
}

function pairOf(signIn: SignIn): string {
  return `${nameOf(signIn)} ${addressOf(signIn) ?? "unknown"}`;
}
