// Mounts the surfaces on one Hono app.
import { Hono } from "hono";

export const app = new Hono<{ Bindings: Env }>();
