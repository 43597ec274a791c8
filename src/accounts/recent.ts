// What was read or written last, by key: the few records that a recharge in progress asks for again and again.

const keptAtMost = 256;

/** A bounded memory; the oldest entry goes first. */
export class Recent<Value> {
  private readonly kept = new Map<number, Value>();

  find(key: number): Value | null {
    return this.kept.get(key) ?? null;
  }

  keep(key: number, value: Value): void {
    this.kept.delete(key);
    this.kept.set(key, value);
    if (this.kept.size <= keptAtMost) return;
    const [oldest] = this.kept.keys();
    if (oldest !== undefined) this.kept.delete(oldest);
  }

  forget(): void {
    this.kept.clear();
  }
}
