// Webhooks over the network: a real queue, a real receiver, and a gateway that is killed with a webhook on its way.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import type { Installation } from "../../scripts/installation.ts";
import { ask, dropState, makeStatePath, order, placeRecharge, startSandbox, until } from "./sandbox.ts";

const statePath = makeStatePath();
const taken: string[] = [];
let secret = "";
/** What the receiver answers next; none: it takes what it can verify. */
const answers: number[] = [];
let isUp = true;
let installation: Installation;

const bodySchema = z.object({
  data: z.object({ now: z.object({ recharge: z.looseObject({ agent_id: z.string(), state: z.string() }) }) }),
});

const receiver = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    if (!isUp) return void request.socket.destroy();
    const status = answers.shift();
    if (status !== undefined) return void response.writeHead(status).end();
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const body = Buffer.concat(chunks).toString();
    const { data } = bodySchema.parse(new Webhook(secret).verify(body, headers));
    taken.push(`${data.now.recharge.agent_id} ${data.now.recharge.state}`);
    return void response.writeHead(204).end();
  });
});

beforeAll(async () => {
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  const times = {
    startByMs: 500,
    outboxDelayMs: 50,
    webhookLimitMs: limitMs,
    webhookRetryMs: [300, 1_000, 2_000, 2_000],
    webhookPutBackMs: 3_000,
  };
  installation = await startSandbox(statePath, { vars: { TIMES: JSON.stringify(times) } });
  const { port } = z.custom<AddressInfo>().parse(receiver.address());
  const body = JSON.stringify({ url: `http://127.0.0.1:${port}/in`, events: ["recharge.succeeded"] });
  const made = await ask(installation, "/v1/webhook-endpoints", { method: "POST", body });
  secret = z.object({ secret: z.string() }).parse(await made.json()).secret;
}, 60_000);

afterAll(async () => {
  await installation.dispose();
  receiver.close();
  dropState(statePath);
});

const place = (agentId: string, number: string) =>
  placeRecharge(installation, order(agentId, "in.airtel.prepaid", number));
/** One that is killed in the middle of a delivery gives it out again when its lease is over: the limit and 15 s. */
const limitMs = 4_000;
const leasedMs = limitMs + 15_000;
const has = (told: string) =>
  until(
    async () => [...taken],
    (all) => all.includes(told),
    leasedMs + 10_000,
  );

it("a success is told, signed, and told again where the first answer was no 2xx", async () => {
  answers.push(500, 302);
  await place("webhook-1", "9826386400");
  await has("webhook-1 succeeded");
  expect(taken).toEqual(["webhook-1 succeeded"]);
});

it("a webhook survives the gateway, whose queue is lost with it", async () => {
  isUp = false;
  await place("webhook-2", "9826386500");
  await installation.gateway.crash();
  isUp = true;
  await has("webhook-2 succeeded");
  expect(taken).toContain("webhook-2 succeeded");
}, 60_000);

it("never goes to the gateway itself or to a provider on this machine", async () => {
  for (const { url } of [installation.gateway, installation.simulator]) {
    const body = JSON.stringify({ url: `${url}/API/APIService.aspx` });
    const refused = await ask(installation, "/v1/webhook-endpoints", { method: "POST", body });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain("must not be a host of the gateway or of a provider");
  }
});
