// Where what leaves an object is kept for good.

/** Texts by name. Putting the same name again replaces its text. */
export interface Archive {
  put(name: string, text: string): Promise<void>;
  /** Null: there is no such text. */
  read(name: string): Promise<string | null>;
}

/** Puts a text, and reads it back: only what was seen there may leave where it was. Throws where it is not there. */
export async function archiveSurely(archive: Archive, name: string, text: string): Promise<void> {
  await archive.put(name, text);
  if ((await archive.read(name)) !== text) throw new Error(`the archive does not hold ${name}`);
}

/** A line of JSON for each. */
export function linesOf(items: readonly object[]): string {
  return items.map((item) => `${JSON.stringify(item)}\n`).join("");
}
