import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createApi } from "../../../src/api/create.ts";
import { openApiDocument } from "../../../src/api/document.ts";
import { openApi } from "../../support/api-without-accounts.ts";

const document = openApiDocument(createApi());

test("openapi.json is what the code says; `node scripts/openapi.ts` writes it", () => {
  expect(JSON.parse(readFileSync("openapi.json", "utf8"))).toEqual(JSON.parse(JSON.stringify(document)));
});

test("the gateway serves the file", async () => {
  const reply = await (await openApi({ asset: async (path) => new Response(`the file ${path}`) })).ask("/openapi.json");
  expect(reply.headers.get("Content-Type")).toBe("application/json; charset=utf-8");
  expect(await reply.text()).toBe("the file /openapi.json");
});

test("the header `Prefer` of an order is described, and may be left out", () => {
  expect(document.paths?.["/v1/recharges"]?.post?.parameters).toEqual([
    expect.objectContaining({ name: "prefer", in: "header", required: false }),
  ]);
});

test("every route but the pages is in it, with a name of its own", () => {
  const operations = Object.values(document.paths ?? {}).flatMap((path) =>
    [path.get, path.post, path.put, path.delete].flatMap((operation) => operation?.operationId ?? []),
  );
  expect(new Set(operations).size).toBe(operations.length);
  expect(
    Object.keys(document.paths ?? {})
      .toSorted()
      .filter((path) => path.startsWith("/v1")),
  ).toEqual([
    "/v1/balance",
    "/v1/bulk-recharges",
    "/v1/bulk-recharges/{id}",
    "/v1/bulk-recharges/{id}/cancel",
    "/v1/bulk-recharges/{id}/pause",
    "/v1/bulk-recharges/{id}/problems",
    "/v1/bulk-recharges/{id}/result",
    "/v1/bulk-recharges/{id}/start",
    "/v1/chat-users",
    "/v1/chat-users/{user}",
    "/v1/chat-users/{user}/codes",
    "/v1/disputes",
    "/v1/events",
    "/v1/keys",
    "/v1/numbers/lookup",
    "/v1/products",
    "/v1/recharges",
    "/v1/recharges/quote",
    "/v1/recharges/{id}",
    "/v1/recharges/{id}/dispute",
    "/v1/recharges/{id}/evidence",
    "/v1/reports/commission",
    "/v1/reports/day-book",
    "/v1/statement",
    "/v1/webhook-endpoints",
    "/v1/webhook-endpoints/{endpoint}",
    "/v1/webhook-endpoints/{endpoint}/deliveries",
    "/v1/webhook-endpoints/{endpoint}/deliveries/{delivery}/redeliver",
    "/v1/webhook-endpoints/{endpoint}/redeliveries",
    "/v1/webhook-endpoints/{endpoint}/secret",
    "/v1/webhook-endpoints/{endpoint}/test",
  ]);
});
