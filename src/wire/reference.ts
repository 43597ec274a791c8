// References as upstreams print them: some print a placeholder where they have none.

/** The reference, or null for a blank and for the placeholders that mean none (`0`, `NA`, `null`, `-` …). */
export function readReferenceText(text: string | null): string | null {
  const trimmed = text?.trim() ?? "";
  return /^(0*|n\/?a|null|nil|none|-+)$/i.test(trimmed) ? null : trimmed;
}
