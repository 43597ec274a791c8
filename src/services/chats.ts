// What the objects of chats, and the line to their platforms, are given.
import type { ChatCalls } from "../accounts/chat-types.ts";
import { systemClock } from "../base/clock.ts";
import { type Channel, chatNameOf } from "../partners/chat-secrets.ts";
import type { Mode } from "../recharges/recharge.ts";
import { readBotSettings } from "./bot-settings.ts";
import { installationOf } from "./installation.ts";
import { accountOf, chatOf, deskOf } from "./objects.ts";

const settings = new WeakMap<Env, ReturnType<typeof readBotSettings>>();

/** Read once for the bindings of an isolate. */
function botSettingsOf(env: Env): ReturnType<typeof readBotSettings> {
  const known = settings.get(env) ?? readBotSettings({ ...env });
  settings.set(env, known);
  return known;
}

export function botServices(env: Env) {
  const { settings: installation } = installationOf(env);
  return {
    bots: botSettingsOf(env),
    chat: ({ channel, address }: { readonly channel: Channel; readonly address: string }) =>
      chatOf(env, chatNameOf(installation.HASH_SECRET, channel, address)),
  };
}

export function channelLineParts(env: Env) {
  return { bots: botSettingsOf(env), fetch: (input: string, init?: RequestInit) => fetch(input, init) };
}

/** `line`: the way out to the platforms. */
export function chatServices<Line>(env: Env, line: Line) {
  const { settings: installation, facts, log } = installationOf(env);
  return {
    clock: systemClock,
    times: installation.TIMES,
    log,
    hashSecret: installation.HASH_SECRET,
    line,
    account: (number: number): ChatCalls => accountOf(env, number),
    sells: (mode: Mode, product: string) =>
      [...facts.values()].some((one) => one.mode === mode && one.codeOf(product) !== null),
    countGivenUp: async () => deskOf(env, "installation").count("chat_message_given_up", 0),
  };
}
