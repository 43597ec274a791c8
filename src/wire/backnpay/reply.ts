// Replies of backnpay in JSON and XML (seed, sections 1, 3 and 4), written and read.
import XMLBuilder from "fast-xml-builder";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { formatAmount, type Minor } from "../../base/money.ts";
import { isJsonObject, parseJsonKeepingDigits } from "../json.ts";
import type { BacknpayFormat } from "./request.ts";

/** A reply as a server of this family sends it. `BAL` is a number of rupees in JSON; null leaves it out. */
export interface BacknpayReply {
  readonly STATUS: string;
  readonly MOBILE: string;
  readonly AMOUNT: string;
  readonly RPID: string;
  readonly AGENTID: string;
  readonly OPID: string;
  readonly BAL: Minor | null;
  readonly MSG: string;
}

export const backnpayContentTypes = {
  json: "application/json; charset=utf-8",
  xml: "text/xml; charset=utf-8",
} as const;

/** The reply's body. In XML one root element and the same names as child elements, all text. */
export function writeBacknpayReply(reply: BacknpayReply, format: BacknpayFormat): string {
  const { BAL, MSG, ...words } = reply;
  if (format === "json") return JSON.stringify({ ...words, ...(BAL !== null && { BAL: rupeesOf(BAL) }), MSG });
  const texts = { ...words, ...(BAL !== null && { BAL: formatAmount(BAL) }), MSG };
  return writeXml(texts);
}

/** The body of an answer to a balance check: the balance stands in `STATUS` (seed, section 4). */
export function writeBacknpayBalance(balance: Minor, message: string, format: BacknpayFormat): string {
  const texts = { STATUS: formatAmount(balance), MSG: message };
  return format === "json" ? JSON.stringify(texts) : writeXml(texts);
}

/** A decimal with two places is read back exactly from the nearest double. */
function rupeesOf(balance: Minor): number {
  return Number(formatAmount(balance));
}

function writeXml(texts: Readonly<Record<string, string>>): string {
  const clean = Object.entries(texts).map(([name, text]) => [name, stripControls(text)]);
  const body = new XMLBuilder({ format: false }).build({ RESPONSE: Object.fromEntries(clean) });
  return `<?xml version="1.0" encoding="utf-8"?>${body}`;
}

/** The builder passes control characters through, which no XML reader accepts. */
function stripControls(text: string): string {
  // oxlint-disable-next-line no-control-regex -- these are what is looked for
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");
}

/** The fields of a reply as they were sent, trimmed; null where one is missing, JSON null or blank. */
export interface BacknpayFields {
  readonly status: string;
  readonly mobile: string | null;
  readonly amount: string | null;
  readonly rpid: string | null;
  readonly agentid: string | null;
  readonly opid: string | null;
  readonly bal: string | null;
  readonly msg: string | null;
}

/** Every spelling of a field, without case and blanks: the seed's status reply says `Oprater ID` and `TID`. */
const fieldNames = {
  status: "status",
  mobile: "mobile",
  amount: "amount",
  rpid: "rpid",
  tid: "rpid",
  agentid: "agentid",
  opid: "opid",
  opraterid: "opid",
  bal: "bal",
  msg: "msg",
} as const satisfies Record<string, keyof BacknpayFields>;

const fieldOfName: ReadonlyMap<string, keyof BacknpayFields> = new Map(Object.entries(fieldNames));

/**
 * Reads a reply whatever was asked for: servers answer XML to `fmt=Json`. Null when it is neither, has no status, or
 * says one field twice with different values.
 */
export function readBacknpayReply(body: string): BacknpayFields | null {
  const json = parseJsonKeepingDigits(body.replace(/^\ufeff/, ""));
  const read = json === undefined ? parseXml(body) : json;
  if (!isJsonObject(read)) return null;
  const found: Record<keyof BacknpayFields, string | null> = {
    status: null,
    mobile: null,
    amount: null,
    rpid: null,
    agentid: null,
    opid: null,
    bal: null,
    msg: null,
  };
  for (const [name, value] of Object.entries(read)) {
    const field = fieldOf(name);
    if (field === null) continue;
    if (value !== null && typeof value !== "string") return null;
    const said = value?.trim() ?? "";
    if (said === "") continue;
    if ((found[field] ?? said) !== said) return null;
    found[field] = said;
  }
  const { status } = found;
  return status === null ? null : { ...found, status };
}

function fieldOf(name: string): keyof BacknpayFields | null {
  const lower = name.toLowerCase();
  return fieldOfName.get(lower) ?? fieldOfName.get(lower.replace(/[\s_]/g, "")) ?? null;
}

/** The children of the one root element; undefined for anything that is not well-formed XML of that shape. */
function parseXml(text: string): unknown {
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) return undefined;
  try {
    if (XMLValidator.validate(text) !== true) return undefined;
    const parsed: unknown = new XMLParser({ parseTagValue: false, ignoreDeclaration: true }).parse(text);
    return isJsonObject(parsed) ? Object.values(parsed)[0] : undefined;
  } catch {
    return undefined;
  }
}
