// The Worker under test: the gateway with the simulator beside it in one isolate, so that coverage sees both.
export { default } from "../../functions/worker.ts";
export * from "../../functions/worker.ts";
export { JournalObject } from "../../functions/simulator.ts";
