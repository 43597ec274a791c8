// The concrete objects: each builds its services from its own bindings.
import { Account } from "../src/accounts/account-object.ts";
import { Chat } from "../src/bots/chat/chat-object.ts";
import { Bulk } from "../src/bulk/bulk-object.ts";
import { NumberGuard } from "../src/numbers/number-guard-object.ts";
import { ProviderDesk } from "../src/providers/provider-desk-object.ts";
import { WebhookDesk } from "../src/webhooks/webhook-desk-object.ts";
import { chatServices } from "../src/services/chats.ts";
import { bulkServices } from "../src/services/bulk.ts";
import { accountServices, deskServices, guardServices } from "../src/services/object-services.ts";
import { webhookDeskServices } from "../src/services/webhooks.ts";

export class AccountObject extends Account<Env> {
  protected override readonly services = accountServices(this.env, this.ctx.exports.ProviderLine);
}

export class NumberGuardObject extends NumberGuard<Env> {
  protected override readonly services = guardServices(this.env);
}

export class ProviderDeskObject extends ProviderDesk<Env> {
  protected override readonly services = deskServices(this.env, this.ctx.id.name ?? "");
}

export class WebhookDeskObject extends WebhookDesk<Env> {
  protected override readonly services = webhookDeskServices(this.env, this.ctx.id.name ?? "");
}

export class BulkObject extends Bulk<Env> {
  protected override readonly services = bulkServices(this.env);
}

export class ChatObject extends Chat<Env> {
  protected override readonly services = chatServices(this.env, this.ctx.exports.ChannelLine);
}
