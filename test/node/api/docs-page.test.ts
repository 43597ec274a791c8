import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { refusals } from "../../../src/base/refusal.ts";

test("docs/api.md lists every refusal as the code has it, in order", () => {
  const rows = readFileSync("docs/api.md", "utf8").match(/^\| \d+ \| `[a-z_]+` \| \d+ \|.*$/gm);
  expect(rows).toEqual(
    Object.entries(refusals).map(
      ([code, rule]) => `| ${rule.order} | \`${code}\` | ${rule.status} | \`${rule.retry}\` | ${rule.source} |`,
    ),
  );
});
