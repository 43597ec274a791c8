// Starts the libSQL server of the tests, applies the migrations, and provides its URL.
import { readdir, readFile } from "node:fs/promises";
import { createClient } from "@libsql/client/web";
import type { TestProject } from "vitest/node";
import { startHranaServer } from "./hrana-server.mjs";

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startHranaServer();
  const client = createClient({ url: server.url });
  const files = (await readdir("migrations")).filter((name) => name.endsWith(".sql")).toSorted();
  for (const file of files) await client.executeMultiple(await readFile(`migrations/${file}`, "utf8"));
  project.provide("libsqlUrl", server.url);
  return () => server.close();
}
