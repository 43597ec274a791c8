// Address lists of credentials: single addresses and CIDR ranges, IPv4 and IPv6.
import { isInRange, readAddress, readRange } from "../base/address.ts";

/** True when `text` is an address or a CIDR range (`10.0.0.0/8`, `2001:db8::/32`, `127.0.0.1`). */
export function isAddressRange(text: string): boolean {
  return readRange(text) !== null;
}

/** An empty list allows every address; otherwise the address must be known and lie in one of the ranges. */
export function isAddressAllowed(ranges: readonly string[], address: string | null): boolean {
  if (ranges.length === 0) return true;
  const asked = address === null ? null : readAddress(address);
  if (asked === null) return false;
  return ranges.some((text) => {
    const range = readRange(text);
    return range !== null && isInRange(asked, range);
  });
}
