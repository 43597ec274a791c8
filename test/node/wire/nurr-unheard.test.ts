import { expect, test } from "vitest";
import { readNurrReply } from "../../../src/wire/nurr/reply.ts";
import { writeNurrUnheard } from "../../../src/wire/nurr/unheard.ts";

const unheard = { phone: "01712345600", amount: "20.00", operatorName: "Grameenphone" };

test("an order of which nothing is known is pending, without figures", () => {
  expect(JSON.parse(writeNurrUnheard(unheard))).toEqual({
    success: false,
    phone: "01712345600",
    amount: "20.00",
    operator_name: "Grameenphone",
    operator_transaction_id: null,
    status: "Pending",
  });
});

test("our own reader takes it for pending", () => {
  expect(readNurrReply(writeNurrUnheard(unheard))).toMatchObject({ success: false, status: "Pending", error: null });
});
