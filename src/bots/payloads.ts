// What a button carries: at most 64 bytes, bound to the question or quote under which it stands.
import { type Language, languages } from "./dialogue-types.ts";

export type Payload =
  | { readonly kind: "confirm" | "cancel" | "other" | "anew" | "twice"; readonly token: string }
  | { readonly kind: "product"; readonly token: string; readonly product: string }
  | { readonly kind: "page"; readonly token: string; readonly page: number }
  | { readonly kind: "show" | "again"; readonly rechargeId: string }
  | { readonly kind: "language"; readonly language: Language }
  | { readonly kind: "menu"; readonly item: MenuItem }
  | { readonly kind: "unlink" };

export const menuItems = ["balance", "recent", "today", "help"] as const;
export type MenuItem = (typeof menuItems)[number];

const letters = { confirm: "c", cancel: "x", other: "o", anew: "q", twice: "m" } as const;
const kinds = { c: "confirm", x: "cancel", o: "other", q: "anew", m: "twice" } as const satisfies Record<
  (typeof letters)[keyof typeof letters],
  keyof typeof letters
>;

export function writePayload(payload: Payload): string {
  switch (payload.kind) {
    case "product":
      return `p:${payload.token}:${payload.product}`;
    case "page":
      return `g:${payload.token}:${payload.page}`;
    case "show":
      return `r:${payload.rechargeId}`;
    case "again":
      return `a:${payload.rechargeId}`;
    case "language":
      return `l:${payload.language}`;
    case "menu":
      return `h:${payload.item}`;
    case "unlink":
      return "u";
    case "confirm":
    case "cancel":
    case "other":
    case "anew":
    case "twice":
  }
  return `${letters[payload.kind]}:${payload.token}`;
}

/** Null for what is no button of ours: anybody can send any payload. */
export function readPayload(raw: string): Payload | null {
  if (raw === "u") return { kind: "unlink" };
  const parts = /^([a-z]):([a-z0-9_]{1,20})(?::([a-z0-9.-]{1,40}))?$/.exec(raw);
  if (parts === null) return null;
  const [, letter = "", name = "", more] = parts;
  if (more !== undefined) {
    if (letter === "p") return { kind: "product", token: name, product: more };
    return letter === "g" && /^\d{1,2}$/.test(more) ? { kind: "page", token: name, page: Number(more) } : null;
  }
  if (isKey(kinds, letter)) return { kind: kinds[letter], token: name };
  if (letter === "r" && isRechargeId(name)) return { kind: "show", rechargeId: name };
  if (letter === "a" && isRechargeId(name)) return { kind: "again", rechargeId: name };
  const language = languages.find((one) => one === name);
  if (letter === "l" && language !== undefined) return { kind: "language", language };
  const item = menuItems.find((one) => one === name);
  return letter === "h" && item !== undefined ? { kind: "menu", item } : null;
}

function isRechargeId(text: string): boolean {
  return /^rch_[0-9a-z]{12}$/.test(text);
}

function isKey<Table extends object>(table: Table, key: PropertyKey): key is keyof Table {
  return Object.hasOwn(table, key);
}
