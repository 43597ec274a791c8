// A test of a provider by staff: an ordinary recharge of the house's own partner, sent through that provider and no other.
import { z } from "zod";
import type { Clock } from "../base/clock.ts";
import { maskNumber } from "../base/mask.ts";
import { type Minor, minor } from "../base/money.ts";
import { type Refusal, refusal } from "../base/refusal.ts";
import { ok, type Result, refuse } from "../base/result.ts";
import type { LedgerDatabase } from "../ledger/client.ts";
import { auditWrite, readAudit } from "../partners/audit.ts";
import { createPartner, type ManageParts } from "../partners/manage.ts";
import type { StaffAct } from "../partners/partner.ts";
import type { ProviderFacts } from "../providers/provider.ts";
import type { Mode, RechargeView, WalletView } from "../recharges/recharge.ts";
import type { AccountCalls } from "./account.ts";

export interface TestParts {
  readonly database: LedgerDatabase;
  readonly clock: Clock;
  readonly manage: ManageParts;
  readonly providers: ReadonlyMap<string, Pick<ProviderFacts, "mode" | "currency">>;
  account(number: number): Pick<AccountCalls, "place" | "findRecharge" | "readWallets">;
}

export interface WantedTest {
  readonly provider: string;
  /** Given by who asks: the same one is the same test for ever. At most 24 characters of those of an agent id. */
  readonly testId: string;
  readonly product: string;
  readonly number: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly amount: Minor;
  /** Also where staff switched the provider off. */
  readonly evenIfOff: boolean;
}

/** A test as it was asked for, and the recharge that it came to; null: none is known. `askedAt` is epoch ms. */
export interface ProviderTest {
  readonly testId: string;
  readonly askedAt: number;
  readonly askedBy: string;
  readonly product: string;
  readonly maskedNumber: string;
  readonly amount: Minor;
  readonly recharge: RechargeView | null;
}

/** The house's own partner of a provider's mode; `account` null: no test was made in this mode yet. */
export interface House {
  readonly account: number | null;
  readonly wallet: WalletView | null;
  readonly tests: readonly ProviderTest[];
}

const houseName = "House: tests of providers";
/** What a test may cost until finance says otherwise, as of any partner's. */
const firstLimits = { perRecharge: minor(10_000), perDay: minor(100_000) };
const testVerb = "test_provider";
const shownTests = 10;
const noSuchProvider = refusal("not_found", "There is no such provider.");

/**
 * Sends one test, once for each test id. Everything that holds for a recharge of a partner holds for it: the house's wallet
 * pays, its limits, the number guard, evidence, cases. It needs no certificate of the code, because it is there to get one.
 */
export async function testProvider(
  parts: TestParts,
  wanted: WantedTest,
  by: StaffAct,
): Promise<Result<ProviderTest, Refusal>> {
  const { provider, testId, product, amount, number, evenIfOff } = wanted;
  const facts = parts.providers.get(provider);
  if (facts === undefined) return refuse(noSuchProvider);
  const house = await openHouse(parts, facts.mode, by);
  if (!house.ok) return house;
  const maskedNumber = maskNumber(number);
  const asked = { test_id: testId, product, number: maskedNumber, amount, even_if_off: evenIfOff };
  // Before it is sent: who asked for it is known whatever becomes of the answer.
  await auditWrite(parts, by, { verb: testVerb, subject: provider, before: null, after: asked });
  const placed = await parts.account(house.value).place({
    caller: callerOf(facts.mode),
    order: {
      agentId: agentIdOf(provider, testId),
      product,
      number,
      amount,
      currency: facts.currency,
      fields: wanted.fields,
      geocode: null,
      repeatOf: null,
      maxCost: null,
    },
    via: { provider, evenIfOff },
    waitMs: 0,
  });
  if (!placed.ok) return placed;
  const { recharge } = placed.value;
  return ok({ testId, askedAt: parts.clock.now(), askedBy: by.staff, product, maskedNumber, amount, recharge });
}

/** The last tests of a provider, the newest first, and what the house has for more. Refuses an unknown provider. */
export async function listTests(parts: TestParts, provider: string): Promise<Result<House, Refusal>> {
  const facts = parts.providers.get(provider);
  if (facts === undefined) return refuse(noSuchProvider);
  const account = await findHouse(parts, facts.mode);
  if (account === null) return ok({ account: null, wallet: null, tests: [] });
  const house = parts.account(account);
  const caller = callerOf(facts.mode);
  const page = { order: "newest", cursor: null, limit: shownTests } as const;
  const [lines, wallets] = await Promise.all([
    readAudit(parts.database, { verb: testVerb, subject: provider }, page),
    house.readWallets(caller),
  ]);
  if (!wallets.ok) return wallets;
  const asked = lines.map(({ after, at, staff }) => ({ ...askedSchema.parse(JSON.parse(after ?? "null")), at, staff }));
  const first = asked.filter(({ test_id: id }, index) => asked.findLastIndex((one) => one.test_id === id) === index);
  const tests = first.map(async (one): Promise<ProviderTest> => {
    const found = await house.findRecharge(caller, { agentId: agentIdOf(provider, one.test_id) });
    return {
      testId: one.test_id,
      askedAt: one.at,
      askedBy: one.staff,
      product: one.product,
      maskedNumber: one.number,
      amount: minor(one.amount),
      recharge: found.ok ? found.value : null,
    };
  });
  const wallet = wallets.value.find(({ currency }) => currency === facts.currency) ?? null;
  return ok({ account, wallet, tests: await Promise.all(tests) });
}

const askedSchema = z.object({ test_id: z.string(), product: z.string(), number: z.string(), amount: z.int() });

/** The provider is in it, so that the same id at another provider is another test. */
function agentIdOf(provider: string, testId: string): string {
  return `test.${provider}.${testId}`;
}

function callerOf(mode: Mode) {
  return { keyId: "staff", mode };
}

async function findHouse({ database }: TestParts, mode: Mode): Promise<number | null> {
  const find = "select account from partners where mode = ?1 and name = ?2 order by account limit 1";
  const [row] = await database.all(find, [mode, houseName]);
  return row === undefined ? null : z.object({ account: z.int() }).parse(row).account;
}

/** Made with the first test of a mode: a partner like any other, with nothing in its wallets and no key. */
async function openHouse(parts: TestParts, mode: Mode, by: StaffAct): Promise<Result<number, Refusal>> {
  const known = await findHouse(parts, mode);
  if (known !== null) return ok(known);
  const wallets = ["INR", "BDT"] as const;
  const limits = wallets.map((currency) => ({ currency, ...firstLimits }));
  const created = await createPartner(parts.manage, { name: houseName, mode, wallets, rules: [], limits }, by);
  return created.ok ? ok(created.value.partner.account) : created;
}
