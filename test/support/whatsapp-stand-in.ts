// A stand-in of the WhatsApp Cloud API: refuses what Meta would refuse, keeps what it took, and knows each user's window.
import { z } from "zod";
import { botSettings } from "./bot-settings.ts";

const windowMs = 24 * 3_600_000;
/** Meta counts characters as a phone shows them; code points are the stricter count here. */
const atMost = (most: number) =>
  z.string().refine((text) => text.length > 0 && Array.from(text).length <= most, `1 to ${most} characters`);
const unique = (texts: readonly string[]) => new Set(texts).size === texts.length;

const buttonSchema = z.strictObject({
  type: z.literal("reply"),
  reply: z.strictObject({ id: atMost(256), title: atMost(20) }),
});
const rowSchema = z.strictObject({ id: atMost(200), title: atMost(24), description: atMost(72).optional() });
const bodySchema = z.strictObject({ text: atMost(1024) });

const interactiveSchema = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("button"),
    body: bodySchema,
    action: z.strictObject({
      buttons: z
        .array(buttonSchema)
        .min(1)
        .max(3)
        .refine(
          (all) => unique(all.map(({ reply }) => reply.id)) && unique(all.map(({ reply }) => reply.title)),
          "unique",
        ),
    }),
  }),
  z.strictObject({
    type: z.literal("list"),
    body: bodySchema,
    action: z.strictObject({
      button: atMost(20),
      sections: z
        .array(z.strictObject({ title: atMost(24).optional(), rows: z.array(rowSchema).min(1).max(10) }))
        .length(1),
    }),
  }),
]);

const templateSchema = z.strictObject({
  name: z.literal("recharge_result"),
  language: z.strictObject({ code: z.enum(["en", "bn", "hi"]), policy: z.literal("deterministic") }),
  components: z
    .array(
      z.strictObject({
        type: z.literal("body"),
        parameters: z
          .array(z.strictObject({ type: z.literal("text"), text: z.string().regex(/^(?!.*(\n|\t| {4})).{1,1024}$/) }))
          .length(5),
      }),
    )
    .length(1),
});

const common = {
  messaging_product: z.literal("whatsapp"),
  recipient_type: z.literal("individual"),
  to: z.string().regex(/^\d{5,20}$/),
};
const messageSchema = z.discriminatedUnion("type", [
  z.strictObject({
    ...common,
    type: z.literal("text"),
    text: z.strictObject({ body: atMost(4096), preview_url: z.boolean().optional() }),
  }),
  z.strictObject({ ...common, type: z.literal("interactive"), interactive: interactiveSchema }),
  z.strictObject({ ...common, type: z.literal("template"), template: templateSchema }),
]);

export interface SentByWhatsapp {
  readonly to: string;
  readonly id: string;
  readonly text: string;
  readonly isTemplate: boolean;
  readonly buttons: readonly { readonly text: string; readonly data: string }[];
}

/** Answers like the Cloud API. `problems` must stay empty: what is in there, Meta would have refused. */
export class WhatsappStandIn {
  readonly sent: SentByWhatsapp[] = [];
  readonly problems: string[] = [];
  readonly refusals: { readonly code: number; readonly status: number; readonly retryAfter?: number }[] = [];
  /** Epoch ms at which each user wrote last. */
  private readonly heardAt = new Map<string, number>();

  noteHeard(from: string): void {
    this.heardAt.set(from, Date.now());
  }

  async answer(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    const { WHATSAPP_PHONE_NUMBER_ID: phone, WHATSAPP_TOKEN: token } = botSettings;
    if (!new RegExp(`^/v\\d+\\.\\d+/${phone}/messages$`).test(pathname))
      return this.refuse(404, 100, `no such path ${pathname}`);
    if (request.method !== "POST") return this.refuse(400, 100, `asked with ${request.method}`);
    if (request.headers.get("Authorization") !== `Bearer ${token}`)
      return this.refuse(401, 190, "the access token is wrong");
    if (!request.headers.get("Content-Type")?.startsWith("application/json")) return this.refuse(400, 100, "no JSON");
    const read = messageSchema.safeParse(await request.json());
    if (!read.success) return this.refuse(400, 131_009, read.error.message);
    const refusal = this.refusals.shift();
    if (refusal !== undefined) return failure(refusal.status, refusal.code, "as the test wants it", refusal.retryAfter);
    const isOpen = Date.now() - (this.heardAt.get(read.data.to) ?? 0) < windowMs;
    if (!isOpen && read.data.type !== "template") return failure(400, 131_047, "Re-engagement message");
    return this.take(read.data);
  }

  private take(message: z.infer<typeof messageSchema>): Response {
    const { to } = message;
    const id = `wamid.${crypto.randomUUID()}`;
    this.sent.push({
      to,
      id,
      isTemplate: message.type === "template",
      text: textOf(message),
      buttons: buttonsOf(message),
    });
    return Response.json({ messaging_product: "whatsapp", contacts: [{ input: to, wa_id: to }], messages: [{ id }] });
  }

  private refuse(status: number, code: number, problem: string): Response {
    this.problems.push(problem);
    return failure(status, code, problem);
  }
}

function textOf(message: z.infer<typeof messageSchema>): string {
  if (message.type === "text") return message.text.body;
  if (message.type === "interactive") return message.interactive.body.text;
  return message.template.components.flatMap(({ parameters }) => parameters.map(({ text }) => text)).join(" | ");
}

function buttonsOf(message: z.infer<typeof messageSchema>): SentByWhatsapp["buttons"] {
  if (message.type !== "interactive") return [];
  if (message.interactive.type === "button")
    return message.interactive.action.buttons.map(({ reply }) => ({ text: reply.title, data: reply.id }));
  const rows = message.interactive.action.sections.flatMap((section) => section.rows);
  return rows.map(({ id, title }) => ({ text: title, data: id }));
}

function failure(status: number, code: number, message: string, retryAfter?: number): Response {
  const headers = retryAfter === undefined ? {} : { "Retry-After": String(retryAfter) };
  const error = { message, type: "OAuthException", code, fbtrace_id: "A" };
  return Response.json({ error }, { status, headers });
}
