// `recharge telegram set-up <gateway>`: registers the bot's webhook and commands at Telegram itself.
import type { Command } from "commander";
import { setUpTelegram } from "../../src/bots/telegram/telegram-set-up.ts";
import { readBotSettings } from "../../src/services/bot-settings.ts";
import { Ended } from "./ask.ts";
import type { Terminal } from "./terminal.ts";

/** The command, which reads the bot's settings from the environment: the gateway never shows a secret. */
export function addTelegram(program: Command, terminal: Terminal): void {
  program
    .command("telegram")
    .description("The Telegram bot (docs/bots.md).")
    .command("set-up")
    .argument("<gateway>", "the gateway's public address, https://…")
    .description("Register webhook and commands, with the TELEGRAM_… settings of your environment. May be done again.")
    .action(async (gateway: string) => {
      const { telegram } = settingsOf(terminal);
      if (telegram === null)
        throw new Ended("usage", "Set TELEGRAM_BOT_TOKEN, TELEGRAM_WEBHOOK_SECRET and TELEGRAM_BOT_USERNAME.");
      if (!/^https:\/\/[^\s/]+/.test(gateway)) throw new Ended("usage", "Telegram calls https:// addresses only.");
      const done = await setUpTelegram(telegram, terminal.fetch, gateway);
      terminal.out(`@${telegram.username}: webhook ${done.webhook}, ${done.commands} commands in three languages.\n`);
    });
}

function settingsOf(terminal: Terminal): ReturnType<typeof readBotSettings> {
  try {
    return readBotSettings(terminal.env);
  } catch (fault) {
    throw new Ended("usage", fault instanceof Error ? fault.message : "wrong settings");
  }
}
