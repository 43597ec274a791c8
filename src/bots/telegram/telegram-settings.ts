// What a bot of Telegram is set up with.

export interface TelegramSettings {
  /** The token that BotFather gave; it is in every URL of the API, so no URL is ever logged. */
  readonly token: string;
  /** What Telegram sends back with each update (`setWebhook`, `secret_token`). */
  readonly webhookSecret: string;
  /** Without @. */
  readonly username: string;
  /** Of the Bot API, without a slash at its end. */
  readonly apiUrl: string;
}
