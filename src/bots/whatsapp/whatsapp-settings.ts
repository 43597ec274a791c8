// What the WhatsApp Cloud API is set up with.

export interface WhatsappSettings {
  /** Of the system user that may send for the number. */
  readonly token: string;
  /** Under which Meta signs what it sends us. */
  readonly appSecret: string;
  /** What Meta sends back when the webhook is set up. */
  readonly verifyToken: string;
  readonly phoneNumberId: string;
  /** Of the Graph API, without version and without a slash at its end. */
  readonly apiUrl: string;
}

/** The version of the Graph API that this code was written for. */
export const graphVersion = "v23.0";
/** Names of the templates that staff have approved: `docs/bots.md` has their texts. */
export const resultTemplate = "recharge_result";
