// nurr, served (seed nurr; `docs/dialects.md`): one POST of a form, urlencoded or multipart, at the documented path.
import { type Context, Hono } from "hono";
import type { UnreferencedAnswer, UnreferencedRequest } from "../accounts/account.ts";
import { readRequestBody } from "../base/body.ts";
import type { Refusal } from "../base/refusal.ts";
import type { Result } from "../base/result.ts";
import { presentReward } from "../rewards/present.ts";
import type { Authenticated } from "../partners/authenticate.ts";
import { readFormFields } from "../wire/form.ts";
import type { NurrReward } from "../wire/nurr/reply.ts";
import { type NurrRequest, readNurrRequest } from "../wire/nurr/request.ts";
import { hangUp } from "./hang-up.ts";
import { type NurrAnswerOut, type NurrOrdered, presentAnswer, presentError, presentUnheard } from "./nurr-answers.ts";
import { readNurrOrder } from "./nurr-order.ts";
import type { DialectEnv, DialectServices } from "./services.ts";
import { askTwice, refuseByRate, signIn } from "./sign-in.ts";

const path = "/api/mobile-recharge.php";

export function createNurrDialect(): Hono<DialectEnv> {
  const dialect = new Hono<DialectEnv>();
  dialect.all(path, async (c) => {
    c.header("Cache-Control", "no-store");
    c.header("X-Content-Type-Options", "nosniff");
    if (c.req.method === "POST") return serve(c);
    c.header("Allow", "POST, OPTIONS");
    return c.body(null, c.req.method === "OPTIONS" ? 204 : 405);
  });
  return dialect;
}

async function serve(c: Context<DialectEnv>): Promise<Response> {
  const body = await readRequestBody(c.req.raw);
  const fields = body === "too_large" ? null : await readFormFields(body, c.req.header("Content-Type") ?? null);
  const services = c.get("services");
  const address = c.req.header("CF-Connecting-IP") ?? services.unnamedAddress;
  const answer = await answerRequest(services, readNurrRequest(fields ?? []), address);
  if (answer === "hang_up") return hangUp();
  c.header("Content-Type", "application/json; charset=utf-8");
  return c.body(answer.body, answer.status);
}

async function answerRequest(
  services: DialectServices,
  request: NurrRequest,
  address: string | null,
): Promise<NurrAnswerOut | "hang_up"> {
  const { apiKey, apiSecret } = request;
  if (apiKey === null || apiSecret === null) return presentError("credentials");
  const presented = { surface: "nurr", parts: [apiKey, apiSecret] } as const;
  let signedIn: Result<Authenticated, Refusal>;
  try {
    signedIn = await signIn(services, { presented, name: apiKey, address }, "recharges:write");
  } catch (fault) {
    services.log.error("fault", { route: "nurr" }, fault);
    return presentError("failed"); // no account was asked yet
  }
  return signedIn.ok ? answerPartner(services, request, signedIn.value) : presentError("credentials");
}

async function answerPartner(
  services: DialectServices,
  request: NurrRequest,
  authenticated: Authenticated,
): Promise<NurrAnswerOut | "hang_up"> {
  const read = readNurrOrder(request);
  if (!read.ok) return presentError(read.problem);
  const { ordered, ...order } = read.value;
  const { caller, doubtAnswer } = authenticated;
  const isTooFast = refuseByRate(services, authenticated) !== null;
  const how = { signature: null, isByAddressAlone: false, isTooFast, waitMs: services.dialectWaitMs };
  const asked = { ...order, ...how, caller, surface: "nurr" } as const;
  const answer = await answerAsked(services, authenticated, { asked, ordered });
  return answer.isPending && doubtAnswer === "hang_up" ? "hang_up" : answer;
}

/** From here on nothing but the account's own word is a failure. */
async function answerAsked(
  services: DialectServices,
  authenticated: Authenticated,
  { asked, ordered }: { readonly asked: UnreferencedRequest; readonly ordered: NurrOrdered },
): Promise<NurrAnswerOut> {
  const account = () => services.account(authenticated.account);
  const heard = await askTwice(services, () => account().placeUnreferenced(asked));
  if (heard === null) return presentUnheard(ordered);
  return presentAnswer(heard, ordered, await rewardOf(services, authenticated, heard));
}

/** What a success earned; null where there is none, and where nobody can say: then the reply leaves it out. */
async function rewardOf(
  services: DialectServices,
  { caller, account }: Authenticated,
  { placed }: UnreferencedAnswer,
): Promise<NurrReward | null> {
  if (!placed.ok || placed.value.recharge.state !== "succeeded") return null;
  const { id } = placed.value.recharge;
  const found = await askTwice(services, () => services.account(account).findReward(caller, { id }));
  return found === null || !found.ok ? null : presentReward(found.value);
}
