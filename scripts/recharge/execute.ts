// One command of the table: what it asks, whether it may, and what it shows.
import { z } from "zod";
import { type Gateway, ask, Ended, type Question } from "./ask.ts";
import type { Line } from "./commands.ts";
import type { Operation } from "./operations.ts";
import { type Given, readValue } from "./options.ts";
import { readAll } from "./pages.ts";
import { present } from "./table.ts";
import { type Terminal, widthOf } from "./terminal.ts";

export interface Settings {
  readonly gateway: Gateway;
  readonly isJson: boolean;
  readonly isYes: boolean;
}

/** `given`: arguments and options by the names of parameters; `all`: every page; `file`: the body of a CSV. */
export async function execute(
  { line, operation, operations }: { line: Line; operation: Operation; operations: ReadonlyMap<string, Operation> },
  asked: Given,
  { settings, terminal }: { readonly settings: Settings; readonly terminal: Terminal },
): Promise<void> {
  const given = line.reads === undefined ? asked : { ...asked, ...line.reads(terminal.readFile(asked["file"] ?? "")) };
  const question = questionOf(operation, line, given, terminal);
  if (line.asks !== undefined) {
    const first = line.showsFirst === undefined ? undefined : operations.get(line.showsFirst);
    if (first !== undefined && !settings.isJson && !settings.isYes) {
      const shown = await ask(settings.gateway, questionOf(first, {}, given, terminal));
      terminal.err(`${present(shown, widthOf(terminal), undefined)}\n`);
    }
    await confirm(sentenceOf(line.asks, given), { settings, terminal });
  }
  const answer =
    given["all"] === undefined
      ? await ask(settings.gateway, question)
      : await readAll(settings.gateway, question, terminal);
  terminal.out(
    settings.isJson ? `${JSON.stringify(answer, null, 2)}\n` : `${present(answer, widthOf(terminal), line.columns)}\n`,
  );
  if (!settings.isJson) terminal.err(furtherPages(answer, given));
}

function furtherPages(answer: unknown, given: Given): string {
  const cursor = z.looseObject({ next_cursor: z.string() }).safeParse(answer);
  return cursor.success && given["all"] === undefined
    ? `There is more: --all, or --cursor ${cursor.data.next_cursor}\n`
    : "";
}

/** Nothing that moves money is done without a person's yes, or --yes. */
async function confirm(
  question: string,
  { settings, terminal }: { readonly settings: Settings; readonly terminal: Terminal },
): Promise<void> {
  if (settings.isYes) return;
  if (terminal.confirm === null)
    throw new Ended("unconfirmed", `Nothing was done. Nobody can be asked here: give --yes to mean it. (${question})`);
  if (!(await terminal.confirm(question))) throw new Ended("unconfirmed", "Nothing was done.");
}

function sentenceOf(template: string, given: Given): string {
  return template.replaceAll(/\{(\w+)\}/g, (_all, name: string) => given[name] ?? "?");
}

function questionOf(
  operation: Operation,
  { says = {} }: Pick<Line, "says">,
  given: Given,
  terminal: Terminal,
): Question {
  const filled = operation.path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(given[name] ?? ""));
  const query = operation.query.flatMap(({ name }) => {
    const value = says[name] ?? given[name];
    return value === undefined ? [] : [[name, String(value)] as const];
  });
  const { method, body } = operation;
  const question = { method, path: filled, query: Object.fromEntries(query) };
  if (body === null) return question;
  if (body.kind === "csv")
    return { ...question, body: { type: "text/csv", text: terminal.readFile(given["file"] ?? "") } };
  const entries = body.properties.flatMap((property) => {
    const said = says[property.name];
    if (said !== undefined) return [[property.name, said] as const];
    const text = given[property.name];
    return text === undefined
      ? []
      : [[property.name, readValue(property, text, (path) => terminal.readFile(path))] as const];
  });
  return { ...question, body: { type: "application/json", text: JSON.stringify(Object.fromEntries(entries)) } };
}
