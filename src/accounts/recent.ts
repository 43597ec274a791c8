// What was read or written last, by key: the few records that a recharge in progress asks for again and again.

const keptAtLeast = 256;

/**
 * A bounded memory of two generations: the older one goes as a whole. Nothing is ever taken out of a `Map`, which would
 * copy itself again and again where as much is taken out as put in.
 */
export class Recent<Value> {
  private young = new Map<number, Value>();
  private old = new Map<number, Value>();

  find(key: number): Value | null {
    return this.young.get(key) ?? this.old.get(key) ?? null;
  }

  keep(key: number, value: Value): void {
    this.young.set(key, value);
    if (this.young.size < keptAtLeast) return;
    this.old = this.young;
    this.young = new Map();
  }

  forget(): void {
    this.young = new Map();
    this.old = new Map();
  }
}
