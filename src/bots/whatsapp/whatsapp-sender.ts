// What a chat says, as messages of the WhatsApp Cloud API.
import { WhatsAppAPI } from "whatsapp-api-js";
import {
  ActionButtons,
  ActionList,
  Body,
  BodyComponent,
  BodyParameter,
  Button,
  Interactive,
  ListSection,
  Row,
  Template,
  Text,
} from "whatsapp-api-js/messages";
import type { ClientMessage } from "whatsapp-api-js/types";
import { z } from "zod";
import { assert } from "../../base/assert.ts";
import type { ChannelOutcome, Outgoing } from "../channel.ts";
import type { ChatMessage, Choices } from "../dialogue-types.ts";
import { graphVersion, resultTemplate, type WhatsappSettings } from "./whatsapp-settings.ts";
import { windowClosedCode } from "./whatsapp-webhook.ts";

type Fetch = (input: string, init?: RequestInit) => Promise<Response>;

const callLimitMs = 15_000;
const graphUrl = "https://graph.facebook.com";

/**
 * Codes of Meta's list of errors that no later try would mend: wrong parameters, a recipient who cannot be reached or is
 * not allowed, templates that are not as approved.
 */
const lasting = new Set([
  100, 131_008, 131_009, 131_021, 131_026, 131_030, 131_050, 131_051, 132_000, 132_001, 132_005, 132_007, 132_012,
  132_015, 132_016,
]);

const replySchema = z.looseObject({
  messages: z.array(z.looseObject({ id: z.string() })).optional(),
  error: z.looseObject({ code: z.int(), message: z.string().optional() }).optional(),
});

/** Sends one thing; never throws. `fetch` is given, so that tests stand in for Meta. */
export async function sendToWhatsapp(
  settings: WhatsappSettings,
  fetch: Fetch,
  { address, outgoing }: { readonly address: string; readonly outgoing: Outgoing },
): Promise<ChannelOutcome> {
  // WhatsApp has no way to delete what a user wrote.
  if (outgoing.kind === "erase") return { kind: "sent", messageId: null };
  const heard = { retryAfterMs: null as number | null };
  const api = new WhatsAppAPI({
    token: settings.token,
    appSecret: settings.appSecret,
    v: graphVersion,
    ponyfill: { fetch: askGraph(settings, fetch, heard) },
  });
  try {
    const reply = replySchema.parse(await api.sendMessage(settings.phoneNumberId, address, messageOf(outgoing)));
    return outcomeOf(reply, heard.retryAfterMs);
  } catch (fault) {
    // Only the name: what a parser or a network says may carry what was sent.
    const said = fault instanceof Error ? fault.name : "unknown";
    return { kind: "later", afterMs: heard.retryAfterMs, said: `WhatsApp was not heard: ${said}` };
  }
}

/** The library's address of the API replaced by ours, a time limit, no redirects, and the pause that the answer asks for. */
function askGraph(settings: WhatsappSettings, fetch: Fetch, heard: { retryAfterMs: number | null }) {
  return async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const url = String(input instanceof Request ? input.url : input).replace(graphUrl, settings.apiUrl);
    const signal = AbortSignal.timeout(callLimitMs);
    const response = await fetch(url, { ...init, signal, redirect: "manual" });
    const seconds = Number(response.headers.get("Retry-After") ?? Number.NaN);
    if (seconds > 0) heard.retryAfterMs = seconds * 1_000;
    return response;
  };
}

function outcomeOf({ messages, error }: z.infer<typeof replySchema>, retryAfterMs: number | null): ChannelOutcome {
  const sent = messages?.[0];
  if (sent !== undefined) return { kind: "sent", messageId: sent.id };
  const code = error?.code ?? 0;
  if (code === windowClosedCode) return { kind: "window_closed" };
  const said = `${code} ${error?.message ?? ""}`.slice(0, 200);
  return lasting.has(code) ? { kind: "refused", said } : { kind: "later", afterMs: retryAfterMs, said };
}

function messageOf(outgoing: Exclude<Outgoing, { kind: "erase" }>): ClientMessage {
  if (outgoing.kind !== "template") return asMessage(outgoing.message);
  const [first, ...rest] = outgoing.parameters.map((text) => new BodyParameter(text));
  assert(first !== undefined, "a template of ours has parameters");
  return new Template(resultTemplate, outgoing.language, new BodyComponent(first, ...rest));
}

function asMessage({ text, choices }: ChatMessage): ClientMessage {
  if (choices === null) return new Text(text);
  const action = actionOf(choices);
  const body = new Body(text);
  return action instanceof ActionList ? new Interactive(action, body) : new Interactive(action, body);
}

function actionOf(choices: Choices): ActionButtons | ActionList {
  if (choices.kind === "buttons") {
    const [first, ...rest] = choices.buttons.map(({ id, title }) => new Button(id, title));
    assert(first !== undefined, "choices are never empty");
    return new ActionButtons(first, ...rest);
  }
  const [first, ...rest] = choices.rows.map(
    ({ id, title, description }) => new Row(id, title, description ?? undefined),
  );
  assert(first !== undefined, "choices are never empty");
  return new ActionList(choices.opens, new ListSection(undefined, first, ...rest));
}
