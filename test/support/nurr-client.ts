// nurr's clients as the seed shows them, and what they are answered.
import { expect } from "vitest";
import { newDialectPartner, send } from "./dialect-journey.ts";
import { accountOf, newBangladeshNumber } from "./sandbox.ts";

export const nurrPath = "/api/mobile-recharge.php";
const formType = "application/x-www-form-urlencoded";

export type Fields = Readonly<Record<string, string>>;
type Partner = Awaited<ReturnType<typeof newDialectPartner>>;

/** The text that the sample's `-d` options make. */
export function curl(fields: Fields, type = formType): Promise<Response> {
  const body = Object.entries(fields)
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
  return send(nurrPath, { method: "POST", headers: { "Content-Type": type }, body });
}

export function loginOf({ dialect }: Partner): Fields {
  return { api_key: dialect.secrets["api_key"] ?? "", api_secret: dialect.secrets["api_secret"] ?? "" };
}

export function orderOf(partner: Partner, more: Fields = {}): Fields {
  const order = { phone: newBangladeshNumber("00"), amount: "20", operator: "GP", account_type: "prepaid" };
  return { ...loginOf(partner), ...order, ...more };
}

const reward = {
  ok: true,
  points: {
    ok: true,
    message: "No eligible active offer found",
    points: 0,
    new_level_id: null,
    new_level_key: null,
  },
  cashback: { ok: true, message: "No eligible active offer found" },
};

export function success(phone: string, partner: string, operatorName = "Grameenphone") {
  return {
    success: true,
    full_name: partner,
    phone,
    amount: "20.00",
    operator_name: operatorName,
    commission_amount: "0.20",
    before_balance: "1000.00",
    after_balance: "980.20",
    operator_transaction_id: expect.stringMatching(/./),
    status: "Success",
    reward,
  };
}

export async function nameOf(partner: Partner): Promise<string> {
  return (await accountOf(partner.account).readProfile())?.name ?? "";
}

export async function eventsOf(partner: Partner) {
  const page = await accountOf(partner.account).readEvents(
    { keyId: partner.keyId, mode: "sandbox" },
    { after: 0, limit: 100 },
  );
  return page.ok ? page.value.events : [];
}
