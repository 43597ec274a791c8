// Who asks an account.
import type { Mode } from "../recharges/recharge.ts";

/** Who asks: checked against the account's own list of revoked keys on every call. */
export interface Caller {
  readonly keyId: string;
  readonly mode: Mode;
}
