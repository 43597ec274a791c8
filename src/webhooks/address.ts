// Where webhooks may go: https at public addresses; never our own hosts or a provider's, never inside a network.
import { type Address, isInRange, readAddress, readRange } from "../base/address.ts";

export interface AddressRules {
  /** Hosts that are never called, ours and the providers', lower case: `name`, or `address:port` on this machine. */
  readonly closedHosts: readonly string[];
  /** http and https on this machine are allowed: in the sandbox of a local installation, and nowhere else. */
  readonly mayBeLoopback: boolean;
}

/** The addresses of a host name; null: this platform cannot tell. Throws when the name cannot be resolved. */
export type Resolve = (host: string) => Promise<readonly string[] | null>;

const longestUrl = 500;

/** Why the URL may not be an endpoint, as the end of a sentence that begins with its name; null: it may. */
export function refuseUrl(text: string, rules: AddressRules): string | null {
  if (text.length > longestUrl) return `must have at most ${longestUrl} characters`;
  if (!URL.canParse(text)) return "must be a URL";
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") return "must not carry a user or a password";
  if (text.includes("#")) return "must not have a fragment";
  const host = hostOf(url);
  if (isLoopback(host) && rules.mayBeLoopback) return refuseLoopback(url, rules);
  if (url.protocol !== "https:") return "must be https";
  if (!isOpenPort(url)) return "must use port 443, or one from 1024 on";
  const isClosed = rules.closedHosts.map(nameOf).some((closed) => host === closed || host.endsWith(`.${closed}`));
  if (isClosed) return "must not be a host of the gateway or of a provider";
  const address = readAddress(host);
  if (address !== null) return isPublic(address) ? null : "must be a public address";
  return isPublicName(host) ? null : "must have a public host name";
}

/** The same of a URL and of what its host resolves to now: asked before each send, because names move. */
export async function refuseAddress(text: string, rules: AddressRules, resolve: Resolve): Promise<string | null> {
  const refused = refuseUrl(text, rules);
  if (refused !== null) return refused;
  const host = hostOf(new URL(text));
  if (isLoopback(host) || readAddress(host) !== null) return null;
  let addresses: readonly string[] | null;
  try {
    addresses = await resolve(host);
  } catch {
    return "cannot be resolved now";
  }
  if (addresses === null) return null;
  if (addresses.length === 0) return "does not resolve";
  const isOpen = addresses.every((one) => {
    const address = readAddress(one);
    return address !== null && isPublic(address);
  });
  return isOpen ? null : "must not resolve to an address that is not public";
}

/** Without brackets and final dots: `localhost.` is `localhost`. The URL parser has made odd IPv4 notations plain. */
function hostOf(url: URL): string {
  return url.hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, "")
    .replace(/\.+$/, "");
}

/** A closed host without its port: by name it is closed on every one. */
function nameOf(closed: string): string {
  return closed.toLowerCase().replace(/:\d+$/, "");
}

function refuseLoopback(url: URL, rules: AddressRules): string | null {
  if (url.protocol !== "https:" && url.protocol !== "http:") return "must be http or https";
  const isOurs = rules.closedHosts.some((closed) => {
    const at = URL.canParse(`http://${closed}`) ? new URL(`http://${closed}`) : null;
    return at !== null && isLoopback(hostOf(at)) && portOf(at) === portOf(url);
  });
  return isOurs ? "must not be a host of the gateway or of a provider" : null;
}

function portOf(url: URL): number {
  if (url.port !== "") return Number(url.port);
  return url.protocol === "https:" ? 443 : 80;
}

function isOpenPort(url: URL): boolean {
  return portOf(url) === 443 || portOf(url) >= 1_024;
}

function isLoopback(host: string): boolean {
  if (host === "localhost") return true;
  const address = readAddress(host);
  return address !== null && loopback.some((range) => isInRange(address, range));
}

/** IANA's special-purpose registries, IPv4. */
const closedFour = rangesOf([
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
]);
/** Of IPv6 only global unicast is public, and in it neither the tunnels, which lead to IPv4, nor what is reserved. */
const openSix = rangesOf(["2000::/3"]);
const closedSix = rangesOf(["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]);
const loopback = rangesOf(["127.0.0.0/8", "::1/128"]);

function rangesOf(texts: readonly string[]) {
  return texts.flatMap((text) => readRange(text) ?? []);
}

function isPublic(address: Address): boolean {
  const isIn = (ranges: ReturnType<typeof rangesOf>): boolean => ranges.some((range) => isInRange(address, range));
  return address.bits === 32 ? !isIn(closedFour) : isIn(openSix) && !isIn(closedSix);
}

/** RFC 6761, 6762, 7686, 8375 and 9476, and what companies call their own networks. */
const privateEnds = ["localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "corp", "private"];
const reservedEnds = ["test", "example", "invalid", "onion", "alt", "arpa"];

function isPublicName(host: string): boolean {
  const labels = host.split(".");
  const last = labels.at(-1) ?? "";
  const isWellFormed = labels.every((label) => /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/.test(label));
  if (labels.length < 2 || host.length > 253 || !isWellFormed || !/[a-z]/.test(last)) return false;
  return !privateEnds.includes(last) && !reservedEnds.includes(last);
}
