// The load of a soak run: so many clients at once, incidents in between, the cron trigger ticking.
import { setTimeout as sleep } from "node:timers/promises";
import { type Experience, placeOrder } from "./client.ts";
import { bringAbout, type Scene } from "./incidents.ts";
import type { IncidentKind, Schedule, SoakOrder } from "./schedule.ts";

export const clientsAtOnce = 64;
/** A minute divided by 100. */
const cronEveryMs = 600;

export interface Progress {
  begun: number;
  answered: number;
  readonly incidents: Map<IncidentKind, number>;
}

export function newProgress(): Progress {
  return { begun: 0, answered: 0, incidents: new Map() };
}

/** Runs the whole schedule; the map has every order. A fault of the run itself is thrown. */
export async function runLoad(
  scene: Scene,
  schedule: Schedule,
  progress: Progress,
): Promise<ReadonlyMap<SoakOrder, Experience>> {
  const experiences = new Map<SoakOrder, Experience>();
  const isOver = { value: false };
  const cron = keepFiringCron(scene, isOver);
  const incidents = runIncidents(scene, schedule, progress);
  const waiting = schedule.orders.values();
  const clients = Array.from({ length: clientsAtOnce }, async () => {
    for (const order of waiting) {
      progress.begun += 1;
      const { url } = scene.installation.gateway;
      const key = scene.partners[order.partner]?.key ?? "";
      experiences.set(order, await placeOrder({ url, key }, order));
      progress.answered += 1;
    }
  });
  try {
    await Promise.all([incidents, ...clients]);
  } finally {
    isOver.value = true;
    await cron;
  }
  return experiences;
}

/** One after the other: a gateway that is being killed cannot be told to abort an object. */
async function runIncidents(scene: Scene, { incidents, orders }: Schedule, progress: Progress): Promise<void> {
  for (const incident of incidents) {
    while (progress.begun < Math.min(incident.after, orders.length)) await sleep(5);
    await bringAbout(scene, incident);
    progress.incidents.set(incident.kind, (progress.incidents.get(incident.kind) ?? 0) + 1);
  }
}

/** A gateway that is being killed has no cron trigger for a moment. */
async function keepFiringCron({ installation }: Scene, isOver: { readonly value: boolean }): Promise<void> {
  while (!isOver.value) {
    await sleep(cronEveryMs);
    await installation.fireCron().catch(() => null);
  }
}
