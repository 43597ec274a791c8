// The entrypoint through which chats speak to their platforms: each call has a context, and limits, of its own.
import { WorkerEntrypoint } from "cloudflare:workers";
import type { ChannelCall, ChannelCalls, ChannelOutcome } from "../src/bots/channel.ts";
import { sendOnLine } from "../src/bots/channel-line.ts";
import { channelLineParts } from "../src/services/chats.ts";

export class ChannelLine extends WorkerEntrypoint<Env> implements ChannelCalls {
  async send(call: ChannelCall): Promise<ChannelOutcome> {
    return sendOnLine(channelLineParts(this.env), call);
  }
}
