// Checks the import rules, and that every source file was read: under TypeScript 7 dependency-cruiser can read nothing and be content.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { z } from "zod";

const roots = ["src", "functions"];
const reportSchema = z.object({
  modules: z.array(z.object({ source: z.string() })),
  summary: z.object({
    violations: z.array(z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});

const run = spawnSync("depcruise", [...roots, "--output-type", "json"], { encoding: "utf8", maxBuffer: 2 ** 28 });
const report = reportSchema.parse(JSON.parse(run.stdout));
const read = new Set(report.modules.map((module) => module.source));
const sources = roots.flatMap((root) =>
  readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => `${root}/${name}`),
);
const unread = sources.filter((source) => !read.has(source));
for (const { rule, from, to } of report.summary.violations) console.error(`${rule.name}: ${from} imports ${to}`);
for (const source of unread) console.error(`not read by the import rules: ${source}`);
if (report.summary.violations.length + unread.length > 0) process.exit(1);
console.log(`import rules: ${sources.length} files, no violation`);
