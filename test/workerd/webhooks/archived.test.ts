// What a webhook desk no longer needs goes to the archive first, or it stays.
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { partnerIdOf } from "../../../src/base/id.ts";
import { newAccount, until } from "../../support/sandbox.ts";
import {
  bringAll,
  deskOf,
  newEndpoint,
  nextLook,
  readDeliveries,
  recharge,
  useReceivers,
} from "../../support/webhooks.ts";

beforeEach(useReceivers);
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const dayMs = 86_400_000;
const archived = async (account: number) => {
  const { objects } = await env.ARCHIVE.list({ prefix: `webhooks/${partnerIdOf(account)}/` });
  const texts = await Promise.all(objects.map(async ({ key }) => (await env.ARCHIVE.get(key))?.text() ?? ""));
  return texts.flatMap((text) => text.trimEnd().split("\n")).map((line): { event: number } => JSON.parse(line));
};

it("old deliveries leave the desk once the archive has them, and stay while it does not answer", async () => {
  const { account, number } = await newAccount();
  const { endpoint } = await newEndpoint(number);
  await recharge(account);
  await bringAll();
  const before = await readDeliveries(number, endpoint);
  expect(before.length).toBeGreaterThan(0);
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 31 * dayMs });
  const put = vi.spyOn(Object.getPrototypeOf(env.ARCHIVE), "put").mockRejectedValue(new Error("R2 is down"));
  await deskOf(number).sweep(true);
  await until(async () => put.mock.calls.length, 1);
  expect(await readDeliveries(number, endpoint)).toEqual(before);
  put.mockResolvedValue(null);
  await deskOf(number).sweep(true);
  await until(async () => put.mock.calls.length, 2);
  expect(await readDeliveries(number, endpoint), "what was not seen in the archive stays").toEqual(before);
  put.mockRestore();
  await deskOf(number).sweep(true);
  await until(() => readDeliveries(number, endpoint), []);
  expect((await archived(number)).map(({ event }) => event)).toEqual(before.map(({ event }) => event).toReversed());
});

it("what a removed endpoint leaves behind goes the same way", async () => {
  const { account, number } = await newAccount();
  const { endpoint } = await newEndpoint(number);
  await recharge(account);
  await bringAll();
  const before = await readDeliveries(number, endpoint);
  await deskOf(number).remove(endpoint.id);
  while (await nextLook(number, Date.now() + 3_600_000));
  await expect.poll(async () => (await archived(number)).length).toBe(before.length);
});

it("an archive that never answers holds up no webhook", async () => {
  const { account, number } = await newAccount();
  const { endpoint } = await newEndpoint(number);
  const { endpoint: gone } = await newEndpoint(number);
  await recharge(account, 2);
  await bringAll();
  const before = await readDeliveries(number, endpoint);
  const put = vi.spyOn(Object.getPrototypeOf(env.ARCHIVE), "put").mockReturnValue(new Promise(() => undefined));
  await deskOf(number).remove(gone.id);
  expect(await nextLook(number, Date.now() + 3_600_000)).toBe(true);
  await recharge(account);
  await bringAll();
  await deskOf(number).sweep(true);
  const after = await readDeliveries(number, endpoint);
  expect(after.length).toBe(2 * before.length);
  expect(new Set(after.map(({ state }) => state))).toEqual(new Set(before.map(({ state }) => state)));
  expect(put, "one archiving at a time").toHaveBeenCalledOnce();
});
