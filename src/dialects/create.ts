// The three APIs served at their own paths: an existing client changes only its host.
import { Hono } from "hono";
import { createAopayDialect } from "./aopay.ts";
import { createBacknpayDialect } from "./backnpay.ts";
import { createNurrDialect } from "./nurr.ts";
import type { DialectEnv } from "./services.ts";

/** All dialects. Whoever mounts it sets the variable `services` before; it touches no path but the protocols' own. */
export function createDialects(): Hono<DialectEnv> {
  const dialects = new Hono<DialectEnv>();
  dialects.route("/", createBacknpayDialect());
  dialects.route("/", createAopayDialect());
  dialects.route("/", createNurrDialect());
  return dialects;
}
