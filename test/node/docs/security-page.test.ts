// `docs/security.md` proves each of its items by tests: every one that it names must be there.
import { existsSync, readFileSync } from "node:fs";
import { expect, it, test } from "vitest";

const page = readFileSync("docs/security.md", "utf8");
const sections = page.split(/^## /m).slice(1);
const items = sections.filter((section) => /^API\d+ /.test(section));
const named = [...page.matchAll(/^- `(test\/[^`]+)`: "(.+)"$/gm)].map(
  ([, file = "", name = ""]) => [file, name] as const,
);

/** Titles as they stand in the file, in either kind of quotes. */
function hasTitle(file: string, name: string): boolean {
  if (!existsSync(file)) return false;
  const source = readFileSync(file, "utf8");
  return ['"', "`"].some((quote) =>
    new RegExp(`(\\b(it|test)\\(|\\)\\()\\s*${quote}${escape(name)}${quote}`).test(source),
  );
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

it("goes along all ten, each with what proves it", () => {
  expect(items.map((item) => item.split(" ", 1)[0])).toEqual(
    Array.from({ length: 10 }, (_, index) => `API${index + 1}`),
  );
  for (const item of items)
    expect([item.split("\n", 1)[0], /^- `test\//m.test(item)]).toEqual([expect.anything(), true]);
});

test.each(named)('%s has "%s"', (file, name) => {
  expect(hasTitle(file, name)).toBe(true);
});

it("does not take a name that is nowhere for one that is", () => {
  expect(hasTitle("test/node/docs/security-page.test.ts", "no such test")).toBe(false);
  expect(hasTitle("test/node/docs/security-page.test.ts", "goes along all ten, each with what proves it")).toBe(true);
});
