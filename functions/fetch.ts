// Every HTTP request: the surfaces.
import { app } from "../src/app.ts";

export function fetch(request: Request, env: Env, context: ExecutionContext): Response | Promise<Response> {
  return app.fetch(request, env, context);
}
