// Invariants: a broken one is a fault, never an answer.

/** Throws when `condition` is false. The message must not carry secrets or subscriber numbers: faults are logged. */
export function assert(condition: boolean, invariant: string): asserts condition {
  if (!condition) throw new Error(`invariant broken: ${invariant}`);
}

/** For the default branch of a switch over a closed set: the compiler proves that it is not reached. */
export function unreachable(value: never): never {
  throw new Error(`invariant broken: unexpected ${typeof value}`);
}
