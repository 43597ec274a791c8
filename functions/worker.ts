// What the platform calls: the Worker's entry points, and its objects by name.
import { fetch } from "./fetch.ts";
import { scheduled } from "./scheduled.ts";

export { AccountObject, NumberGuardObject, ProviderDeskObject } from "./durable-objects.ts";
export { ProviderLine } from "./provider-line.ts";

export default { fetch, scheduled } satisfies ExportedHandler<Env>;
