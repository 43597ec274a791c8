// Who may read `/metrics`.
import { expect, it } from "vitest";
import { metricsToken, openApi, staffToken } from "../../support/api-without-accounts.ts";

const api = await openApi();
const statusWith = async (headers?: Record<string, string>) =>
  (await api.ask("/metrics", headers === undefined ? {} : { headers })).status;

it("is open to the scraper's token and to staff, and to nobody else", async () => {
  expect(await statusWith({ Authorization: `Bearer ${metricsToken}` })).toBe(200);
  expect(await statusWith({ Authorization: `Bearer ${staffToken}` })).toBe(200);
  expect(await statusWith()).toBe(401);
  expect(await statusWith({ Authorization: "Bearer rk_test_ALL" })).toBe(401);
  expect(await statusWith({ Authorization: `Bearer ${metricsToken}x` })).toBe(401);
  expect((await api.ask(`/metrics?token=${metricsToken}`)).status).toBe(401);
});

it("answers the scraper while the ledger is down, in OpenMetrics and never stored", async () => {
  api.database.become("down");
  const reply = await api.ask("/metrics", { headers: { Authorization: `Bearer ${metricsToken}` } });
  api.database.become("up");
  expect(await reply.text()).toBe("# EOF\n");
  expect(reply.headers.get("Content-Type")).toBe("application/openmetrics-text; version=1.0.0; charset=utf-8");
  expect(reply.headers.get("Cache-Control")).toBe("no-store");
});

it("has no token of its own where none is set", async () => {
  const closed = await openApi({ metrics: { token: null, read: async () => "# EOF\n" } });
  expect((await closed.ask("/metrics", { headers: { Authorization: `Bearer ${metricsToken}` } })).status).toBe(401);
});
