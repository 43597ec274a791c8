import { expect, test } from "vitest";
import { asPartner, openApi } from "../../support/api-without-accounts.ts";

const { ask, accountsAsked } = await openApi();

async function send(body: string, type = "text/csv"): Promise<unknown> {
  const headers = { Authorization: asPartner.Authorization, "Content-Type": type };
  return (await ask("/v1/bulk-recharges", { method: "POST", headers, body })).json();
}

test("a file of recharges may have 2 MiB, is CSV in UTF-8, and is refused before the account is asked", async () => {
  expect(await send("x".repeat(2 * 1_024 * 1_024 + 1))).toMatchObject({
    code: "body_too_large",
    detail: "The file is larger than 2 MiB.",
  });
  expect(await send("{}", "application/json")).toMatchObject({ code: "content_type" });
  expect(await send("product,number,amount")).toMatchObject({ code: "parameter", errors: [{ pointer: "/line/1" }] });
  expect(accountsAsked()).toBe(0);
});
