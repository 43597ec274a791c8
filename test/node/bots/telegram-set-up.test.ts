import { expect, it } from "vitest";
import { setUpTelegram } from "../../../src/bots/telegram/telegram-set-up.ts";
import { readBotSettings } from "../../../src/services/bot-settings.ts";
import { botSettings } from "../../support/bot-settings.ts";
import { TelegramStandIn } from "../../support/telegram-stand-in.ts";

function settings(username: string = botSettings.TELEGRAM_BOT_USERNAME) {
  const { telegram } = readBotSettings({ ...botSettings, TELEGRAM_BOT_USERNAME: username });
  if (telegram === null) throw new Error("the test has a bot");
  return telegram;
}

it("registers the webhook with its secret, and the commands in three languages", async () => {
  const telegram = new TelegramStandIn();
  const ask: typeof fetch = async (input, init) => telegram.answer(new Request(input, init));
  const done = await setUpTelegram(settings(), ask, "https://gateway.example/");
  expect(done.webhook).toBe("https://gateway.example/bots/telegram");
  expect(telegram.problems).toEqual([]);
  expect(telegram.called.map(({ method }) => method)).toEqual([
    "getMe",
    "setWebhook",
    "setMyCommands",
    "setMyCommands",
    "setMyCommands",
  ]);
  expect(telegram.called[1]?.body).toMatchObject({
    secret_token: botSettings.TELEGRAM_WEBHOOK_SECRET,
    allowed_updates: ["message", "callback_query"],
  });
  const languages = telegram.called.slice(2).map(({ body }) => Object(body)["language_code"]);
  expect(languages).toEqual([undefined, "bn", "hi"]);
  expect((await setUpTelegram(settings(), ask, "https://gateway.example")).commands).toBe(done.commands);
});

it("changes nothing where the token is another bot's", async () => {
  const telegram = new TelegramStandIn();
  const ask: typeof fetch = async (input, init) => telegram.answer(new Request(input, init));
  await expect(setUpTelegram(settings("another_bot"), ask, "https://gateway.example")).rejects.toThrow(
    "@recharge_test_bot",
  );
  expect(telegram.called.map(({ method }) => method)).toEqual(["getMe"]);
});
