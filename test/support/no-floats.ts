// A run without providers: no float is compared.
import { createLog } from "../../src/base/log.ts";
import type { FloatParts } from "../../src/reconciliation/compare-floats.ts";

const clock = { now: () => 0 };
const nobody = (): never => {
  throw new Error("there is no provider");
};

export const noFloats: FloatParts = {
  providers: new Map(),
  clock,
  log: createLog(clock, () => {}),
  desk: nobody,
  readBalance: nobody,
  readSegments: nobody,
  countDifference: nobody,
};
