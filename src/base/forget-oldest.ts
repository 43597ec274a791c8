// Memories that are bounded: whoever uses an entry puts it in anew, so the first one is the oldest.

/** Takes the oldest entry out of a `Map` or `Set`. */
export function forgetOldest(memory: { keys(): Iterable<string>; delete(key: string): boolean }): void {
  for (const oldest of memory.keys()) return void memory.delete(oldest);
}
