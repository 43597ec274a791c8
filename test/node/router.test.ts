import { TrieRouter } from "hono/router/trie-router";
import { expect, test } from "vitest";
import { createApi } from "../../src/api/create.ts";
import { createRouter } from "../../src/router.ts";

test("every route of the API is found as by a trie, the first time and again", () => {
  const { routes } = createApi();
  const router = createRouter();
  const trie = new TrieRouter();
  for (const { method, path, handler } of routes) {
    router.add(method, path, handler);
    trie.add(method, path, handler);
  }
  const paths = [...new Set(routes.flatMap(({ path }) => [path, path.replaceAll(/:\w+|\*/g, "x"), `${path}/x`]))];
  for (const path of [...paths, ...paths])
    for (const method of ["GET", "POST", "PUT", "DELETE", "OPTIONS"])
      expect(router.match(method, path)).toEqual(trie.match(method, path));
});

test("a path is searched for once where it is a route, each time where its parameters are", () => {
  const router = createRouter<string>();
  router.add("POST", "/orders/quote", "quote");
  router.add("POST", "/orders/:id", "order");
  const quote = router.match("POST", "/orders/quote");
  expect(quote).toEqual([
    [
      ["quote", {}],
      ["order", { id: "quote" }],
    ],
  ]);
  expect(router.match("POST", "/orders/quote")).toBe(quote);
  expect(router.match("POST", "/orders/1")).toEqual([[["order", { id: "1" }]]]);
  expect(router.match("POST", "/orders/2")).toEqual([[["order", { id: "2" }]]]);
  expect(router.match("GET", "/orders/quote")).toEqual([[]]);
});

test("a route that is added later is found", () => {
  const router = createRouter<string>();
  router.add("GET", "/orders", "first");
  expect(router.match("GET", "/orders")).toEqual([[["first", {}]]]);
  router.add("GET", "/orders", "second");
  expect(router.match("GET", "/orders")[0]).toHaveLength(2);
});
