// Mounts the surfaces on one Hono app.
import { Hono } from "hono";
import { createApi } from "./api/create.ts";
import { createHooks } from "./api/hooks.ts";
import { createDialects } from "./dialects/create.ts";
import { surfaceServices } from "./services.ts";

export const app = new Hono<{ Bindings: Env; Variables: { services: ReturnType<typeof surfaceServices> } }>();

app.use(async (c, next) => {
  c.set("services", surfaceServices(c.env));
  await next();
});
app.route("/", createApi());
app.route("/", createHooks());
app.route("/", createDialects());
