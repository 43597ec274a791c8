// Requests of aopay (seed, "Body Parameters"), for both ends. Numbers keep the digits that were sent.
import { createHmac } from "node:crypto";
import { z } from "zod";
import { parseJsonKeepingDigits } from "../json.ts";

/** The five fields as text; null where one is missing or is neither text nor a number. */
export interface AopayRequest {
  readonly registrationId: string | null;
  readonly productId: string | null;
  /** Rupees, as they were written. */
  readonly amount: string | null;
  readonly geocode: string | null;
  readonly customerNumber: string | null;
  /** The extra field by which a partner of our dialect means a second order. */
  readonly agentid: string | null;
}

const text = z.string().trim().min(1).nullable().catch(null);
const requestSchema = z.object({
  RegistrationID: text,
  ProductID: text,
  Amount: text,
  Geocode: text,
  CustomerNumber: text,
  agentid: text,
});

/** Reads a body; null when it is no JSON object. Clients send the number as an integer or as text (`wire.md`). */
export function readAopayRequest(body: string): AopayRequest | null {
  const read = requestSchema.safeParse(parseJsonKeepingDigits(body));
  if (!read.success) return null;
  const { RegistrationID: registrationId, ProductID: productId, Amount: amount, Geocode: geocode } = read.data;
  const { CustomerNumber: customerNumber, agentid } = read.data;
  return { registrationId, productId, amount, geocode, customerNumber, agentid };
}

export interface AopayOrder {
  readonly registrationId: string;
  /** Digits. */
  readonly productId: string;
  /** Whole rupees, digits. */
  readonly rupees: string;
  readonly geocode: string;
  /** Digits without a leading zero. */
  readonly customerNumber: string;
}

/** True for digits that an integer of JSON carries without loss: no leading zero, nothing but digits. */
export function mayBeInteger(digits: string): boolean {
  return /^[1-9]\d{0,29}$/.test(digits);
}

/** The body with three integers, as the seed types it. The digits are written as they are, never through a double. */
export function buildAopayRequest(order: AopayOrder): string {
  const { registrationId, productId, rupees, geocode, customerNumber } = order;
  const head = `{"RegistrationID":${JSON.stringify(registrationId)},"ProductID":${integer(productId)}`;
  const tail = `"Geocode":${JSON.stringify(geocode)},"CustomerNumber":${integer(customerNumber)}}`;
  return `${head},"Amount":${integer(rupees)},${tail}`;
}

function integer(digits: string): string {
  if (!mayBeInteger(digits)) throw new Error("aopay takes integers without a leading zero only");
  return digits;
}

/** `X-Signature` of a body: base64 of HMAC-SHA256 over `X-Timestamp` (epoch seconds, digits), a point, the raw body. */
export function signAopayBody(secret: string, timestamp: string, body: string): string {
  return createHmac("sha256", secret).update(`${timestamp}.${body}`, "utf8").digest("base64");
}
