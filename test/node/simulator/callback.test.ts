// The callback as it goes out.
import { expect, test } from "vitest";
import { sendCallback } from "../../../src/simulator/callback.ts";

const callback = {
  status: "SUCCESS",
  number: "9826386467",
  amount: 1_050,
  reference: "REF1",
  theirReference: "SIM1",
  operatorReference: "OP1",
};

test.each([
  ["http://partner.example/hook", "http://partner.example/hook?"],
  ["http://partner.example/hook?token=a", "http://partner.example/hook?token=a&"],
])("goes to %s in the family's form", async (url, begin) => {
  const asked: string[] = [];
  const send = async (target: string | URL | Request, init?: RequestInit) => {
    expect(init?.redirect).toBe("manual");
    asked.push(target instanceof Request ? target.url : String(target));
    return new Response();
  };
  await sendCallback(send, url, callback);
  await sendCallback(send, url, { ...callback, amount: 1_000, status: "FAILED", operatorReference: "" });
  expect(asked).toEqual([
    `${begin}status=SUCCESS&rpid=SIM1&mobile=9826386467&amount=10.50&agentid=REF1&opid=OP1`,
    `${begin}status=FAILED&rpid=SIM1&mobile=9826386467&amount=10&agentid=REF1&opid=`,
  ]);
});

test("is not sent again when nobody answers", async () => {
  let asked = 0;
  const send = async () => {
    asked += 1;
    throw new TypeError("Network connection lost.");
  };
  await sendCallback(send, "http://partner.example/hook", callback);
  expect(asked).toBe(1);
});
