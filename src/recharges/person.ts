// Who is who among staff: a ruling needs two persons, and a person may hold several tokens.

/** True where two names of staff are one person's: case, width, accents' encoding and spaces do not tell persons apart. */
export function isSamePerson(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

function plain(name: string): string {
  return name.normalize("NFKC").toLowerCase().replaceAll(/\s+/gu, " ").trim();
}
