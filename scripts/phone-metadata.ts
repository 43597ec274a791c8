// Extracts the numbering plans of India and Bangladesh from libphonenumber-js: node scripts/phone-metadata.ts
// Run it after each update of that library; a test says when the committed file has fallen behind.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import all from "libphonenumber-js/metadata.min.json";

/** The part of libphonenumber-js's own metadata that the catalogue needs: four kilobytes instead of eighty. */
export function extractPhoneMetadata() {
  return { version: all.version, countries: { BD: all.countries.BD, IN: all.countries.IN } };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const target = "src/catalog/phone-metadata.json";
  writeFileSync(target, `${JSON.stringify(extractPhoneMetadata(), null, 2)}\n`);
}
