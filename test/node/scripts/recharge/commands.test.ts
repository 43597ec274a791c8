// The commands against the API's own document: a command for each operation, with every parameter that it takes.
import { expect, it } from "vitest";
import { groups, lines } from "../../../../scripts/recharge/commands.ts";
import { readOperations } from "../../../../scripts/recharge/operations.ts";
import { buildProgram, splitWords } from "../../../../scripts/recharge/program.ts";
import { recharge } from "./terminal.ts";

const operations = [...readOperations().values()];

it.each(operations.map(({ id, method, path }) => [id, method, path]))(
  "%s (%s %s) has a line in scripts/recharge/commands.ts",
  (id) => {
    expect(
      lines.filter((line) => line.operation === id),
      `add a line for "${id}" to scripts/recharge/commands.ts, such as { words: "things show <id>", operation: "${id}" }`,
    ).not.toEqual([]);
  },
);

it("names every parameter of a path as an argument, and no argument that its operation does not know", () => {
  for (const line of lines) {
    const operation = operations.find(({ id }) => id === line.operation);
    const inPath = [...(operation?.path.matchAll(/\{(\w+)\}/g) ?? [])].map(([, name]) => name);
    const inBody = operation?.body?.kind === "json" ? operation.body.properties.map(({ name }) => name) : [];
    const inQuery = operation?.query.map(({ name }) => name) ?? [];
    const [words, names] = splitWords(line.words);
    expect([line.words, names]).toEqual([line.words, expect.arrayContaining(inPath)]);
    for (const name of [...names, ...Object.keys(line.says ?? {})])
      expect([line.words, [...inPath, ...inBody, ...inQuery]]).toEqual([line.words, expect.arrayContaining([name])]);
    expect([line.words, words.length === 1 || Object.hasOwn(groups, words[0] ?? "")]).toEqual([line.words, true]);
  }
});

it("asks before every command that moves money", () => {
  const moving = [
    "creditWallet",
    "debitWallet",
    "confirmRuling",
    "applyProviderStatement",
    "changePlan",
    "changeRewards",
    "returnAccount",
    "healAccount",
  ];
  for (const operation of moving)
    expect([operation, lines.find((line) => line.operation === operation)?.asks]).toEqual([
      operation,
      expect.any(String),
    ]);
});

it("explains each command", async () => {
  for (const line of lines) {
    const [words] = splitWords(line.words);
    const { code, out } = await recharge([...words, "--help"]);
    expect([line.words, code, out.includes(`Usage: recharge ${words.join(" ")}`)]).toEqual([line.words, 0, true]);
  }
});

it("writes completion for each shell that knows every command", async () => {
  for (const shell of ["bash", "zsh", "fish"]) {
    const { code, out } = await recharge(["completion", shell]);
    expect(code).toBe(0);
    for (const line of lines) for (const word of splitWords(line.words)[0]) expect(out).toContain(word);
  }
  const program = buildProgram({
    env: {},
    fetch,
    out: () => undefined,
    err: () => undefined,
    columns: null,
    confirm: null,
    progress: null,
    readFile: () => "",
    now: () => 0,
    sleep: async () => undefined,
    stopped: new AbortController().signal,
  });
  expect(program.commands.map((command) => command.name())).toContain("completion");
});
