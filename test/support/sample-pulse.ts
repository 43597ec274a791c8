// A pulse in which everything is well, to be changed by tests.
import { minor } from "../../src/base/money.ts";
import { noAccounts, type ProviderPulse, type Pulse } from "../../src/operations/pulse.ts";

export const goodProvider: ProviderPulse = {
  id: "nurr-1",
  currency: "BDT",
  isOff: false,
  breaker: "closed",
  balance: { amount: minor(500_000), at: 0 },
  floor: null,
  float: { finding: "agrees", difference: 0, checkedAt: 0 },
  lookupsLeft: null,
  waitingLookups: 0,
  keptCallbacks: 0,
};

export const goodPulse: Pulse = {
  at: 0,
  isThorough: true,
  run: { kind: "done", partners: 2, woken: 0, differences: 0, forgotten: 0, faults: 0, floats: 0 },
  accounts: noAccounts,
  providers: [goodProvider],
  unheard: [],
  booked: { recent: [], cases: [], disputes: 0 },
};
