// Recharges that are under way at the same time go on in one turn: what they ask travels together, and what they write shares one commit.

/** How long a recharge waits for others; an upstream takes hundreds of times as long. */
const gatherMs = 1;

export class SharedCommit {
  private next: Promise<void> | null = null;

  /**
   * Resolves for all who wait in the same turn: what each writes before its next `await` is committed with what the others
   * write. `underWay`: recharges that may come here soon, the caller's own included; one that is alone does not wait.
   */
  async gather(underWay: number): Promise<void> {
    if (underWay < 2) return;
    this.next ??= this.open();
    await this.next;
  }

  private async open(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, gatherMs));
    this.next = null;
  }
}
