// The platforms of the bots and the upstreams, in one isolate: stand-ins that refuse what the real ones would.
import { afterEach, beforeEach, expect, vi } from "vitest";
import { sendToSimulator } from "./sandbox.ts";
import { TelegramStandIn } from "./telegram-stand-in.ts";
import { WhatsappStandIn } from "./whatsapp-stand-in.ts";

export interface StandIns {
  readonly telegram: TelegramStandIn;
  readonly whatsapp: WhatsappStandIn;
  /** Lets a host do its work and keeps its answers back until another host is named; true once there was one. */
  keepAnswersBack(host: string): () => boolean;
}

const keptBackAtMostMs = 3_000;

/** New ones for each test of a file; what a platform would have refused fails the test that sent it. */
export function platformsOfEachTest(): StandIns {
  let made: StandIns | null = null;
  const now = (): StandIns => made ?? fail();
  beforeEach(() => {
    made = usePlatforms();
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
    expect([...now().telegram.problems, ...now().whatsapp.problems]).toEqual([]);
  });
  return {
    get telegram() {
      return now().telegram;
    },
    get whatsapp() {
      return now().whatsapp;
    },
    keepAnswersBack: (host) => now().keepAnswersBack(host),
  };
}

function fail(): never {
  throw new Error("there are stand-ins in a test only");
}

/** Upstreams are the simulator, platforms are stand-ins; every other host is refused. */
function usePlatforms(): StandIns {
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
    if (hostname !== kept.host) return response;
    kept.isMet = true;
    const end = performance.now() + keptBackAtMostMs;
    // oxlint-disable-next-line eslint/no-await-in-loop -- looks again: what another request ends cannot be awaited in this one
    while (hostname === kept.host && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 5));
    return response;
  });
  const keepAnswersBack = (host: string) => {
    kept.host = host;
    return () => kept.isMet;
  };
  return { telegram, whatsapp, keepAnswersBack };
}
