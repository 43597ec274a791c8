// One request of backnpay: sign in, one verb of the account, present.
import { unreachable } from "../base/assert.ts";
import { type Minor, parseAmount } from "../base/money.ts";
import { type Refusal, refusal } from "../base/refusal.ts";
import { ok, type Result, refuse } from "../base/result.ts";
import { readField } from "../catalog/fields.ts";
import type { Product } from "../catalog/product.ts";
import type { Authenticated } from "../partners/authenticate.ts";
import type { Scope } from "../partners/credentials.ts";
import type { Order, RechargeView } from "../recharges/recharge.ts";
import { writeBacknpayBalance } from "../wire/backnpay/reply.ts";
import type { BacknpayFormat, BacknpayRequest } from "../wire/backnpay/request.ts";
import { balanceMessage } from "../wire/backnpay/texts.ts";
import { backnpayOptionals, productOfBacknpayCode } from "../wire/codes/backnpay.ts";
import {
  presentDuplicate,
  presentFound,
  presentRefused,
  presentUnheard,
  rechargeIdOfRpid,
} from "./backnpay-answers.ts";
import type { DialectServices } from "./services.ts";
import { askTwice, refuseByRate, signIn } from "./sign-in.ts";

type RechargeRequest = Extract<BacknpayRequest, { kind: "recharge" }>;
type StatusRequest = Extract<BacknpayRequest, { kind: "status" }>;

interface From {
  readonly address: string | null;
  readonly format: BacknpayFormat;
}

/** The partner's own account, and how it answers. */
interface Asking {
  readonly services: DialectServices;
  readonly who: Authenticated;
  readonly format: BacknpayFormat;
}

/** After this long a repeated agent id is no repeated request any more (clients use the mobile number as agent id), ms. */
const replaysForMs = 86_400_000;

const scopeOf = {
  recharge: "recharges:write",
  status: "recharges:read",
  balance: "account:read",
} as const satisfies Record<BacknpayRequest["kind"], Scope>;

/** The body of the answer. A throw is a fault that the caller answers without a word of failure. */
export async function answerBacknpay(
  services: DialectServices,
  request: BacknpayRequest,
  { address, format }: From,
): Promise<string> {
  const { userid, pass } = request;
  if (userid === null || (pass === null && request.kind === "recharge"))
    return presentRefused(refusal("credentials", "userid and pass are mandatory."), request, format);
  // The document prints status and balance with an empty `pass`: the userid alone may read (`partners/credentials.ts`).
  const presented = { surface: "backnpay", parts: pass === null ? [userid] : [userid, pass] } as const;
  const signedIn = await signIn(services, { presented, name: userid, address }, scopeOf[request.kind]);
  if (!signedIn.ok) return presentRefused(signedIn.problem, request, format);
  const asking = { services, who: signedIn.value, format };
  const tooOften = refuseByRate(services, signedIn.value);
  if (tooOften !== null) return answerTooOften(asking, request, tooOften);
  switch (request.kind) {
    case "recharge":
      return placeRecharge(asking, request);
    case "status":
      return readStatus(asking, request);
    case "balance":
      return readBalance(asking, request);
    default:
      return unreachable(request);
  }
}

/** Too often is a failure only where the account says that it has no such recharge: this may repeat one that it has. */
async function answerTooOften(asking: Asking, request: BacknpayRequest, problem: Refusal): Promise<string> {
  if (request.kind === "balance") return presentRefused(problem, request, asking.format);
  if (request.kind === "status") return presentUnheard(request, asking.format);
  const known = await findByAgentId(asking, request.agentid ?? "");
  const isUnknown = known !== null && !known.ok && known.problem.code === "not_found";
  return isUnknown ? presentRefused(problem, request, asking.format) : presentUnheard(request, asking.format);
}

async function placeRecharge(asking: Asking, request: RechargeRequest): Promise<string> {
  const { services, who, format } = asking;
  const order = readOrder(request);
  if (!order.ok) return presentRefused(order.problem, request, format, await balanceOf(asking));
  const call = { caller: who.caller, order: order.value, waitMs: services.dialectWaitMs };
  const placed = await askTwice(services, () => services.account(who.account).place(call));
  if (placed === null) return presentUnheard(request, format);
  const balance = await balanceOf(asking);
  if (!placed.ok) {
    if (placed.problem.code !== "agent_id_conflict") return presentRefused(placed.problem, request, format, balance);
    const used = await findByAgentId(asking, order.value.agentId);
    return noteDuplicate(asking, request, used?.ok ? used.value.createdAt : null, balance);
  }
  const { recharge } = placed.value;
  if (isOld(asking, recharge)) return noteDuplicate(asking, request, recharge.createdAt, balance);
  return presentFound(recharge, request, format, { balance, isOld: false });
}

async function noteDuplicate(
  { services, who, format }: Asking,
  request: RechargeRequest,
  usedAt: number | null,
  balance: Minor | null,
): Promise<string> {
  services.log.warn("backnpay.duplicate", { account: who.account });
  await services
    .count("backnpay_duplicate", who.account)
    .catch((fault: unknown) => services.log.error("backnpay.count", { account: who.account }, fault));
  return presentDuplicate(request, usedAt, format, balance);
}

/** The request as an order; what it lacks or cannot be read is `parameter`, an amount that is none `amount_range`. */
function readOrder(request: RechargeRequest): Result<Order, Refusal> {
  const { mob, opt, amt, agentid, optionals } = request;
  if (mob === null || opt === null || amt === null || agentid === null)
    return refuse(refusal("parameter", "mob, opt, amt and agentid are mandatory."));
  if (!/^[A-Za-z0-9._:-]{1,64}$/.test(agentid))
    return refuse(refusal("parameter", "agentid: 1 to 64 characters of A-Z a-z 0-9 . _ : -"));
  const product = productOfBacknpayCode(opt, { mob, optionals });
  if (!product.ok) return refuse(refusal("product_unknown", `opt: the code is ${product.problem}.`));
  const amount = parseAmount(amt);
  if (amount === null) return refuse(refusal("amount_range", "amt: rupees, as 20 or 20.50."));
  return ok({
    agentId: agentid,
    product: product.value.id,
    number: mob,
    amount,
    currency: null,
    fields: fieldsOf(product.value, optionals),
    geocode: null,
    repeatOf: null,
    maxCost: null,
  });
}

/** The labelled fields of the product, by their place; what has not the field's form is left out, and the account says so. */
function fieldsOf(product: Product, optionals: RechargeRequest["optionals"]): Readonly<Record<string, string>> {
  const given = backnpayOptionals(product).flatMap((name, index) => {
    const value = readField(name, optionals[index] ?? "");
    return value === null ? [] : [[name, value] as const];
  });
  return Object.fromEntries(given);
}

async function readStatus(asking: Asking, request: StatusRequest): Promise<string> {
  const { services, who, format } = asking;
  const { csagentid, csrpid } = request;
  if (csagentid === null && csrpid === null)
    return presentRefused(refusal("parameter", "csagentid or csrpid is mandatory."), request, format);
  const name = csagentid === null ? { id: rechargeIdOfRpid(csrpid ?? "") } : { agentId: csagentid };
  const found = await askTwice(services, () => services.account(who.account).findRecharge(who.caller, name));
  if (found === null) return presentUnheard(request, format);
  const balance = await balanceOf(asking);
  if (!found.ok) return presentRefused(found.problem, request, format, balance);
  return presentFound(found.value, request, format, { balance, isOld: isOld(asking, found.value) });
}

async function readBalance(asking: Asking, request: BacknpayRequest): Promise<string> {
  const { services, who, format } = asking;
  const read = await askTwice(services, () => services.account(who.account).readWallets(who.caller));
  if (read === null) return presentUnheard(request, format);
  if (!read.ok) return presentRefused(read.problem, request, format);
  const wallet = read.value.find((one) => one.currency === "INR");
  if (wallet === undefined) return presentUnheard(request, format);
  return writeBacknpayBalance(wallet.balance, balanceMessage, format);
}

function findByAgentId({ services, who }: Asking, agentId: string) {
  return askTwice<Result<RechargeView, Refusal>>(services, () =>
    services.account(who.account).findRecharge(who.caller, { agentId }),
  );
}

function isOld({ services }: Asking, { createdAt }: RechargeView): boolean {
  return services.clock.now() - createdAt > replaysForMs;
}

/** What the INR wallet has now; null where that cannot be told: `BAL` is then left out, and nothing else is affected. */
async function balanceOf({ services, who }: Asking): Promise<Minor | null> {
  try {
    const read = await services.account(who.account).readWallets(who.caller);
    const wallet = read.ok ? read.value.find((one) => one.currency === "INR") : undefined;
    return wallet?.balance ?? null;
  } catch (fault) {
    services.log.error("backnpay.balance", { account: who.account }, fault);
    return null;
  }
}
