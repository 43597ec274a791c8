// The names of the objects.

/** Ids of the objects that every recharge asks: making one from its name is a hash, and they are few. */
const accountIds = new Map<number, DurableObjectId>();
const shardIds = new Map<number, DurableObjectId>();
const idsAtMost = 10_000;

export function accountOf(env: Env, number: number) {
  return env.ACCOUNT.get(idOf(accountIds, number, () => env.ACCOUNT.idFromName(`account-${number}`)));
}

/** The webhook desk of a partner's account. */
export function webhookDeskOf(env: Env, account: number) {
  return env.WEBHOOK_DESK.getByName(`account-${account}`);
}

export function shardOf(env: Env, index: number) {
  return env.NUMBER_GUARD.get(idOf(shardIds, index, () => env.NUMBER_GUARD.idFromName(`shard-${index}`)));
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

function idOf(known: Map<number, DurableObjectId>, key: number, make: () => DurableObjectId): DurableObjectId {
  const found = known.get(key);
  if (found !== undefined) return found;
  const id = make();
  if (known.size >= idsAtMost) known.clear();
  known.set(key, id);
  return id;
}
