// The controls of soak runs are in no deployed Worker, and dead in a live installation.
import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import gateway from "../../functions/worker.ts";
import faulty from "../../scripts/soak/workers/faulty-gateway.ts";

const abort = () =>
  new Request("http://gateway.test/soak/abort", {
    method: "POST",
    body: JSON.stringify({ kind: "account", name: "account-1" }),
  });
const breakLedger = () =>
  new Request("http://gateway.test/soak/ledger", { method: "PUT", body: '{"isDown":true,"failures":[]}' });

describe("the controls of a soak run", () => {
  it.each([abort, breakLedger])("are not in the Worker that is deployed, in no installation", async (request) => {
    for (const INSTALLATION of ["local", "live"] as const) {
      const reply = await gateway.fetch(request(), { ...env, INSTALLATION }, createExecutionContext());
      expect(reply.status).toBe(404);
    }
  });

  it.each([abort, breakLedger])(
    "do nothing in a live installation, should it run the soak's Worker",
    async (request) => {
      const reply = await faulty.fetch(request(), { ...env, INSTALLATION: "live" }, createExecutionContext());
      expect(reply.status).toBe(404);
      expect(await env.DB.prepare("select 1 as alive").all()).toMatchObject({ results: [{ alive: 1 }] });
    },
  );

  it("work in a local one", async () => {
    const reply = await faulty.fetch(breakLedger(), env, createExecutionContext());
    expect(await reply.json()).toEqual({ isDown: true, failures: [] });
    await expect(env.DB.prepare("select 1 as alive").all()).rejects.toThrow("Network connection lost");
  });
});
