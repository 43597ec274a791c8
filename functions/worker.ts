// What the platform calls: the Worker's entry points, and its objects by name.
import { fetch } from "./fetch.ts";
import { queue } from "./queue.ts";
import { scheduled } from "./scheduled.ts";

export {
  AccountObject,
  BulkObject,
  ChatObject,
  NumberGuardObject,
  ProviderDeskObject,
  WebhookDeskObject,
} from "./durable-objects.ts";
export { ChannelLine } from "./channel-line.ts";
export { ProviderLine } from "./provider-line.ts";

export default { fetch, queue, scheduled } satisfies ExportedHandler<Env>;
