// What the scheduled run keeps from one time to the next, at the desk named `installation`: it is there while the ledger is not.
import type { Pulse } from "./pulse.ts";

/** Texts under names. */
export interface Notes {
  readNote(name: string): Promise<string | null>;
  keepNote(name: string, data: string): Promise<void>;
}

export async function keepPulse(notes: Notes, pulse: Pulse): Promise<void> {
  await notes.keepNote("pulse", JSON.stringify(pulse));
}

/** The pulse of the last run; null: there was none yet. */
export async function readPulse(notes: Notes): Promise<Pulse | null> {
  const text = await notes.readNote("pulse");
  return text === null ? null : parsePulse(text);
}

// What only this file wrote is trusted, and its numbers are branded as they were.
function parsePulse(text: string): Pulse {
  return JSON.parse(text) as Pulse;
}
