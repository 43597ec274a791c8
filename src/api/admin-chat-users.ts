// `/admin/v1` about recharges by chat: the bots, a partner's chat users, and unlinking or blocking one.
import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { ChatUserView, StaffChatWish } from "../accounts/chat-types.ts";
import { readPartnerId } from "../base/id.ts";
import { type Refusal, refusal } from "../base/refusal.ts";
import { ok, type Result, refuse } from "../base/result.ts";
import { auditWrite } from "../partners/audit.ts";
import { channels } from "../partners/chat-secrets.ts";
import { adminRoute, type Api, noQuery, nothing } from "./admin-routes.ts";
import { addChatUserList, chatUsersPath } from "./chat-users.ts";
import { chatUserSchema, presentChatUser } from "./chat-users-schema.ts";
import { doorRouteWithBody, staffDoor } from "./doors.ts";
import { actOf } from "./entry.ts";
import { plainSchema } from "./parameters.ts";
import { answerRefusal } from "./problem.ts";
import type { ApiEnv } from "./services.ts";

const door = staffDoor({ path: chatUsersPath });
const dayMs = 86_400_000;
const noSuchUser = refusal("not_found", "There is no such chat user.");

export function addStaffChatUsers(api: Api): void {
  addChatUserList(api, door, (c, wish) => accountIn(c).askChatUsers(null, wish));
  addVerbs(api);
  addBots(api);
}

function accountIn(c: Context<ApiEnv>) {
  return c.get("services").account(readPartnerId(c.req.param("partner") ?? "") ?? 0);
}

const summaries = {
  unlink: "Unlink a user's chat before this answers; a new code of the partner links one again",
  block: "Unlink a user's chat before this answers, and let none be linked to it",
  unblock: "Let chats be linked to a user again",
} as const;

function addVerbs(api: Api): void {
  for (const verb of ["unlink", "block", "unblock"] as const) {
    const route = doorRouteWithBody(
      door,
      "post",
      {
        path: `/{user}/${verb}`,
        verb,
        noun: "ChatUser",
        summary: summaries[verb],
        access: "write",
        good: [{ status: 200, what: "The user now.", schema: chatUserSchema }],
        refused: ["not_found"],
      },
      {
        params: door.params.extend({ user: z.string().openapi({ example: "chu_000010001" }) }),
        body: z
          .strictObject({ reason: plainSchema(200).openapi({ description: "Of a block the partner reads it." }) })
          .openapi("ChatUserReason"),
      },
    );
    api.openapi(route, async (c) => {
      const { reason } = c.req.valid("json");
      const { user: id } = c.req.valid("param");
      const changed = await change(c, verb === "block" ? { kind: verb, id, reason } : { kind: verb, id });
      if (!changed.ok) return answerRefusal(c, changed.problem);
      const { before, after } = changed.value;
      await auditWrite(c.get("services").manage, actOf(c), {
        verb: `${verb}_chat_user`,
        subject: id,
        before: standingOf(before),
        after: { ...standingOf(after), reason },
      });
      return c.json(presentChatUser(after), 200);
    });
  }
}

async function change(
  c: Context<ApiEnv>,
  wish: StaffChatWish,
): Promise<Result<{ readonly before: ChatUserView; readonly after: ChatUserView }, Refusal>> {
  const users = await accountIn(c).askChatUsers(null, { kind: "list" });
  if (!users.ok) return users;
  const before = users.value.find(({ id }) => id === wish.id);
  if (before === undefined) return refuse(noSuchUser);
  const changed = await accountIn(c).askChatUsers(null, wish);
  if (!changed.ok) return changed;
  const [after] = changed.value;
  return after === undefined ? refuse(noSuchUser) : ok({ before, after });
}

function standingOf({ channel, shownAs, blocked }: ChatUserView) {
  return { channel, chat: shownAs, blocked: blocked?.reason ?? null };
}

const botSchema = z
  .object({
    channel: z.enum(channels),
    is_set_up: z.boolean(),
    name: z.string().nullable().openapi({ description: "What people find it by; null where it has no such name." }),
    webhook_path: z.string().openapi({ description: "Where its platform sends what people write." }),
  })
  .openapi("Bot");

function addBots(api: Api): void {
  const route = adminRoute(
    "get",
    {
      path: "/admin/v1/bots",
      operationId: "listBots",
      summary: "The bots, and how many of their messages no platform took",
      scope: "viewer",
      good: [
        {
          status: 200,
          what: "The bots.",
          schema: z.object({
            bots: z.array(botSchema),
            given_up: z.array(z.object({ day: z.string(), count: z.int() })).openapi({
              description: "Messages that were given up, by UTC day, the newest first; of the last 90 days.",
            }),
          }),
        },
      ],
    },
    { params: nothing, query: noQuery },
  );
  api.openapi(route, async (c) => {
    const services = c.get("services");
    const { bots } = services;
    const givenUp = (await services.readCounters()).filter(({ name }) => name === "chat_message_given_up");
    return c.json(
      {
        bots: channels.map((channel) => ({
          channel,
          is_set_up: bots[channel] !== null,
          name: channel === "telegram" ? (bots.telegram?.username ?? null) : null,
          webhook_path: `/bots/${channel}`,
        })),
        given_up: givenUp.map(({ day, count }) => ({
          day: new Date(day * dayMs).toISOString().slice(0, 10),
          count,
        })),
      },
      200,
    );
  });
}
