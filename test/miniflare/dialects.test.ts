// aopay and nurr over real connections: the fixed sandbox credentials, and a client that is answered by hanging up.
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import type { Installation } from "../../scripts/installation.ts";
import { dropState, makeStatePath, startSandbox } from "./sandbox.ts";

const statePath = makeStatePath();
let installation: Installation;

beforeAll(async () => {
  installation = await startSandbox(statePath);
}, 60_000);

afterAll(async () => {
  await installation.dispose();
  dropState(statePath);
});

function postForm(fields: Readonly<Record<string, string>>): Promise<Response> {
  return fetch(`${installation.gateway.url}/api/mobile-recharge.php`, {
    method: "POST",
    body: new URLSearchParams(fields),
  });
}

async function askStaff(path: string, init: RequestInit = {}): Promise<unknown> {
  const headers = { authorization: `Bearer ${installation.staffToken}`, "content-type": "application/json" };
  return (await fetch(`${installation.gateway.url}/admin/v1${path}`, { ...init, headers })).json();
}

test("the aopay sample recharges from this machine with the registration alone, and from nowhere else", async () => {
  const body = { RegistrationID: "AOP-554", ProductID: 511, Amount: 10, Geocode: "23.6784,76.8764" };
  const send = (number: number, address?: string): Promise<Response> =>
    fetch(`${installation.gateway.url}/api/AOP/V2/MobileRecharge`, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...(address !== undefined && { "CF-Connecting-IP": address }) },
      body: JSON.stringify({ ...body, CustomerNumber: number }),
    });
  expect(await (await send(9_876_500_100)).json()).toMatchObject({ status: true, data: { status: "SUCCESS" } });
  expect((await send(9_876_500_200, "198.51.100.7")).status).toBe(401);
});

test("the nurr sample recharges with the fixed key", async () => {
  const login = { api_key: "demo-key", api_secret: "demo-secret" };
  const answer = await postForm({ ...login, phone: "01712350000", amount: "20", operator: "GP ST" });
  expect(await answer.json()).toMatchObject({ success: true, status: "Success", operator_name: "Grameenphone Skitto" });
});

const partnersSchema = z.looseObject({ partners: z.array(z.looseObject({ id: z.string() })) });
const issuedSchema = z.looseObject({ secrets: z.looseObject({ api_key: z.string(), api_secret: z.string() }) });

test("a client that chose so sees the connection end, and never a body, while the recharge is pending", async () => {
  const { partners } = partnersSchema.parse(await askStaff("/partners"));
  const wanted = { name: "hangs up", surface: "nurr", scopes: ["recharges:write"], doubt_answer: "hang_up" };
  const path = `/partners/${partners[0]?.id ?? ""}/keys`;
  const { secrets } = issuedSchema.parse(await askStaff(path, { method: "POST", body: JSON.stringify(wanted) }));
  const pending = { ...secrets, phone: "01712350035", amount: "20", operator: "GP" };
  await expect(postForm(pending).then((answer) => answer.text())).rejects.toThrow(/terminated|fetch failed|socket/i);
  const login = { api_key: "demo-key", api_secret: "demo-secret" };
  const told = await postForm({ ...pending, ...login });
  expect([told.status, await told.json()]).toMatchObject([202, { success: false, status: "Pending" }]);
});
