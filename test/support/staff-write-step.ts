// What a step of the walk over the writes of staff is given and says.
import type { Reply, TestPartner } from "./api-journey.ts";

export interface Walk {
  readonly partner: TestPartner;
  readonly doubtful: string;
  /** As the walker, another person than who proposed the ruling. */
  readonly send: (method: string, path: string, body?: unknown) => Promise<Reply>;
}

export interface Step {
  readonly operation: string;
  readonly run: (walk: Walk) => Promise<Reply>;
  /** What the audit must say of how it stood before; left out: nothing was there. */
  readonly before?: object;
  readonly after?: object;
}
