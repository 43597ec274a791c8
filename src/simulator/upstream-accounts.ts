// The accounts that the simulator's upstreams know: credentials, currency, first balance and commission of each.
import { type Currency, type Minor, minor } from "../base/money.ts";
import type { Protocol } from "../wire/protocol.ts";

export interface UpstreamAccount {
  /** `userid`, `RegistrationID` or `api_key`. */
  readonly name: string;
  /** `pass` or `api_secret`; null where the protocol has none. */
  readonly secret: string | null;
  readonly protocol: Protocol;
  readonly currency: Currency;
  readonly firstBalance: Minor;
  readonly commissionBasisPoints: number;
}

const tenMillion = minor(1_000_000_000);

/** Sandbox credentials, public on purpose. The second backnpay account lets two providers speak one protocol. */
export const upstreamAccounts: readonly UpstreamAccount[] = [
  {
    name: "sim-user",
    secret: "sim-pass",
    protocol: "backnpay",
    currency: "INR",
    firstBalance: tenMillion,
    commissionBasisPoints: 200,
  },
  {
    name: "sim-user-2",
    secret: "sim-pass-2",
    protocol: "backnpay",
    currency: "INR",
    firstBalance: tenMillion,
    commissionBasisPoints: 200,
  },
  {
    name: "SIM-1",
    secret: null,
    protocol: "aopay",
    currency: "INR",
    firstBalance: tenMillion,
    commissionBasisPoints: 200,
  },
  {
    name: "sim-key",
    secret: "sim-secret",
    protocol: "nurr",
    currency: "BDT",
    firstBalance: tenMillion,
    commissionBasisPoints: 100,
  },
];

/** The account of that name, whatever its secret; null when there is none. */
export function findUpstreamAccount(protocol: Protocol, name: string): UpstreamAccount | null {
  return upstreamAccounts.find((account) => account.protocol === protocol && account.name === name) ?? null;
}

/** The account that a name and a secret open; null when they do not fit. */
export function openUpstreamAccount(protocol: Protocol, name: string, secret: string | null): UpstreamAccount | null {
  const account = findUpstreamAccount(protocol, name);
  return account !== null && account.secret === secret ? account : null;
}
