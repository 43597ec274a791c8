import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { SharedCommit } from "../../../src/accounts/shared-commit.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Names of those who have gone on, in their order. */
function gatherAll(commit: SharedCommit, names: readonly string[]): string[] {
  const gone: string[] = [];
  for (const name of names) void commit.gather(names.length).then(() => gone.push(name));
  return gone;
}

describe("writes that share a commit", () => {
  it("lets one that is alone go on at once", async () => {
    await new SharedCommit().gather(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("lets all who wait go on in the turn of one timer, whenever they came", async () => {
    const commit = new SharedCommit();
    const early = gatherAll(commit, ["first", "second"]);
    await Promise.resolve();
    const late = gatherAll(commit, ["third", "fourth"]);
    expect([...early, ...late]).toEqual([]);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect([...early, ...late]).toEqual(["first", "second", "third", "fourth"]);
  });

  it("opens another turn for those who come later", async () => {
    const commit = new SharedCommit();
    gatherAll(commit, ["first", "second"]);
    await vi.advanceTimersByTimeAsync(2);
    const later = gatherAll(commit, ["third", "fourth"]);
    await vi.advanceTimersByTimeAsync(0);
    expect(later).toEqual([]);
    await vi.advanceTimersByTimeAsync(2);
    expect(later).toEqual(["third", "fourth"]);
  });
});
