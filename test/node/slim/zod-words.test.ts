// The bundle has of zod only what is listed for it: a word that is used and not listed would be a fault at the first call.
import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { z } from "zod";

/** Words of types alone, which no bundle has. */
const types = new Set(["core", "infer", "input", "output", "ZodObject", "ZodRawShape"]);
/** What `@hono/zod-openapi` adds its own to. */
const ofPackages = ["ZodType"];

const sources = ["src", "functions", "scripts/bench/workers"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => readFileSync(resolve(entry.parentPath, entry.name), "utf8")),
);
const used = new Set(
  sources
    .filter((text) => /import \{[^}]*\bz\b[^}]*\} from "(zod|@hono\/zod-openapi)"/.test(text))
    .flatMap((text) => [...text.matchAll(/(?<![\w.])z\s*\.(\w+)/g)].flatMap(([, word]) => word ?? [])),
);

it("every word of zod that the sources use is in the bundle, and no other", async () => {
  const path = resolve("functions/slim/zod-in-english.js");
  const slim = z.record(z.string(), z.unknown()).parse({ ...(await import(path)) });
  const words = Object.keys(slim).filter((word) => word !== "z" && word !== "default");
  const wanted = [...used].filter((word) => !types.has(word));
  expect(new Set(words)).toEqual(new Set([...wanted, ...ofPackages]));
  expect(new Set(Object.keys(Object(slim["z"])))).toEqual(new Set(words));
});
