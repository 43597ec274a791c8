// What may be seen in a log of things that must not be seen in full.

/** Keeps the last three characters of a subscriber number or consumer account: `•••••••678`. */
export function maskNumber(number: string): string {
  return "•".repeat(Math.max(number.length - 3, 0)) + number.slice(-3);
}

/** Strikes the secrets out and cuts to `maxLength` characters: what an upstream said, fit to be kept as evidence. */
export function redact(text: string, secrets: readonly string[], maxLength: number): string {
  let redacted = text;
  const inIt = secrets.filter((secret) => secret !== "" && text.includes(secret));
  // Longest first: a secret that begins with another one must not keep its end.
  const longestFirst = inIt.toSorted((left, right) => right.length - left.length);
  for (const secret of longestFirst) redacted = redacted.replaceAll(secret, "•••");
  return redacted.slice(0, maxLength);
}
