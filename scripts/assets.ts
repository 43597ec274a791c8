// Copies what pages of ours load from the browser into `public/`: nothing is fetched from another host.
import { cpSync, mkdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const copies = [
  {
    from: "node_modules/@scalar/api-reference/dist/browser/standalone.js",
    to: "public/scalar/standalone.js",
  },
];

/** Copies each asset that is missing or of another size; returns the paths written. */
export function copyAssets(): string[] {
  return copies.flatMap(({ from, to }) => {
    if (statSync(to, { throwIfNoEntry: false })?.size === statSync(from).size) return [];
    mkdirSync(to.slice(0, to.lastIndexOf("/")), { recursive: true });
    cpSync(from, to);
    return [to];
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) copyAssets();
