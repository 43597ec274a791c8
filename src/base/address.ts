// Network addresses as numbers, IPv4 and IPv6, and the ranges that they lie in.

export interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

export interface AddressRange {
  readonly address: Address;
  readonly prefix: number;
}

export function isInRange(address: Address, range: AddressRange): boolean {
  if (range.address.bits !== address.bits) return false;
  const shift = BigInt(address.bits - range.prefix);
  return address.value >> shift === range.address.value >> shift;
}

/** An address or a CIDR range (`10.0.0.0/8`, `2001:db8::/32`, `127.0.0.1`); null when it is none. */
export function readRange(text: string): AddressRange | null {
  const [host = "", prefix, ...rest] = text.split("/");
  const address = readAddress(host);
  if (address === null || rest.length > 0) return null;
  if (prefix === undefined) return { address, prefix: address.bits };
  if (!/^\d{1,3}$/.test(prefix) || Number(prefix) > address.bits) return null;
  return { address, prefix: Number(prefix) };
}

/** An IPv4 address inside IPv6 (`::ffff:192.0.2.1`) is the IPv4 address. */
export function readAddress(text: string): Address | null {
  const four = readFour(text);
  if (four !== null) return { bits: 32, value: four };
  const six = readSix(text);
  if (six === null) return null;
  return six >> 32n === 0xffffn ? { bits: 32, value: six & 0xffff_ffffn } : { bits: 128, value: six };
}

function readFour(text: string): bigint | null {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)) return null;
  return parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n);
}

function readSix(text: string): bigint | null {
  const halves = text.split("::");
  if (halves.length > 2) return null;
  const [head = "", tail] = halves;
  const left = readGroups(head);
  const right = tail === undefined ? [] : readGroups(tail);
  if (left === null || right === null) return null;
  const missing = 8 - left.length - right.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return null;
  const groups = [...left, ...Array.from({ length: missing }, () => 0), ...right];
  return groups.reduce((value, group) => (value << 16n) | BigInt(group), 0n);
}

function readGroups(text: string): number[] | null {
  if (text === "") return [];
  const parts = text.split(":");
  const four = readFour(parts.at(-1) ?? "");
  if (four !== null) parts.splice(-1, 1, (four >> 16n).toString(16), (four & 0xffffn).toString(16));
  return parts.every((part) => /^[0-9a-fA-F]{1,4}$/.test(part)) ? parts.map((part) => Number.parseInt(part, 16)) : null;
}
