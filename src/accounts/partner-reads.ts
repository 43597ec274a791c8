// What a partner reads of its account: what a recharge was given, the wallets, the events. Each refuses revoked keys only.
import type { Refusal } from "../base/refusal.ts";
import { ok, type Result } from "../base/result.ts";
import type { WalletView } from "../recharges/recharge.ts";
import type { RewardView } from "../recharges/reward.ts";
import type { EventPage, RechargeName } from "./account.ts";
import { admit } from "./admit.ts";
import type { Caller } from "./caller.ts";
import type { AccountContext } from "./context.ts";
import { findNamed } from "./find-recharge.ts";
import { readEventPage } from "./kept-events.ts";
import { presentWallet } from "./views.ts";

export function findReward(
  account: AccountContext,
  caller: Caller,
  name: RechargeName,
): Result<RewardView | null, Refusal> {
  const admitted = admit(account, caller);
  if (!admitted.ok) return admitted;
  const found = findNamed(account, name);
  return ok(found === null ? null : account.rewards.find(found.counter));
}

export function readWallets(account: AccountContext, caller: Caller): Result<readonly WalletView[], Refusal> {
  const admitted = admit(account, caller);
  return admitted.ok ? ok(account.book.readWallets().map(presentWallet)) : admitted;
}

export async function readEvents(
  account: AccountContext,
  caller: Caller,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<Result<EventPage, Refusal>> {
  const admitted = admit(account, caller);
  if (!admitted.ok) return admitted;
  const read = await readEventPage(account, { after, limit });
  if (!read.ok) return read;
  return ok({ events: read.value, nextAfter: read.value.at(-1)?.number ?? after });
}
