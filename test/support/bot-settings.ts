// The settings of both bots, pointed at stand-ins of their platforms.

export const botSettings = {
  TELEGRAM_BOT_TOKEN: "4815162342:AAF-a_token_for_tests_only_0123456789",
  TELEGRAM_WEBHOOK_SECRET: "a-webhook-secret-for-tests",
  TELEGRAM_BOT_USERNAME: "recharge_test_bot",
  TELEGRAM_API_URL: "http://telegram.test",
  WHATSAPP_TOKEN: "EAAG-a-token-for-tests-only",
  WHATSAPP_APP_SECRET: "an-app-secret-for-tests",
  WHATSAPP_VERIFY_TOKEN: "a-verify-token-for-tests",
  WHATSAPP_PHONE_NUMBER_ID: "106540352242922",
  WHATSAPP_API_URL: "http://whatsapp.test",
} as const;
