// Faults for soak runs, drawn so that the same seed gives the same schedule in whatever order requests arrive.
import { keyedHash } from "../base/signature.ts";
import type { ScriptName } from "./script.ts";

/** `rate` is a share of all recharges, 0 to 1; `kinds` are names of scripts, each equally likely. */
export interface Faults {
  readonly seed: string;
  readonly rate: number;
  readonly kinds: readonly ScriptName[];
}

export const noFaults: Faults = { seed: "", rate: 0, kinds: [] };

/** What a draw depends on: the reference, or number and amount where none travels; and how often it was seen before. */
export interface Draw {
  readonly key: string;
  readonly attempt: number;
}

const span = 0x1_0000_0000;

/** The script that replaces success, or null: no fault this time. Two independent words of one keyed hash decide. */
export function drawFault(faults: Faults, draw: Draw): ScriptName | null {
  const hash = keyedHash(faults.seed, `${draw.attempt}|${draw.key}`);
  if (Number.parseInt(hash.slice(0, 8), 16) / span >= faults.rate) return null;
  return faults.kinds[Math.floor((Number.parseInt(hash.slice(8, 16), 16) / span) * faults.kinds.length)] ?? null;
}
