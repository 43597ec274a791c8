// The worst that can become of an account: its object's storage is gone, and the object starts anew.
import { runInDurableObject } from "cloudflare:test";
import { accountOf } from "./sandbox.ts";

export async function loseAccount(number: number): Promise<void> {
  const ended = runInDurableObject(accountOf(number), async (_object, state) => {
    await state.storage.deleteAlarm();
    await state.storage.deleteAll();
    state.abort("lost");
  });
  // The abort ends the call, too.
  await ended.catch(() => undefined);
}
