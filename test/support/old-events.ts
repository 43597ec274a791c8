// An account in Node whose events grow old: what its partner reads of them, and which of them are still in it.
import type { AccountEvent } from "../../src/recharges/events.ts";
import { addPartner, openPartners, placeInNode, ship } from "./account-in-node.ts";

const caller = { keyId: "key_test", mode: "sandbox" } as const;
/** As `services-in-node.ts` is given them. */
const keptMs = 60_000;

export async function openAging() {
  const partners = openPartners();
  const number = await addPartner(partners);
  partners.upstream.answer = { kind: "succeeded", carried: {}, said: "SUCCESS" };
  const account = () => partners.account(number);

  const pageOf = async (after: number, limit: number) => {
    const read = await account().readEvents(caller, { after, limit });
    return read.ok ? read.value : read.problem;
  };
  /** The whole list as a partner reads it, page by page, as text. */
  const readAll = async (limit: number): Promise<readonly string[]> => {
    const pages: string[] = [];
    for (let after = 0; ; ) {
      // oxlint-disable-next-line no-await-in-loop -- a page says where the next one begins
      const page = await pageOf(after, limit);
      if ("code" in page) throw new Error(page.detail);
      if (page.events.length === 0) return pages;
      pages.push(JSON.stringify(page));
      after = page.nextAfter;
    }
  };
  const keptIn = (): readonly number[] =>
    account()
      .state.storage.sql.exec<{ number: number }>("select number from events order by number")
      .toArray()
      .map((row) => row.number);
  /** Recharges that succeeded, two events each after the two of the opening; shipped, and old by now. */
  const makeHistory = async (recharges: number) => {
    const placed = [];
    // oxlint-disable-next-line no-await-in-loop -- in the order of their numbers
    for (let done = 0; done < recharges; done += 1) placed.push(await placeInNode(partners, number));
    await ship(partners, number);
    partners.time.now += keptMs + 1;
    return placed;
  };
  const sweep = async (): Promise<void> => {
    await account().sweep(null);
    await partners.settled();
  };
  return { partners, number, account, caller, pageOf, readAll, keptIn, makeHistory, sweep };
}

export type Aging = Awaited<ReturnType<typeof openAging>>;

/** The first event of a page. */
export function eventIn(page: string): AccountEvent {
  return JSON.parse(page).events[0];
}
