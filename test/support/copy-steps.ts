// The writes of staff about copies of accounts, as steps of the walk.
import { expect } from "vitest";
import { loseAccount } from "./lose-account.ts";
import type { Step } from "./staff-write-step.ts";

export const copySteps: readonly Step[] = [
  {
    operation: "copyAccount",
    run: ({ send, partner }) => send("POST", `/partners/${partner.id}/copies`),
    after: { characters: expect.any(Number) },
  },
  {
    operation: "returnAccount",
    run: async ({ send, partner }) => {
      const copy = (await send("POST", `/partners/${partner.id}/copies`)).body;
      await loseAccount(partner.account);
      return send("PUT", `/partners/${partner.id}/copies`, copy);
    },
    after: { isGoneBack: expect.any(Boolean) },
  },
];
