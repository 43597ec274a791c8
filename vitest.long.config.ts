// The long runs: `npm run test:long`. Not part of `npm test`.
import { defineConfig } from "vitest/config";

export default defineConfig({ test: { include: ["test/long/**/*.test.ts"], testTimeout: 900_000 } });
