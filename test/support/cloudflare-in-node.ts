// Stands for `cloudflare:workers` where an account's own code runs in plain Node (`account-in-node.ts`).

export class DurableObject<Env = unknown> {
  readonly ctx: DurableObjectState;
  readonly env: Env;

  constructor(ctx: DurableObjectState, env: Env) {
    this.ctx = ctx;
    this.env = env;
  }
}
