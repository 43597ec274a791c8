// What the bundle takes of zod (`wrangler.toml`, `[alias]`): all but its fifty languages of error texts, its compiler and its
// readers of JSON Schema, a fifth of the whole bundle. `@hono/zod-openapi` hands zod on as one object, so nothing of it would
// be left out by itself.
import * as z from "./zod-parts.js";

export * from "./zod-parts.js";
export { z, z as default };
