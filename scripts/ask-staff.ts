// What an installation on this machine is asked as its first staff member.
import type { z } from "zod";
import type { Installation } from "./installation.ts";

/** A call of `/admin/v1` as the first staff member; throws where it is not answered with 2xx. */
export async function askStaff<Answer>(
  { gateway, staffToken }: Installation,
  path: string,
  schema: z.ZodType<Answer>,
  post?: unknown,
): Promise<Answer> {
  const reply = await fetch(`${gateway.url}/admin/v1${path}`, {
    headers: { authorization: `Bearer ${staffToken}`, "content-type": "application/json" },
    ...(post === undefined ? {} : { method: "POST", body: JSON.stringify(post) }),
  });
  const text = await reply.text();
  if (!reply.ok) throw new Error(`${path}: ${reply.status} ${text}`);
  return schema.parse(JSON.parse(text));
}
