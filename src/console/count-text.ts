// How many of something, in words that agree with the figure.

/** `1 row waits`, `2 rows wait`. `many` left out: `one` with an s. */
export function countText(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
