// The whole command line, built from the table of commands and the operations that they stand for.
import { Command, CommanderError, Option } from "commander";
import { exitCodes, Ended, type Gateway } from "./ask.ts";
import { groups, type Line, lines } from "./commands.ts";
import { completionOf, shells } from "./completion.ts";
import { execute, type Settings } from "./execute.ts";
import { type Operation, type Property, readOperations } from "./operations.ts";
import { flagsOf, type Given, helpOf } from "./options.ts";
import { addTelegram } from "./telegram.ts";
import { tailRecharges } from "./tail.ts";
import type { Terminal } from "./terminal.ts";

const standardUrl = "http://127.0.0.1:8787";

/** Runs one command; returns the code to exit with. `argv`: the words after `recharge`. */
export async function runCommand(argv: readonly string[], terminal: Terminal): Promise<number> {
  const program = buildProgram(terminal);
  try {
    await program.parseAsync([...argv], { from: "user" });
    return exitCodes.done;
  } catch (thrown) {
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    if (!(thrown instanceof Ended)) throw thrown;
    const isJson = program.opts()["json"] === true && thrown.problem !== null;
    terminal.err(isJson ? `${JSON.stringify(thrown.problem)}\n` : `${thrown.message}\n`);
    return exitCodes[thrown.ending];
  }
}

/** The commands, with their help. */
export function buildProgram(terminal: Terminal): Command {
  const operations = readOperations();
  const program = new Command("recharge")
    .description("Staff's commands over the admin API of the Recharge Gateway.")
    .option("--url <url>", `where the gateway is; else RECHARGE_URL, else ${standardUrl}`)
    .option("--token <token>", "your staff token; better in RECHARGE_TOKEN, where other users cannot see it")
    .option("--json", "the answer as JSON, for scripts")
    .option("--yes", "do not ask before money moves")
    .exitOverride()
    .configureOutput({ writeOut: (text) => terminal.out(text), writeErr: (text) => terminal.err(text) })
    .configureHelp({ showGlobalOptions: true, helpWidth: terminal.columns ?? 80 })
    .showHelpAfterError("(--help says more)");
  for (const [name, what] of Object.entries(groups)) program.command(name).description(what);
  for (const line of lines) addLine(program, line, operations, terminal);
  addTail(program, terminal);
  addTelegram(program, terminal);
  addCompletion(program, terminal);
  return program;
}

function addLine(program: Command, line: Line, operations: ReadonlyMap<string, Operation>, terminal: Terminal): void {
  const operation = operations.get(line.operation);
  if (operation === undefined) throw new Error(`openapi.json has no operation ${line.operation}`);
  const [words, names] = splitWords(line.words);
  const command = commandAt(program, words).description(`${line.what ?? operation.what}. (${operation.scope})`);
  for (const name of names) command.argument(`<${name}>`, argumentHelp(operation, name));
  const said = new Set([...names, ...Object.keys(line.says ?? {})]);
  for (const property of optionsOf(operation)) {
    if (said.has(property.name) || line.reads !== undefined) continue;
    const option = new Option(flagsOf(property), helpOf(property));
    if (property.schema.choices.length > 0) option.choices(property.schema.choices);
    command.addOption(option.makeOptionMandatory(property.isRequired));
  }
  if (line.reads !== undefined) command.requiredOption("--file <path>", "The file; -: standard input.");
  if (operation.body?.kind === "csv") command.requiredOption("--file <path>", "The file, as CSV.");
  if (isPaged(operation)) command.option("--all", "every page, with progress");
  command.action(async () => {
    const given: Given = { ...namesOf(command.opts()), ...argumentsOf(command, names) };
    await execute({ line, operation, operations }, given, { settings: settingsOf(program, terminal), terminal });
  });
}

function isPaged({ method, query }: Operation): boolean {
  return method === "GET" && query.some(({ name }) => ["cursor", "after", "offset"].includes(name));
}

function optionsOf({ query, body }: Operation): readonly Property[] {
  return [...query, ...(body?.kind === "json" ? body.properties : [])];
}

function argumentHelp(operation: Operation, name: string): string {
  const property = optionsOf(operation).find((one) => one.name === name);
  return property === undefined ? "" : [property.schema.choices.join(" or "), helpOf(property)].join(" ").trim();
}

/** `wallets credit <partner>`: the words, and the names of the arguments. */
export function splitWords(text: string): readonly [readonly string[], readonly string[]] {
  const all = text.split(" ");
  const names = all.flatMap((word) => /^<(\w+)>$/.exec(word)?.[1] ?? []);
  return [all.slice(0, all.length - names.length), names];
}

function commandAt(program: Command, words: readonly string[]): Command {
  return words.reduce(
    (parent, word) => parent.commands.find((one) => one.name() === word) ?? parent.command(word),
    program,
  );
}

/** `externalReference` of the library is `external_reference` of the API. */
function namesOf(options: Readonly<Record<string, unknown>>): Given {
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [
      name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      String(value),
    ]),
  );
}

function argumentsOf(command: Command, names: readonly string[]): Given {
  return Object.fromEntries(names.map((name, index) => [name, command.args[index] ?? ""]));
}

function settingsOf(program: Command, terminal: Terminal): Settings {
  const options = program.opts<{ url?: string; token?: string; json?: boolean; yes?: boolean }>();
  const url = options.url ?? terminal.env["RECHARGE_URL"] ?? standardUrl;
  if (!URL.canParse(url)) throw new Ended("usage", `"${url}" is not an address such as ${standardUrl}.`);
  const token = options.token ?? terminal.env["RECHARGE_TOKEN"];
  if (token === undefined || token === "")
    throw new Ended(
      "usage",
      "Who are you? Put your staff token into RECHARGE_TOKEN (npm start keeps one in .state/staff-token).",
    );
  const gateway: Gateway = { url, token, fetch: terminal.fetch };
  return { gateway, isJson: options.json === true, isYes: options.yes === true };
}

function addTail(program: Command, terminal: Terminal): void {
  commandAt(program, ["recharges", "tail"])
    .description("Follow recharges live, as they are placed and as they change, until ctrl-C. (viewer)")
    .option("--partner <partner>")
    .option("--product <product>")
    .addOption(new Option("--every <seconds>", "how often to look").default("1"))
    .action(async (options: { partner?: string; product?: string; every: string }) => {
      const { every, ...filter } = options;
      if (!/^\d{1,4}(\.\d+)?$/.test(every)) throw new Ended("usage", "--every takes seconds.");
      const { gateway, isJson } = settingsOf(program, terminal);
      await tailRecharges(gateway, terminal, { filter, everyMs: Number(every) * 1_000, isJson });
    });
}

function addCompletion(program: Command, terminal: Terminal): void {
  const command = program.command("completion").description("A script that completes recharge in your shell.");
  for (const shell of shells)
    command.command(shell).action(() => {
      terminal.out(completionOf(program, shell));
    });
}
