// The simulator of the three upstreams as a Worker of its own.
import type { JournalObject, SimulatorSettings } from "../src/simulator/journal-object.ts";
import { createSimulator } from "../src/simulator/simulator.ts";

export { JournalObject } from "../src/simulator/journal-object.ts";

interface SimulatorEnv extends SimulatorSettings {
  readonly JOURNAL: DurableObjectNamespace<JournalObject>;
}

export default createSimulator<SimulatorEnv>((env) => env.JOURNAL.getByName("upstreams"));
