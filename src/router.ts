// The router of the app: a trie, since Hono's faster one takes no path such as `/quote` beside `/:id`.
import type { Result, Router } from "hono/router";
import { TrieRouter } from "hono/router/trie-router";

/** What a path without parameters leads to is the same each time, so it is searched for once; the routes bound the memory. */
export function createRouter<Handler>(): Router<Handler> {
  const trie = new TrieRouter<Handler>();
  const registered = new Set<string>();
  const found = new Map<string, Result<Handler>>();
  return {
    name: "trie that remembers",
    add(method, path, handler) {
      trie.add(method, path, handler);
      registered.add(`${method} ${path}`);
      found.clear();
    },
    match(method, path) {
      const key = `${method} ${path}`;
      const known = found.get(key);
      if (known !== undefined) return known;
      const result = trie.match(method, path);
      if (registered.has(key)) found.set(key, result);
      return result;
    },
  };
}
