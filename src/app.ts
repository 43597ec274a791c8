// Mounts the surfaces on one Hono app.
import { Hono } from "hono";
import { createApi } from "./api/create.ts";
import { createHooks } from "./api/hooks.ts";
import { createBots } from "./bots/create.ts";
import { createConsole } from "./console/create.tsx";
import { createDialects } from "./dialects/create.ts";
import { createRouter } from "./router.ts";
import { surfaceServices } from "./services/surfaces.ts";

interface AppEnv {
  Bindings: Env;
  Variables: { services: ReturnType<typeof surfaceServices>; answerThrown?: (thrown: unknown) => Response };
}

export const app = new Hono<AppEnv>({ router: createRouter() });

/** Built once for the bindings of an isolate. */
const built = new WeakMap<Env, ReturnType<typeof surfaceServices>>();

function build(env: Env): ReturnType<typeof surfaceServices> {
  const services = surfaceServices(env);
  built.set(env, services);
  return services;
}

app.use(async (c, next) => {
  c.set("services", built.get(c.env) ?? build(c.env));
  await next();
});
app.onError((thrown, c) => {
  const answer = c.get("answerThrown");
  if (answer !== undefined) return answer(thrown);
  // No surface had it yet: the settings are wrong, and say which one.
  console.error(thrown);
  return c.text("Internal Server Error", 500);
});
app.route("/", createApi());
app.route("/", createHooks());
app.route("/", createDialects());
app.route("/", createBots());
app.route(
  "/",
  createConsole(async (request, c) => app.fetch(request, c.env)),
);
