// aopay, served (seed aopay; `docs/dialects.md`): one POST of JSON at the documented path.
import { type Context, Hono } from "hono";
import { readRequestBody } from "../base/body.ts";
import { refusal } from "../base/refusal.ts";
import { type AopayRequest, readAopayRequest } from "../wire/aopay/request.ts";
import { type AopayAnswerOut, presentAnswer, presentRefusal, presentUnheard } from "./aopay-answers.ts";
import { readAopayOrder } from "./aopay-order.ts";
import { hangUp } from "./hang-up.ts";
import type { DialectEnv, DialectServices } from "./services.ts";
import { askTwice, refuseByRate, signInBy } from "./sign-in.ts";

const path = "/api/AOP/V2/MobileRecharge";

interface Incoming {
  /** Null where it is no UTF-8 or larger than 64 KiB. */
  readonly body: string | null;
  readonly timestamp: string | null;
  readonly signature: string | null;
  readonly address: string | null;
}

export function createAopayDialect(): Hono<DialectEnv> {
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
  const header = (name: string): string | null => c.req.header(name) ?? null;
  const answer = await answerOrder(c.get("services"), {
    body: textOf(await readRequestBody(c.req.raw)),
    timestamp: header("X-Timestamp"),
    signature: header("X-Signature"),
    address: header("CF-Connecting-IP") ?? c.get("services").unnamedAddress,
  });
  if (answer === "hang_up") return hangUp();
  c.header("Content-Type", "application/json; charset=utf-8");
  return c.body(answer.body, answer.status);
}

/** The raw text, its byte order mark included, since that is what a signature covers. */
function textOf(body: Uint8Array<ArrayBuffer> | "too_large"): string | null {
  if (body === "too_large") return null;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return null;
  }
}

async function answerOrder(services: DialectServices, incoming: Incoming): Promise<AopayAnswerOut | "hang_up"> {
  const { body } = incoming;
  const request = body === null ? null : readAopayRequest(body.replace(/^\ufeff/, ""));
  const registrationId = request?.registrationId ?? null;
  if (body === null || request === null || registrationId === null)
    return presentRefusal(refusal("credentials", "There is no RegistrationID."), null);
  try {
    return await answerRegistered(services, request, { ...incoming, body, registrationId });
  } catch (fault) {
    services.log.error("fault", { route: "aopay" }, fault);
    return "hang_up"; // nothing is known: the protocol has no word for that
  }
}

async function answerRegistered(
  services: DialectServices,
  request: AopayRequest,
  incoming: Incoming & { readonly body: string; readonly registrationId: string },
): Promise<AopayAnswerOut | "hang_up"> {
  const tried = { surface: "aopay", name: incoming.registrationId, address: incoming.address } as const;
  const authenticate = () => services.authenticateSigned(incoming);
  const signedIn = await signInBy(services, tried, authenticate, "recharges:write");
  if (!signedIn.ok) return presentRefusal(signedIn.problem, null);
  const { caller, account, signature, doubtAnswer } = signedIn.value;
  const read = readAopayOrder(request);
  if (!read.ok) return presentRefusal(read.problem, null);
  const asked = {
    ...read.value,
    caller,
    surface: "aopay",
    signature,
    isByAddressAlone: signature === null,
    isTooFast: refuseByRate(services, signedIn.value) !== null,
    waitMs: services.dialectWaitMs,
  } as const;
  const heard = await askTwice(services, () => services.account(account).placeUnreferenced(asked));
  const { product } = read.value.order;
  const answer = heard === null ? presentUnheard(product) : presentAnswer(heard, product);
  return answer.isPending && doubtAnswer === "hang_up" ? "hang_up" : answer;
}
