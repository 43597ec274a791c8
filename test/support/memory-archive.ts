// An archive in memory.
import type { Archive } from "../../src/recharges/archive.ts";

export interface MemoryArchive extends Archive {
  readonly texts: Map<string, string>;
  /** From now on: keep what is put, fail, or say that it is kept and lose it. */
  become(state: "up" | "down" | "forgetful"): void;
}

export function openMemoryArchive(): MemoryArchive {
  const texts = new Map<string, string>();
  let state: "up" | "down" | "forgetful" = "up";
  return {
    texts,
    async put(name, text) {
      if (state === "down") throw new Error("the archive is down");
      if (state === "up") texts.set(name, text);
    },
    read: async (name) => texts.get(name) ?? null,
    become: (next) => {
      state = next;
    },
  };
}
