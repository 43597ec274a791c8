// `/v1/chat-users`: who recharges by chat for a partner, with what limits, and the codes that link a chat to one of them.
import { createRoute, z } from "@hono/zod-openapi";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { ChatUserView, ChatUserWish } from "../accounts/chat-types.ts";
import { assert } from "../base/assert.ts";
import type { Refusal, RefusalCode } from "../base/refusal.ts";
import { ok, type Result } from "../base/result.ts";
import { chatPinHash, newChatCode, readChatCode } from "../partners/chat-secrets.ts";
import { noQuery } from "./admin-routes.ts";
import { requireJson } from "./body.ts";
import {
  changedChatUserSchema,
  chatCodeSchema,
  chatUserSchema,
  limitsOf,
  newChatUserSchema,
  presentChatUser,
} from "./chat-users-schema.ts";
import { type Door, doorRoute, partnerDoor } from "./doors.ts";
import { requireScope } from "./entry.ts";
import { answers } from "./problem-schema.ts";
import { answerRefusal } from "./problem.ts";
import type { RateLimiter } from "./rate.ts";
import { presentTime } from "./recharge-schema.ts";
import type { ApiEnv } from "./services.ts";

const entryCodes = ["credentials", "address", "scope", "rate"] as const satisfies readonly RefusalCode[];
const bodyCodes = ["content_type", "body_too_large", "body_malformed", "parameter"] as const;
export const chatUsersPath = "/chat-users";
const path = `/v1${chatUsersPath}`;
const params = z.object({ user: z.string().openapi({ example: "chu_000010001" }) });
const same = { tags: ["Chat users"], security: [{ key: [] }] };

export function addChatUserRoutes(api: OpenAPIHono<ApiEnv>, limiter: RateLimiter): void {
  const scopes = { read: "chat:write", write: "chat:write" } as const;
  addChatUserList(api, partnerDoor({ path: chatUsersPath, tag: "Chat users", scopes }, limiter));
  addNew(api, limiter);
  addChange(api, limiter);
  addCode(api, limiter);
  addRemove(api, limiter);
}

async function askAccount(c: Context<ApiEnv>, wish: ChatUserWish): Promise<Result<readonly ChatUserView[], Refusal>> {
  const { caller, account } = c.get("authenticated");
  return c.get("services").account(account).askChatUsers(caller, wish);
}

/** For wishes that are answered with one user. */
async function askForOne(c: Context<ApiEnv>, wish: ChatUserWish): Promise<Result<ChatUserView, Refusal>> {
  const answer = await askAccount(c, wish);
  if (!answer.ok) return answer;
  const [user] = answer.value;
  assert(user !== undefined, "the account answers with the user");
  return ok(user);
}

/** For the partner, and for staff who ask about it. */
export function addChatUserList(api: OpenAPIHono<ApiEnv>, door: Door, ask: typeof askAccount = askAccount): void {
  const route = doorRoute(
    door,
    "get",
    {
      path: "",
      verb: "list",
      noun: "ChatUsers",
      summary: "Who recharges by chat for a partner",
      access: "read",
      good: [
        { status: 200, what: "The users, oldest first.", schema: z.object({ chat_users: z.array(chatUserSchema) }) },
      ],
      refused: ["not_found"],
    },
    { params: door.params, query: noQuery },
  );
  api.openapi(route, async (c) => {
    const users = await ask(c, { kind: "list" });
    return users.ok ? c.json({ chat_users: users.value.map(presentChatUser) }, 200) : answerRefusal(c, users.problem);
  });
}

function addNew(api: OpenAPIHono<ApiEnv>, limiter: RateLimiter): void {
  const route = createRoute({
    ...same,
    method: "post",
    path,
    operationId: "addChatUser",
    summary: "Add a user who recharges by chat",
    description: "Then issue a code, which the user sends to the bot.",
    middleware: [requireScope("chat:write", limiter), requireJson],
    request: { body: { required: true, content: { "application/json": { schema: newChatUserSchema } } } },
    responses: answers([{ status: 201, what: "The user.", schema: chatUserSchema }], [...entryCodes, ...bodyCodes]),
  });
  api.openapi(route, async (c) => {
    const { name, language = "en", limits = [], pin } = c.req.valid("json");
    const wanted = { name, language, limits: limitsOf(limits) };
    const added = await askForOne(c, { kind: "add", wanted });
    if (!added.ok) return answerRefusal(c, added.problem);
    const { id } = added.value;
    const user =
      pin === undefined
        ? added
        : await askForOne(c, { kind: "change", id, wanted: { ...wanted, pinHash: pinHashOf(c, id, pin) } });
    return user.ok ? c.json(presentChatUser(user.value), 201) : answerRefusal(c, user.problem);
  });
}

function addChange(api: OpenAPIHono<ApiEnv>, limiter: RateLimiter): void {
  const route = createRoute({
    ...same,
    method: "put",
    path: `${path}/{user}`,
    operationId: "changeChatUser",
    summary: "Change a chat user; what it may spend counts from the next order",
    middleware: [requireScope("chat:write", limiter), requireJson],
    request: { params, body: { required: true, content: { "application/json": { schema: changedChatUserSchema } } } },
    responses: answers(
      [{ status: 200, what: "The user now.", schema: chatUserSchema }],
      [...entryCodes, ...bodyCodes, "not_found"],
    ),
  });
  api.openapi(route, async (c) => {
    const { user: id } = c.req.valid("param");
    const { name, language, limits, pin } = c.req.valid("json");
    const pinHash = pin === undefined || pin === null ? pin : pinHashOf(c, id, pin);
    const wanted = { name, language, limits: limitsOf(limits), ...(pinHash !== undefined && { pinHash }) };
    const changed = await askForOne(c, { kind: "change", id, wanted });
    return changed.ok ? c.json(presentChatUser(changed.value), 200) : answerRefusal(c, changed.problem);
  });
}

function pinHashOf(c: Context<ApiEnv>, user: string, pin: string): string {
  return chatPinHash(c.get("services").manage.hashSecret, user, pin);
}

function addCode(api: OpenAPIHono<ApiEnv>, limiter: RateLimiter): void {
  const route = createRoute({
    ...same,
    method: "post",
    path: `${path}/{user}/codes`,
    operationId: "issueChatCode",
    summary: "Issue the code that links a chat to this user",
    description:
      "Good once and for a quarter of an hour; an earlier one is void. A chat that is linked stays so until the code is used.",
    middleware: [requireScope("chat:write", limiter)],
    request: { params },
    responses: answers(
      [{ status: 201, what: "The code, shown once.", schema: chatCodeSchema }],
      [...entryCodes, "suspended", "not_found"],
    ),
  });
  api.openapi(route, async (c) => {
    const { clock, chatCodeMs, manage } = c.get("services");
    const code = newChatCode(manage.hashSecret, c.get("authenticated").account);
    const hash = readChatCode(manage.hashSecret, code)?.hash;
    assert(hash !== undefined, "a code of ours can be read");
    const expiresAt = clock.now() + chatCodeMs;
    const issued = await askForOne(c, { kind: "code", id: c.req.valid("param").user, hash, expiresAt });
    if (!issued.ok) return answerRefusal(c, issued.problem);
    return c.json({ code, expires_at: presentTime(expiresAt) }, 201);
  });
}

function addRemove(api: OpenAPIHono<ApiEnv>, limiter: RateLimiter): void {
  const route = createRoute({
    ...same,
    method: "delete",
    path: `${path}/{user}`,
    operationId: "removeChatUser",
    summary: "Remove a chat user: the chat is unlinked before this answers",
    description: "What is pending goes on; nothing more is told to the chat.",
    middleware: [requireScope("chat:write", limiter)],
    request: { params },
    responses: answers([{ status: 204, what: "Removed." }], [...entryCodes, "not_found"]),
  });
  api.openapi(route, async (c) => {
    const removed = await askForOne(c, { kind: "remove", id: c.req.valid("param").user });
    return removed.ok ? c.body(null, 204) : answerRefusal(c, removed.problem);
  });
}
