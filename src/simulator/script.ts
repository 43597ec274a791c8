// The table of scripts by the last two digits of the subscriber number. `docs/simulator.md` prints it; a test compares.
import type { Protocol } from "../wire/protocol.ts";
import { clearScripts } from "./clear-scripts.ts";
import { doubtfulScripts } from "./doubtful-scripts.ts";
import type { Script } from "./effect.ts";

/** Suffixes 80 to 99 stay unlisted, for runs with a fault rate. */
export const scripts = { ...clearScripts, ...doubtfulScripts } as const satisfies Record<string, Script>;

export type ScriptName = keyof typeof scripts;

/** The name of the script of a subscriber number; null for an unlisted suffix. */
export function findScriptName(number: string): ScriptName | null {
  return namesBySuffix.get(number.slice(-2)) ?? null;
}

/** The script of that name as this protocol follows it. */
export function scriptFor(name: ScriptName, protocol: Protocol): Script {
  const script: Script = scripts[name];
  return script.only === undefined || script.only.includes(protocol) ? script : scripts.success;
}

/** Rows of the table in `docs/simulator.md`: suffix, name, what happens, the protocols that follow it. */
export function readScriptTable(): string[][] {
  return scriptNames
    .map((name): readonly [ScriptName, Script] => [name, scripts[name]])
    .toSorted(([, a], [, b]) => Number(a.suffix) - Number(b.suffix))
    .map(([name, { suffix, does, only }]) => [suffix, `\`${name}\``, does, only?.join(", ") ?? "all"]);
}

export const scriptNames = Object.keys(scripts).filter((name): name is ScriptName => name in scripts);

const namesBySuffix = new Map<string, ScriptName>(scriptNames.map((name) => [scripts[name].suffix, name]));
