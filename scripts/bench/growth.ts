// What a recharge of a grown account costs beside one of a young account: both of one gateway, in turns.
import { z } from "zod";
import { askStaff } from "../ask-staff.ts";
import type { Installation } from "../installation.ts";
import { creditWallet, startGateway } from "./contestants.ts";
import { type Measured, runLoad } from "./load.ts";

type Headers = Readonly<Record<string, string>>;

/** Rounds of so many recharges each. */
export type Growth = readonly { readonly young: Measured; readonly grown: Measured }[];

const rounds = 5;
const ofRound = 1_000;
const youngFrom = 1_000;
const grownFrom = 95_000;

/** One account goes on from its 95 001st recharge to its 100 000th, and another one beside it from its 1 001st to its 6 000th. */
export async function measureGrowth(upstreamUrl: string, statePath: string): Promise<Growth> {
  const gateway = await startGateway(upstreamUrl, statePath);
  const run = async (headers: Headers, recharges: number): Promise<Measured> => {
    const measured = await runLoad({ url: gateway.url, headers, until: { recharges } });
    await gateway.rest();
    return measured;
  };
  try {
    const accounts = { young: await createPartner(gateway.installation), grown: gateway.headers };
    await run(accounts.grown, grownFrom);
    await run(accounts.young, youngFrom);
    const measured: Growth[number][] = [];
    for (let round = 0; round < rounds; round += 1) {
      // Whoever goes second finds the other's work done, so they take turns in that, too.
      const isYoungFirst = round % 2 === 0;
      const first = await run(isYoungFirst ? accounts.young : accounts.grown, ofRound);
      const second = await run(isYoungFirst ? accounts.grown : accounts.young, ofRound);
      measured.push(isYoungFirst ? { young: first, grown: second } : { young: second, grown: first });
    }
    return measured;
  } finally {
    await gateway.dispose();
  }
}

/** The key of a new partner with money, as a header. */
async function createPartner(installation: Installation): Promise<Headers> {
  const { id } = await askStaff(installation, "/partners", z.object({ id: z.string() }), {
    name: "a young account",
    mode: "sandbox",
    wallets: ["INR"],
    commission: [{ product: "*", basis_points: 100 }],
  });
  await creditWallet(installation, id);
  const keySchema = z.object({ secrets: z.object({ key: z.string() }) });
  const made = { name: "bench", scopes: ["recharges:write"] };
  const { secrets } = await askStaff(installation, `/partners/${id}/keys`, keySchema, made);
  return { authorization: `Bearer ${secrets.key}` };
}
