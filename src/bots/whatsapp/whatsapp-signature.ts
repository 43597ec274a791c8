// Whether a webhook comes from Meta: `X-Hub-Signature-256` over the raw body.
import { createHmac } from "node:crypto";
import { WhatsAppAPI } from "whatsapp-api-js";
import { equalInConstantTime } from "../../base/signature.ts";
import { graphVersion } from "./whatsapp-settings.ts";

/**
 * True where the signature is that of the bytes as they came, or of the body with its characters beyond ASCII as `\uXXXX`:
 * Meta signs the escaped form, also where a proxy on the way has written it otherwise.
 */
export async function isSignedByMeta(
  appSecret: string,
  body: Uint8Array<ArrayBuffer>,
  signature: string | undefined,
): Promise<boolean> {
  const given = /^sha256=([0-9a-f]{64})$/.exec(signature ?? "")?.[1];
  if (given === undefined) return false;
  const own = createHmac("sha256", appSecret).update(body).digest("hex");
  if (equalInConstantTime(own, given)) return true;
  const api = new WhatsAppAPI({ token: "none", appSecret, v: graphVersion });
  return api.verifyRequestSignature(new TextDecoder().decode(body), `sha256=${given}`);
}
