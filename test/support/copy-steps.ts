// The writes of staff about copies of accounts, as steps of the walk.
import { expect } from "vitest";
import { accountOf, until } from "./sandbox.ts";
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
  {
    operation: "healAccount",
    run: async ({ send, partner }) => {
      const isAtRest = async () => {
        const { standing } = await accountOf(partner.account).sweep(null);
        return standing?.isGoneBack === true || standing?.unshippedAt === null;
      };
      await until(isAtRest, true);
      await loseAccount(partner.account);
      return send("POST", `/partners/${partner.id}/heal`);
    },
    after: { from: expect.any(Number), to: expect.any(Number), unsure: expect.any(Number) },
  },
];
