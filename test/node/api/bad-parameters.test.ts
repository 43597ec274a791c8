// Orders with a parameter that is wrong: 422, each place named, before an account is asked.
import { expect, test } from "vitest";
import { z } from "zod";
import { asPartner, openApi, order } from "../../support/api-without-accounts.ts";

const problemSchema = z.looseObject({
  code: z.string(),
  errors: z.array(z.object({ pointer: z.string(), reason: z.string() })).optional(),
});

const api = await openApi();

async function place(body: string | Uint8Array, headers: Record<string, string> = asPartner) {
  const reply = await api.ask("/v1/recharges", { method: "POST", body: new Blob([body]), headers });
  return { reply, problem: problemSchema.parse(await reply.json()) };
}

const orderWith = (more: Record<string, unknown>): string => JSON.stringify({ ...order, ...more });
const amountReason = 'must be a decimal string such as "20.00": up to nine digits, up to two decimals';
const hint = 'must be a decimal string such as "20.00", not a number';

test.each([
  ["an amount with three decimals", orderWith({ amount: "20.001" }), "/amount", amountReason],
  ["a negative amount", orderWith({ amount: "-20.00" }), "/amount", amountReason],
  ["an amount with an exponent", orderWith({ amount: "2e1" }), "/amount", amountReason],
  ["an amount in Bengali digits", orderWith({ amount: "২০" }), "/amount", amountReason],
  ["an amount of ten digits", orderWith({ amount: "1000000000" }), "/amount", amountReason],
  ["an empty amount", orderWith({ amount: "" }), "/amount", amountReason],
  ["an amount with a space", orderWith({ amount: "20.00 " }), "/amount", amountReason],
  ["an amount with a line end", orderWith({ amount: "20.00\n" }), "/amount", amountReason],
  ["an amount that is a number", orderWith({ amount: 20 }), "/amount", hint],
  ["an amount that is null", orderWith({ amount: null }), "/amount", 'must be a decimal string such as "20.00"'],
  ["no amount", orderWith({ amount: undefined }), "/amount", "is missing"],
  ["no agent id", orderWith({ agent_id: undefined }), "/agent_id", "is missing"],
  ["an empty agent id", orderWith({ agent_id: "" }), "/agent_id", "must be 1 to 64 characters of A-Z a-z 0-9 . _ : -"],
  [
    "an agent id of 65",
    orderWith({ agent_id: "a".repeat(65) }),
    "/agent_id",
    "must be 1 to 64 characters of A-Z a-z 0-9 . _ : -",
  ],
  [
    "an agent id with a slash",
    orderWith({ agent_id: "a/b" }),
    "/agent_id",
    "must be 1 to 64 characters of A-Z a-z 0-9 . _ : -",
  ],
  [
    "an agent id that is a number",
    orderWith({ agent_id: 7 }),
    "/agent_id",
    "must be 1 to 64 characters of A-Z a-z 0-9 . _ : -",
  ],
  ["a number that is a number", orderWith({ number: 9826386400 }), "/number", "must be text of 1 to 64 characters"],
  ["no number", orderWith({ number: undefined }), "/number", "is missing"],
  ["an empty product", orderWith({ product: "" }), "/product", "must be the id of a product"],
  [
    "a currency in lower case",
    orderWith({ currency: "inr" }),
    "/currency",
    "must be a code of three letters such as INR",
  ],
  ["an unknown field", orderWith({ callback: "http://x" }), "/callback", "is not known here"],
  ["an unknown field with a slash", orderWith({ "a/b~c": 1 }), "/a~1b~0c", "is not known here"],
  [
    "a field of another type",
    orderWith({ fields: { std_code: 11 } }),
    "/fields/std_code",
    "must be text of at most 64 characters",
  ],
  ["fields that are a list", orderWith({ fields: [] }), "/fields", "Invalid input: expected record, received array"],
  ["a repeat_of that is no id", orderWith({ repeat_of: "1" }), "/repeat_of", "must be the id of a recharge"],
  [
    "a geocode without a comma",
    orderWith({ geocode: "19.07" }),
    "/geocode",
    'must be latitude and longitude, such as "19.07,72.87"',
  ],
  ["a max_cost with three decimals", orderWith({ max_cost: "1.234" }), "/max_cost", amountReason],
  ["a list", "[]", "", "Invalid input: expected object, received array"],
  ["a bare text", '"x"', "", "Invalid input: expected object, received string"],
  ["null", "null", "", "Invalid input: expected object, received null"],
])("%s is refused at its place", async (_what, body, pointer, reason) => {
  const { reply, problem } = await place(body);
  expect(reply.status).toBe(422);
  expect(problem).toMatchObject({
    code: "parameter",
    retry: "never",
    source: "partner",
    errors: [{ pointer, reason }],
  });
});

test("all that are wrong at once", async () => {
  const { problem } = await place(orderWith({ amount: 1, agent_id: "", extra: true }));
  expect(problem.errors?.map((error) => error.pointer).toSorted()).toEqual(["/agent_id", "/amount", "/extra"]);
  expect(problem["detail"]).toBe("3 parameters are wrong.");
});

test("`__proto__` is a field like any other: unknown", async () => {
  const { problem } = await place(`{"__proto__":{"isAdmin":true},${JSON.stringify(order).slice(1)}`);
  expect(problem).toMatchObject({
    code: "parameter",
    errors: [{ pointer: "/__proto__", reason: "is not known here" }],
  });
  expect("isAdmin" in {}).toBe(false);
});

test("no account was asked", () => {
  expect(api.accountsAsked()).toBe(0);
});
