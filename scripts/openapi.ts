// Writes the OpenAPI document of the API to `openapi.json`; a test fails when the file and the code differ.
import { writeFileSync } from "node:fs";
import { createApi } from "../src/api/create.ts";
import { openApiDocument } from "../src/api/docs.ts";

writeFileSync("openapi.json", `${JSON.stringify(openApiDocument(createApi()), null, 2)}\n`);
