// What Meta sends: batches of entries, changes, messages and statuses; every one is read, and what is unknown is passed over.
import { z } from "zod";
import type { ChatPlace, DeliveryStatus, Incoming, IncomingMessage } from "../channel.ts";

const messageSchema = z.looseObject({
  id: z.string().min(1).max(300),
  from: z.string().regex(/^\d{5,20}$/),
  timestamp: z.string().regex(/^\d{1,12}$/),
  type: z.string(),
  text: z.looseObject({ body: z.string() }).optional(),
  interactive: z
    .looseObject({
      button_reply: z.looseObject({ id: z.string() }).optional(),
      list_reply: z.looseObject({ id: z.string() }).optional(),
    })
    .optional(),
});

const statusSchema = z.looseObject({
  id: z.string().min(1).max(300),
  status: z.string(),
  recipient_id: z.string().regex(/^\d{5,20}$/),
  errors: z.array(z.looseObject({ code: z.int(), title: z.string().optional() })).optional(),
});

/** Each message and status is read by itself: one that cannot be read must not lose its neighbours. */
const webhookSchema = z.looseObject({
  entry: z.array(
    z.looseObject({
      changes: z.array(
        z.looseObject({
          value: z.looseObject({
            metadata: z.looseObject({ phone_number_id: z.string() }).optional(),
            messages: z.array(z.unknown()).optional(),
            statuses: z.array(z.unknown()).optional(),
          }),
        }),
      ),
    }),
  ),
});

export interface Heard {
  readonly messages: readonly { readonly place: ChatPlace; readonly message: IncomingMessage }[];
  readonly statuses: readonly { readonly place: ChatPlace; readonly status: DeliveryStatus }[];
}

/** Meta's word for a window that is closed: nothing but a template is taken. */
export const windowClosedCode = 131_047;
/** Kinds that are no messages to be answered. */
const passedOver = new Set(["reaction", "system", "unsupported", "ephemeral"]);

/** Everything that is for this number; null: the body is no webhook of Meta's. */
export function readWebhook(text: string, phoneNumberId: string): Heard | null {
  const parsed = webhookSchema.safeParse(parseJson(text));
  if (!parsed.success) return null;
  const values = parsed.data.entry
    .flatMap(({ changes }) => changes.map(({ value }) => value))
    .filter(({ metadata }) => metadata?.phone_number_id === phoneNumberId);
  return {
    messages: values.flatMap(({ messages = [] }) => messages.flatMap(readMessage)),
    statuses: values.flatMap(({ statuses = [] }) => statuses.flatMap(readStatus)),
  };
}

function readMessage(raw: unknown): Heard["messages"] {
  const read = messageSchema.safeParse(raw);
  if (!read.success || passedOver.has(read.data.type)) return [];
  const { id, from, timestamp } = read.data;
  const message = {
    messageId: `whatsapp ${id}`,
    sentAt: Number(timestamp) * 1_000,
    content: contentOf(read.data),
    erasableBy: null,
  };
  return [{ place: { channel: "whatsapp", address: from }, message }];
}

function contentOf({ text, interactive }: z.infer<typeof messageSchema>): Incoming {
  if (text !== undefined) return { kind: "text", text: text.body };
  const pressed = interactive?.button_reply ?? interactive?.list_reply;
  return pressed === undefined ? { kind: "unreadable" } : { kind: "press", payload: pressed.id };
}

function readStatus(raw: unknown): Heard["statuses"] {
  const read = statusSchema.safeParse(raw);
  if (!read.success) return [];
  const { id, status, recipient_id: address, errors = [] } = read.data;
  const heard = status === "read" ? "delivered" : status;
  if (heard !== "delivered" && heard !== "failed") return [];
  const isWindowClosed = errors.some(({ code }) => code === windowClosedCode);
  const said = errors
    .map(({ code, title }) => `${code} ${title ?? ""}`.trim())
    .join(", ")
    .slice(0, 200);
  return [{ place: { channel: "whatsapp", address }, status: { messageId: id, status: heard, isWindowClosed, said } }];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
