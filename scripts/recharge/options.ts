// Parameters as words of a command line: how each is named, explained and read.
import { z } from "zod";
import { Ended } from "./ask.ts";
import type { Property, Schema } from "./operations.ts";

/** What a terminal gives: text by the names of parameters. */
export type Given = Readonly<Record<string, string>>;

/** `--external-reference <text>`. */
export function flagsOf({ name, schema }: Property): string {
  const placeholder = /_at$|^from$|^to$/.test(name) ? "time" : placeholderOf(schema);
  return `--${name.replaceAll("_", "-")} <${placeholder}>`;
}

function placeholderOf(schema: Schema): string {
  if (isRules(schema)) return "product=rate,…";
  if (schema.choices.length > 0) return "word";
  if (schema.type.includes("string")) return "text";
  if (schema.type.includes("integer") || schema.type.includes("number")) return "number";
  if (schema.type.includes("boolean")) return "yes|no";
  return isListOfText(schema) ? "a,b,…" : "json or @file";
}

/** Help for one parameter. */
export function helpOf({ schema }: Property): string {
  const isNullable = schema.type.includes("null");
  const choices = schema.items?.choices ?? [];
  return [
    schema.what,
    choices.length > 0 ? `Of: ${choices.join(", ")}.` : "",
    isNullable ? "`none`: none." : "",
    isRules(schema) ? "Such as `*=1%,in.airtel.prepaid=0.75`: a share, or a fixed amount." : "",
  ]
    .filter((part) => part !== "")
    .join(" ");
}

/** The value that a text stands for. `readFile` reads what is given as `@path`. */
export function readValue({ name, schema }: Property, text: string, readFile: (path: string) => string): unknown {
  if (text === "none" && schema.type.includes("null")) return null;
  if (isRules(schema) && !/^[[@]/.test(text))
    return text === "none" ? [] : text.split(",").map((rule) => readRule(name, rule));
  if (schema.type.includes("string")) return text;
  if (schema.type.includes("integer") || schema.type.includes("number")) return readNumber(name, text);
  if (schema.type.includes("boolean")) return readYes(name, text);
  if (isListOfText(schema) && !/^[[@]/.test(text)) return text === "" || text === "none" ? [] : text.split(",");
  return readJson(name, text.startsWith("@") ? readFile(text.slice(1)) : text);
}

function isRules(schema: Schema): boolean {
  return schema.items?.name === "CommissionRule";
}

function isListOfText(schema: Schema): boolean {
  return schema.items?.type.includes("string") === true;
}

function readRule(name: string, text: string): unknown {
  const [, product, rate = ""] = /^\s*([^=\s]+)=(\S+)\s*$/.exec(text) ?? [];
  const percent = /^(\d{1,2})(?:\.(\d{1,2}))?%$/.exec(rate);
  if (product !== undefined && percent !== null)
    return { product, basis_points: Number(percent[1]) * 100 + Number((percent[2] ?? "").padEnd(2, "0")) };
  if (product !== undefined && /^\d{1,9}(\.\d{1,2})?$/.test(rate)) return { product, fixed: rate };
  throw wrong(name, `"${text}" is no rule: write product=1.25% or product=0.75`);
}

function readNumber(name: string, text: string): number {
  if (/^-?\d{1,15}(\.\d+)?$/.test(text)) return Number(text);
  throw wrong(name, "must be a number");
}

function readYes(name: string, text: string): boolean {
  if (["yes", "true"].includes(text)) return true;
  if (["no", "false"].includes(text)) return false;
  throw wrong(name, "must be yes or no");
}

function readJson(name: string, text: string): unknown {
  const read = z
    .string()
    .transform((json, context): unknown => {
      try {
        return JSON.parse(json);
      } catch {
        context.addIssue({ code: "custom", message: "no JSON" });
        return z.NEVER;
      }
    })
    .safeParse(text);
  if (read.success) return read.data;
  throw wrong(name, "must be JSON, or @ and the path of a file of JSON");
}

function wrong(name: string, reason: string): Ended {
  return new Ended("usage", `${name.replaceAll("_", " ")}: ${reason}.`);
}
