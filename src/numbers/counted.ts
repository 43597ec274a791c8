// How far accounts have counted, as a shard remembers it while it is awake: no row is written for it.
import type { ClaimRequest } from "../recharges/ports.ts";

type Count = NonNullable<ClaimRequest["counted"]>;

export class Counted {
  private readonly known = new Map<number, Count>();

  /**
   * True where an earlier life of the account's object had counted further: counters only ever grow, and each was written
   * before the claim that named it left the object, so the account was set back.
   */
  isSetBack(account: number, count: Count): boolean {
    const known = this.known.get(account);
    if (known === undefined || known.next <= count.next) this.known.set(account, count);
    // Claims of one life may overtake each other.
    return known !== undefined && known.life !== count.life && count.next < known.next;
  }
}
