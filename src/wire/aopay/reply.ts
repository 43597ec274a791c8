// Replies of aopay (seed, "Result"; success and pending from `lists.md`, "Where the seeds are silent"), written and read.
import { z } from "zod";
import { parseJsonKeepingDigits } from "../json.ts";

export type AopayState = "success" | "failed" | "pending";

export interface AopayReply {
  readonly state: AopayState;
  /** For a person; the failure sample says `Your payment for … failed | Transaction failed`. */
  readonly message: string;
  /** Why it failed; only a failed reply carries it. */
  readonly error: string | null;
  readonly txnId: string;
  /** The operator's reference; null goes out as `"0"`, as in the failure sample. */
  readonly ackno: string | null;
}

/** The body that goes with HTTP 401 (seed, "401"). */
export const aopayUnauthorised = { status: false, response_code: 5, message: "Invalid signature encoding" } as const;

const heads = {
  success: { status: true, msg: "success", statusCode: 200, word: "SUCCESS", Status: "TRUE" },
  failed: { status: false, msg: "error", statusCode: 401, word: "FAILED", Status: "FALSE" },
  pending: { status: false, msg: "pending", statusCode: 202, word: "PENDING", Status: "PENDING" },
} as const satisfies Record<AopayState, object>;

/** A reply's body; it goes out with HTTP 200 (`wire.md`: HTTP status and `statusCode` need not agree). */
export function writeAopayReply(reply: AopayReply): string {
  const { status, msg, statusCode, word, Status } = heads[reply.state];
  const error = reply.state === "failed" ? (reply.error ?? "Transaction failed") : null;
  const data = { message: reply.message, txnId: reply.txnId, status: word, ackno: reply.ackno ?? "0" };
  return JSON.stringify({ status, msg, error, statusCode, ReferanceID: null, data, Status, message: "", Value: "" });
}

/** What a reply says: its state, or that the upstream refused us, or that its words do not agree. */
export type AopayAnswer =
  | ({ readonly kind: "reply"; readonly state: AopayState | null; readonly reason: string | null } & AopayReferences)
  | { readonly kind: "unauthorised"; readonly message: string };

interface AopayReferences {
  readonly txnId: string | null;
  readonly ackno: string | null;
}

const word = z.string().nullish();
const replySchema = z.object({
  status: z.boolean(),
  msg: word,
  error: word,
  statusCode: z.string(),
  data: z.object({ message: word, txnId: word, status: z.string(), ackno: word }),
  Status: z.string(),
});
type AopayBody = z.infer<typeof replySchema>;

const unauthorisedSchema = z.strictObject({ status: z.literal(false), response_code: z.string(), message: z.string() });

/** Reads a body; null when it has neither documented shape. */
export function readAopayReply(body: string): AopayAnswer | null {
  const json = parseJsonKeepingDigits(body.replace(/^\ufeff/, ""));
  const refused = unauthorisedSchema.safeParse(json);
  if (refused.success) return { kind: "unauthorised", message: refused.data.message };
  const read = replySchema.safeParse(json);
  if (!read.success) return null;
  const { error, data } = read.data;
  const reason = said(error) ?? said(data.message);
  return { kind: "reply", state: agreedState(read.data), reason, txnId: said(data.txnId), ackno: said(data.ackno) };
}

function said(text: string | null | undefined): string | null {
  return text?.trim() || null;
}

/** The state on which all fields that speak of it agree; null where they do not. A documented failure is a 4xx. */
function agreedState(body: AopayBody): AopayState | null {
  const words = `${body.status} ${body.Status.toUpperCase()} ${body.data.status.toUpperCase()}`;
  const msg = body.msg?.toLowerCase() ?? "";
  const hasError = said(body.error) !== null;
  if (words === "true TRUE SUCCESS")
    return body.statusCode === "200" && !hasError && msg !== "error" ? "success" : null;
  if (words === "false FALSE FAILED")
    return /^4\d\d$/.test(body.statusCode) && hasError && msg !== "success" ? "failed" : null;
  if (words === "false PENDING PENDING") return body.statusCode === "202" && !hasError ? "pending" : null;
  return null;
}
