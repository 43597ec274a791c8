// Clients that go away and a gateway that dies, on workerd itself: the upstream executed once, and we find out.
import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Installation } from "../../scripts/installation.ts";
import {
  dropState,
  findRecharge,
  makeStatePath,
  order,
  placeRecharge,
  readEvidence,
  readJournal,
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

test("settles the recharge of a client that disconnects while the upstream is working", async () => {
  const body = order("disconnect-1", "in.airtel.prepaid", "9826386402");
  const socket = connect(Number(new URL(installation.gateway.url).port), "127.0.0.1");
  socket.on("error", () => {});
  socket.write(
    `POST /v1/recharges HTTP/1.1\r\nhost: gateway\r\nauthorization: Bearer rk_test_demo\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
  await until(
    () => readJournal(installation, "9826386402"),
    (entries) => entries.length === 1,
  );
  socket.resetAndDestroy();
  const recharge = await until(
    () => findRecharge(installation, "disconnect-1"),
    (found) => found?.state === "succeeded",
  );
  expect(await readEvidence(installation, recharge?.id ?? "")).toEqual([["reply: success"]]);
  expect(await readJournal(installation, "9826386402")).toMatchObject([{ executions: 1, deliveries: 1 }]);
});

test("settles by lookup what was sent before the gateway was killed", async () => {
  const body = order("killed-1", "in.airtel.prepaid", "9826386502");
  const lost = placeRecharge(installation, body).then(
    () => "answered",
    () => "lost",
  );
  await until(
    () => readJournal(installation, "9826386502"),
    (entries) => entries.length === 1,
  );
  await installation.gateway.crash();
  expect(await lost).toBe("lost");
  const recharge = await until(
    () => findRecharge(installation, "killed-1"),
    (found) => found?.state === "succeeded",
  );
  expect(await readEvidence(installation, recharge?.id ?? "")).toEqual([["reply: unclear", "lookup: success"]]);
  expect(await placeRecharge(installation, body)).toMatchObject({ id: recharge?.id, state: "succeeded" });
  expect(await readJournal(installation, "9826386502")).toMatchObject([{ executions: 1, deliveries: 1 }]);
});
