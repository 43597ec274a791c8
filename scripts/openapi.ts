// Writes the OpenAPI document of the API to `openapi.json`; a test fails when the file and the code differ.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createApi } from "../src/api/create.ts";
import { openApiDocument } from "../src/api/document.ts";

const path = "openapi.json";
writeFileSync(path, JSON.stringify(openApiDocument(createApi())));
const formatted = spawnSync("biome", ["format", "--write", path], { stdio: "inherit" });
process.exitCode = formatted.status ?? 1;
