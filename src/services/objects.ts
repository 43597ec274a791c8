// The names of the objects.
export function accountOf(env: Env, number: number) {
  return env.ACCOUNT.getByName(`account-${number}`);
}

/** The webhook desk of a partner's account. */
export function webhookDeskOf(env: Env, account: number) {
  return env.WEBHOOK_DESK.getByName(`account-${account}`);
}

export function shardOf(env: Env, index: number) {
  return env.NUMBER_GUARD.getByName(`shard-${index}`);
}

export function bulkOf(env: Env, account: number) {
  return env.BULK.getByName(`bulk-${account}`);
}

/** `name`: `chatNameOf`. */
export function chatOf(env: Env, name: string) {
  return env.CHAT.getByName(name);
}

export function deskOf(env: Env, name: string) {
  return env.PROVIDER_DESK.getByName(name);
}
