// The simulator's callbacks reach the gateway's hook, over the network, as hints.
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Installation } from "../../scripts/installation.ts";
import {
  dropState,
  findRecharge,
  makeStatePath,
  order,
  placeRecharge,
  readEvidence,
  startSandbox,
  until,
} from "./sandbox.ts";

const statePath = makeStatePath();
let installation: Installation;

beforeAll(async () => {
  installation = await startSandbox(statePath);
}, 60_000);

afterAll(async () => {
  await installation.dispose();
  dropState(statePath);
});

it("a success that is reversed upstream is reversed here, because a callback says so and a lookup agrees", async () => {
  const placed = await placeRecharge(installation, order("callback-45", "in.airtel.prepaid", "9826386445"));
  expect(placed.state).toBe("succeeded");
  await until(
    () => findRecharge(installation, "callback-45"),
    (recharge) => recharge?.state === "reversed",
  );
  expect(await readEvidence(installation, placed.id)).toEqual([["reply: success", "hint: failure", "lookup: failure"]]);
});

it("two equal callbacks are one piece of evidence", async () => {
  const placed = await placeRecharge(installation, order("callback-65", "in.airtel.prepaid", "9826386465"));
  await until(
    () => readEvidence(installation, placed.id),
    ([first = []]) => first.includes("hint: success"),
  );
  expect(await readEvidence(installation, placed.id)).toEqual([["reply: success", "hint: success"]]);
});
