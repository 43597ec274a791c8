// How far a typed word is from a name: insertions, deletions, replacements and swaps of neighbours, up to a bound.

/** Distance in code points, or null when it is more than `bound`. */
export function distanceWithin(left: string, right: string, bound: number): number | null {
  const from = Array.from(left);
  const to = Array.from(right);
  if (Math.abs(from.length - to.length) > bound) return null;
  let beforeLast: number[] = [];
  let last = to.map((_, index) => index + 1);
  last.unshift(0);
  for (const [row, letter] of from.entries()) {
    const next = [row + 1];
    for (const [column, other] of to.entries()) {
      const replaced = at(last, column) + (letter === other ? 0 : 1);
      const shortest = Math.min(replaced, at(last, column + 1) + 1, at(next, column) + 1);
      const isSwap = row > 0 && column > 0 && letter === to[column - 1] && from[row - 1] === other;
      next.push(isSwap ? Math.min(shortest, at(beforeLast, column - 1) + 1) : shortest);
    }
    beforeLast = last;
    last = next;
  }
  const distance = at(last, to.length);
  return distance > bound ? null : distance;
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.MAX_SAFE_INTEGER - 1;
}
