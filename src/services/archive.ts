// The archive: an R2 bucket, where one is bound.
import type { Archive } from "../recharges/archive.ts";

/** Null: none is bound, and what is promised to be archived stays where it is. */
export function archiveOf(env: Partial<Pick<Env, "ARCHIVE">>): Archive | null {
  const { ARCHIVE: bucket } = env;
  if (bucket === undefined) return null;
  return {
    async put(name, text) {
      await bucket.put(name, text);
    },
    async read(name) {
      const kept = await bucket.get(name);
      return kept === null ? null : kept.text();
    },
  };
}
