// Whom a desk grants a lease.
import { describe, expect, it } from "vitest";
import { leaseAfter } from "../../../src/providers/desk.ts";

const noon = 1_800_000_000_000;
const leases = [
  ["a free lease", null, true],
  ["a lease that is over", { holder: "other", until: noon }, true],
  ["one's own lease, which renews it", { holder: "me", until: noon + 1 }, true],
  ["a lease that another holds", { holder: "other", until: noon + 1 }, false],
] as const;

describe("a lease", () => {
  it.each(leases)("asked for: %s", (_name, held, granted) => {
    const lease = granted ? { holder: "me", until: noon + 500 } : held;
    expect(leaseAfter(held, { holder: "me", ms: 500, now: noon })).toEqual({ granted, lease });
  });
});
