// The partners of a soak run, each with wallets in both currencies, 1 % commission and a key.
import { z } from "zod";
import type { Currency } from "../../src/base/money.ts";
import { askStaff } from "../ask-staff.ts";
import type { Installation } from "../installation.ts";
import { partnerCount } from "./schedule.ts";

export interface SoakPartner {
  readonly id: string;
  /** Account number. */
  readonly account: number;
  readonly key: string;
}

/** Credited to each wallet: minor units, and as the API takes it. */
export const openingMinor = 100_000_000;
const opening = "1000000.00";
export const currencies = ["INR", "BDT"] as const satisfies readonly Currency[];

const partnerSchema = z.looseObject({ id: z.string(), account: z.int() });
const keySchema = z.looseObject({ secrets: z.looseObject({ key: z.string() }) });

export async function createPartners(installation: Installation): Promise<readonly SoakPartner[]> {
  const partners: SoakPartner[] = [];
  for (let index = 0; index < partnerCount; index += 1) partners.push(await createPartner(installation, index));
  return partners;
}

async function createPartner(installation: Installation, index: number): Promise<SoakPartner> {
  const { id, account } = await askStaff(installation, "/partners", partnerSchema, {
    name: `soak ${index}`,
    mode: "sandbox",
    wallets: currencies,
    commission: [{ product: "*", basis_points: 100 }],
  });
  for (const currency of currencies)
    await askStaff(installation, `/partners/${id}/credits`, z.unknown(), {
      currency,
      amount: opening,
      reason: "money for a soak run",
      external_reference: `soak-${currency}`,
    });
  const scopes = ["recharges:write", "recharges:read", "account:read"];
  const { secrets } = await askStaff(installation, `/partners/${id}/keys`, keySchema, { name: "soak", scopes });
  return { id, account, key: secrets.key };
}
