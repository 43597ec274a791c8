// Shows that a deploy would go through: wrangler checks the live installation's file and bundles by it, and the bundle is small.
import { bundle } from "./bundle.ts";

const liveConfig = "wrangler.live.toml";
/** Of the bundle, gzipped: every new isolate reads it all. What to do when it is above: `functions/slim`, docs/development.md. */
const largestKiB = 400;

const { uploadKiB, gzipKiB } = await bundle(liveConfig);
if (gzipKiB > largestKiB) throw new Error(`the bundle has ${gzipKiB} KiB gzipped; at most ${largestKiB}`);
console.log(`deploy --dry-run: ${liveConfig} is in order; the bundle has ${uploadKiB} KiB, ${gzipKiB} gzipped`);
