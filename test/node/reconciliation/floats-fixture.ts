// The floats of three providers over real accounts, desks and a ledger in Node: what a provider says is a number here.
import { minor } from "../../../src/base/money.ts";
import { sumTransfers } from "../../../src/ledger/book.ts";
import type { FloatDesk } from "../../../src/recharges/float-check.ts";
import {
  addAccountFloats,
  beginFloats,
  type FloatParts,
  type FloatTally,
} from "../../../src/reconciliation/compare-floats.ts";
import { openPartners, placeInNode } from "../../support/account-in-node.ts";
import { openDesks } from "../../support/desk-in-node.ts";

export const nurr = "nurr-sandbox";
export const backnpay = "backnpay-sandbox";
export const aopay = "aopay-sandbox";

type Asked = readonly [provider: string, what: keyof FloatDesk, ...given: unknown[]];

export function openFloats() {
  const partners = openPartners();
  const { clock, log, providers, time } = partners;
  const deskOf = openDesks(clock);
  const asked: Asked[] = [];
  const said = { balance: minor(1_000_000), takesMs: 0, isNumber: true, isDown: false };
  const heard = { readings: new Array<string>(), differences: 0 };
  const parts: FloatParts = {
    providers,
    clock,
    log,
    desk: (provider) => watched(deskOf(provider), (what, ...given) => asked.push([provider, what, ...given])),
    async readBalance(provider) {
      heard.readings.push(provider);
      time.now += said.takesMs;
      if (said.isDown) throw new Error("the line is down");
      return { balance: said.isNumber ? said.balance : null, said: "" };
    },
    readSegments: async (provider) => deskOf(provider).readSegments(),
    countDifference: async () => {
      heard.differences += 1;
    },
  };
  return { partners, parts, deskOf, asked, said, heard };
}

export type Floats = ReturnType<typeof openFloats>;

/** The desk, and whoever wants to know what it is asked. */
function watched(desk: FloatDesk, tell: (what: keyof FloatDesk, ...given: unknown[]) => void): FloatDesk {
  return {
    async takeBalanceCall(isThorough) {
      tell("takeBalanceCall", isThorough);
      return desk.takeBalanceCall(isThorough);
    },
    async takeBalance(balance, at) {
      tell("takeBalance", balance, at);
      await desk.takeBalance(balance, at);
    },
    setFloor: async (floor) => desk.setFloor(floor),
    async readFloat() {
      tell("readFloat");
      return desk.readFloat();
    },
    async keepFloat(note) {
      tell("keepFloat", note);
      return desk.keepFloat(note);
    },
  };
}

/** A recharge of 20.00 that succeeded; nurr says that it kept 0.20 back for us, the others say nothing. */
export async function spend({ partners }: Floats, account: number, protocol: "nurr" | "backnpay" = "nurr") {
  const carried = protocol === "nurr" ? { providerCommission: minor(20) } : {};
  partners.upstream.answer = { kind: "succeeded", carried, said: "Success" };
  return placeInNode(partners, account, protocol);
}

/** What a thorough run knows when every account has been asked. */
export async function gather({ partners, parts }: Floats, ...accounts: readonly number[]): Promise<FloatTally> {
  const tally = await beginFloats(parts, true);
  if (tally === null) throw new Error("nothing is compared");
  for (const number of accounts)
    await addAccountFloats(tally, partners.account(number), await sumTransfers(partners.database, number));
  return tally;
}
