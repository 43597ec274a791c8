// A fault of a page: logged once, and the person gets a reference and nothing of what happened.
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { routePath } from "hono/route";
import type { ConsoleEnv } from "./console-env.ts";
import { Document } from "./page.tsx";

/** What a page has thrown; a refusal of the framework (403 for a form of another site) stays what it is. */
export function answerFault(thrown: Error, c: Context<ConsoleEnv>): Response | Promise<Response> {
  if (thrown instanceof HTTPException) return thrown.getResponse();
  const reference = crypto.randomUUID();
  const { method } = c.req;
  c.get("services").log.error("console_fault", { reference, method, route: routePath(c) }, thrown);
  return c.html(
    <Document title="A fault">
      <main id="main" class="sign-in">
        <h1>This page could not be made</h1>
        <p>
          Nothing is claimed about what you asked for: look whether it was done before you do it again. The log has the
          fault under <code>{reference}</code>.
        </p>
      </main>
    </Document>,
    500,
  );
}
