import { expect, it } from "vitest";
import { readBotSettings } from "../../../src/services/bot-settings.ts";
import { botSettings } from "../../support/bot-settings.ts";

it("has no bot where nothing, or only an address, is set", () => {
  expect(readBotSettings({})).toEqual({ telegram: null, whatsapp: null });
  expect(readBotSettings({ TELEGRAM_API_URL: "http://telegram.test", TELEGRAM_BOT_TOKEN: "" })).toEqual({
    telegram: null,
    whatsapp: null,
  });
});

it("takes both, and each without the other", () => {
  const { telegram, whatsapp } = readBotSettings(botSettings);
  expect(telegram?.apiUrl).toBe("http://telegram.test");
  expect(whatsapp?.phoneNumberId).toBe("106540352242922");
  const { TELEGRAM_API_URL: _url, ...standard } = botSettings;
  const alone = Object.fromEntries(Object.entries(standard).filter(([name]) => name.startsWith("TELEGRAM_")));
  expect(readBotSettings(alone)).toMatchObject({ telegram: { apiUrl: "https://api.telegram.org" }, whatsapp: null });
});

/** What reading them throws; nothing where they are right. */
function said(env: Readonly<Record<string, string>>): string {
  try {
    readBotSettings(env);
  } catch (fault) {
    return fault instanceof Error ? fault.message : "";
  }
  return "";
}

it("names each setting that is missing or wrong beside the others, never its value", () => {
  expect(said({ TELEGRAM_BOT_TOKEN: botSettings.TELEGRAM_BOT_TOKEN })).toMatch(
    /TELEGRAM_WEBHOOK_SECRET.*TELEGRAM_BOT_USERNAME/,
  );
  const wrong = said({ ...botSettings, TELEGRAM_BOT_TOKEN: "my-token", WHATSAPP_APP_SECRET: "short" });
  expect(wrong).toMatch(/TELEGRAM_BOT_TOKEN/);
  expect(wrong).not.toContain("my-token");
});
