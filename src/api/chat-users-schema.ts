// Chat users of a partner on the wire of `/v1/chat-users`.
import { z } from "@hono/zod-openapi";
import { chatLanguages, type ChatUserLimits, type ChatUserView } from "../accounts/chat-types.ts";
import { currencies, formatAmount, type Minor } from "../base/money.ts";
import { channels } from "../partners/chat-secrets.ts";
import { amountOf, amountSchema, plainSchema } from "./parameters.ts";
import { presentTime } from "./recharge-schema.ts";

const limitSchema = z
  .strictObject({
    currency: z.enum(currencies),
    per_recharge: amountSchema.nullable(),
    per_day: amountSchema.nullable(),
    pin_above: amountSchema.nullable(),
  })
  .openapi("ChatUserLimits", {
    description:
      "Beside the partner's own limits; null: none. Above `pin_above` a recharge needs the PIN, and without a PIN there is none above it.",
  });

const languageSchema = z.enum(chatLanguages).openapi({ description: "en by default; the user may change it." });
const pinSchema = z
  .string()
  .regex(/^\d{4,8}$/, "must be 4 to 8 digits")
  .openapi({ description: "Typed in the chat before a recharge above `pin_above`.", example: "4711" });

export const newChatUserSchema = z
  .strictObject({
    name: plainSchema(60),
    language: languageSchema.optional(),
    limits: z.array(limitSchema).max(currencies.length).optional(),
    pin: pinSchema.optional(),
  })
  .openapi("NewChatUser");

export const changedChatUserSchema = z
  .strictObject({
    name: plainSchema(60),
    language: languageSchema,
    limits: z.array(limitSchema).max(currencies.length),
    pin: pinSchema
      .nullable()
      .optional()
      .openapi({ description: "A new one also unlocks; null takes it away; left out it stays." }),
  })
  .openapi("ChangedChatUser");

export const chatUserSchema = z
  .object({
    id: z.string().openapi({ example: "chu_000010001" }),
    name: z.string(),
    language: z.enum(chatLanguages),
    limits: z.array(limitSchema),
    has_pin: z.boolean(),
    pin_locked: z.boolean().openapi({ description: "Five wrong PINs: set a new one to unlock." }),
    channel: z.enum(channels).nullable().openapi({ description: "null: no chat is linked." }),
    chat: z
      .string()
      .nullable()
      .openapi({ description: "The end of the chat's number or id.", example: "•••••••••400" }),
    linked_at: z.string().nullable(),
    blocked: z
      .object({ reason: z.string(), since: z.string() })
      .nullable()
      .openapi({ description: "Staff of the gateway let no chat be linked to this user." }),
    created_at: z.string(),
  })
  .openapi("ChatUser");

export const chatCodeSchema = z
  .object({
    code: z.string().openapi({ example: "0001A-…", description: "The user sends it to the bot, once. Shown once." }),
    expires_at: z.string(),
  })
  .openapi("ChatCode");

export function limitsOf(limits: z.infer<typeof limitSchema>[]): readonly ChatUserLimits[] {
  return limits.map((one) => ({
    currency: one.currency,
    perRecharge: amountOrNull(one.per_recharge),
    perDay: amountOrNull(one.per_day),
    pinAbove: amountOrNull(one.pin_above),
  }));
}

export function presentChatUser(user: ChatUserView): z.infer<typeof chatUserSchema> {
  return {
    id: user.id,
    name: user.name,
    language: user.language,
    limits: user.limits.map((one) => ({
      currency: one.currency,
      per_recharge: printOrNull(one.perRecharge),
      per_day: printOrNull(one.perDay),
      pin_above: printOrNull(one.pinAbove),
    })),
    has_pin: user.hasPin,
    pin_locked: user.isPinLocked,
    channel: user.channel,
    chat: user.shownAs,
    blocked: user.blocked === null ? null : { reason: user.blocked.reason, since: presentTime(user.blocked.at) },
    linked_at: user.linkedAt === null ? null : presentTime(user.linkedAt),
    created_at: presentTime(user.createdAt),
  };
}

function amountOrNull(text: string | null): Minor | null {
  return text === null ? null : amountOf(text);
}

function printOrNull(amount: Minor | null): string | null {
  return amount === null ? null : formatAmount(amount);
}
