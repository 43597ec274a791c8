// Putting a copy of an account back: out of a file or from standard input, and what it holds is said in numbers first.
import { expect, it } from "vitest";
import { recharge } from "./terminal.ts";

const rows = ["wallets", "recharges", "recharges"].map((table) => ({ kind: "row", table, row: {} }));
const head = { kind: "account", account: 1, schema: 12, event: 40 };
const linesOf = (...lines: readonly object[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join("");
const copy = linesOf(head, ...rows, { kind: "end", rows: 3 });
const words = ["partners", "return", "ptn_00001", "--file", "account.json"];

it.each([
  ["as `partners copy --json` wrote it", JSON.stringify({ copy }, null, 2)],
  ["as its lines alone", copy],
])("sends the copy of a file %s, once a person has seen its numbers and said yes", async (_how, text) => {
  const asked: string[] = [];
  const confirm = async (question: string) => {
    asked.push(question);
    return asked.length > 1;
  };
  const paths: string[] = [];
  const readFile = (path: string) => {
    paths.push(path);
    return text;
  };
  expect(await recharge(words, [{}], { confirm, readFile })).toMatchObject({ code: 6, asked: [] });
  const done = await recharge(words, [{ body: { event: 40, rows: 3, held: false } }], { confirm, readFile });
  expect(done.code).toBe(0);
  expect(done.asked).toMatchObject([{ method: "PUT", path: "/admin/v1/partners/ptn_00001/copies", body: { copy } }]);
  expect(asked[0]).toBe("Put this copy (event 40, 3 rows, 2 recharges) into the lost account of ptn_00001?");
  expect(paths).toEqual(["account.json", "account.json"]);
});

it("takes standard input with --yes, and nothing without it where nobody can be asked", async () => {
  const piped = [...words.slice(0, 4), "-"];
  expect(await recharge(piped, [{}], { readFile: () => copy })).toMatchObject({ code: 6, asked: [] });
  const done = await recharge([...piped, "--yes"], [{}], { readFile: () => copy });
  expect([done.code, done.asked.length]).toEqual([0, 1]);
});

it.each([
  ["is cut short", linesOf(head, ...rows)],
  ["lacks a row", linesOf(head, rows[0] ?? {}, { kind: "end", rows: 3 })],
  ["is something else", "hello"],
  ["is empty", ""],
])("sends nothing of a file that %s", async (_how, text) => {
  const done = await recharge([...words, "--yes"], [{}], { readFile: () => text });
  expect(done).toMatchObject({ code: 2, asked: [], err: "The file is no whole copy of an account.\n" });
});
