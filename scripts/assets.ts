// Copies what pages of ours load from the browser, and the document of the API, into `public/`: nothing is fetched from another host.
import { cpSync, mkdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const copies = [
  {
    from: "node_modules/@scalar/api-reference/dist/browser/standalone.js",
    to: "public/scalar/standalone.js",
  },
  { from: "node_modules/htmx.org/dist/htmx.min.js", to: "public/console/htmx.js" },
  {
    from: "node_modules/@simplewebauthn/browser/dist/bundle/index.umd.min.js",
    to: "public/console/passkeys.js",
  },
  { from: "openapi.json", to: "public/openapi.json" },
  { from: "src/console/static/console.css", to: "public/console/console.css" },
  { from: "src/console/static/console.js", to: "public/console/console.js" },
];

/** Copies each asset that is missing or older than its source, or of another size; returns the paths written. */
export function copyAssets(): string[] {
  return copies.flatMap(({ from, to }) => {
    const [there, here] = [statSync(to, { throwIfNoEntry: false }), statSync(from)];
    if (there?.size === here.size && there.mtimeMs >= here.mtimeMs) return [];
    mkdirSync(to.slice(0, to.lastIndexOf("/")), { recursive: true });
    cpSync(from, to);
    return [to];
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) copyAssets();
