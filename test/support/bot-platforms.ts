// The platforms of the bots and the upstreams, in one isolate: stand-ins that refuse what the real ones would.
import { expect, vi } from "vitest";
import { sendToSimulator } from "./sandbox.ts";
import { TelegramStandIn } from "./telegram-stand-in.ts";
import { WhatsappStandIn } from "./whatsapp-stand-in.ts";

export interface StandIns {
  readonly telegram: TelegramStandIn;
  readonly whatsapp: WhatsappStandIn;
  /** Lets a host do its work and keeps its answers back for a moment; true once there was one. */
  keepAnswersBack(host: string): () => boolean;
}

const keptBackMs = 60;

/** Upstreams are the simulator, platforms are stand-ins; every other host is refused. */
export function usePlatforms(): StandIns {
  const kept = { host: "", isMet: false };
  const telegram = new TelegramStandIn();
  const whatsapp = new WhatsappStandIn();
  const answer = async (request: Request, hostname: string) => {
    if (hostname === "telegram.test") return telegram.answer(request);
    if (hostname === "whatsapp.test") return whatsapp.answer(request);
    return sendToSimulator(request);
  };
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const request = new Request(input, init);
    const { hostname } = new URL(request.url);
    const response = await answer(request, hostname);
    if (hostname === kept.host) {
      kept.isMet = true;
      await new Promise((resolve) => setTimeout(resolve, keptBackMs));
    }
    return response;
  });
  const keepAnswersBack = (host: string) => {
    kept.host = host;
    return () => kept.isMet;
  };
  return { telegram, whatsapp, keepAnswersBack };
}

/** What the platforms would have refused. */
export function expectNoProblems({ telegram, whatsapp }: StandIns): void {
  expect([...telegram.problems, ...whatsapp.problems]).toEqual([]);
}
