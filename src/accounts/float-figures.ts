// What an account knows of the providers' floats beside the ledger: what is open, what is not shipped, what is new.
import { add, type Minor, minor } from "../base/money.ts";
import type { AccountFloat, FloatQuestion } from "../recharges/float-check.ts";
import type { AccountContext } from "./context.ts";

/** What a fact does to the book of a float. */
const signs = { "recharge.succeeded": -1, "recharge.reversed": 1, "recharge.failed": 0 } as const;

/** One line for each provider that is asked about. */
export function readFloats(account: AccountContext, { ledgerEvent, since }: FloatQuestion): readonly AccountFloat[] {
  const earliest = Math.min(...Object.values(since));
  const decided = account.scans.readDecided(ledgerEvent, earliest);
  const open = openByProvider(account);
  return Object.entries(since).map(([provider, from]) => {
    const own = decided.filter((one) => one.provider === provider);
    const sumOf = (some: typeof own) => minor(some.reduce((sum, one) => sum + one.face, 0));
    const news = own.filter((one) => one.at >= from);
    const spent = news.filter(({ type }) => type === "recharge.succeeded");
    const returned = news.filter(({ type }) => type === "recharge.reversed");
    // An upstream may take the money first and give it back when it fails: the balance may have been read in between.
    const openThen = news.filter(({ type, placedAt }) => type === "recharge.failed" && placedAt < from);
    const unshipped = own
      .filter((one) => one.number > ledgerEvent)
      .reduce((sum, one) => sum + signs[one.type] * (one.face - one.commission), 0);
    return {
      provider,
      unshipped,
      open: add(open.get(provider) ?? minor(0), sumOf(openThen)),
      spentSince: sumOf(spent),
      returnedSince: sumOf(returned),
    };
  });
}

/** Face values of attempts that are not decided. What succeeded and is asked about again moves nothing by itself. */
function openByProvider(account: AccountContext): ReadonlyMap<string, Minor> {
  const sums = new Map<string, Minor>();
  for (const { attempt, recharge } of account.attempts.readOpen()) {
    const provider = account.attempts.find(attempt)?.provider;
    const face = account.recharges.find(recharge)?.face;
    if (provider !== undefined && face !== undefined) sums.set(provider, add(sums.get(provider) ?? minor(0), face));
  }
  return sums;
}
