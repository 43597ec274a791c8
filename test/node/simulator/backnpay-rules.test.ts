// The simulator's backnpay: its checks, the rule against repeats, lookup and balance.
import { describe, expect, test } from "vitest";
import { readFields, simulate } from "./simulated.ts";

const refusalOf = async (response: Response) => {
  const fields = await readFields(response);
  return [fields?.status, fields?.msg, fields?.rpid];
};

describe("the checks", () => {
  test.each([
    ["an unknown user", { userid: "nobody" }, "Login Failed"],
    ["a wrong password", { pass: "wrong" }, "Login Failed"],
    ["no password", { pass: "" }, "Login Failed"],
    ["no number", { mob: "" }, "Inavlid or Incomplete parameter"],
    ["no code", { opt: "" }, "Inavlid or Incomplete parameter"],
    ["an unknown code", { opt: "999" }, "Inavlid or Incomplete parameter"],
    ["a code that several products share", { opt: "130" }, "Inavlid or Incomplete parameter"],
    ["no amount", { amt: "" }, "Inavlid or Incomplete parameter"],
    ["no agentid", { agentid: "" }, "Inavlid or Incomplete parameter"],
    ["an amount that is none", { amt: "ten" }, "Invalid Refill Amount"],
    ["an amount that is not sold", { amt: "9" }, "Invalid Refill Amount"],
    ["a number that is none", { mob: "12345" }, "Invalid Acount Number"],
  ] as const)("judge %s", async (_, fields, text) => {
    const { recharge, journal } = simulate();
    const refused = await refusalOf(await recharge("9826386400", fields));
    expect(refused).toEqual(["FAILED", text, null]);
    expect(await journal()).toMatchObject([{ executed: false, state: "refused" }]);
  });

  test("asks for fmt", async () => {
    const fields = await readFields(await simulate().recharge("9826386400", { fmt: "csv" }));
    expect(fields).toMatchObject({ status: "FAILED", msg: "Inavlid or Incomplete parameter" });
  });

  test("refuse what the wallet cannot pay, and no less", async () => {
    const { recharge } = simulate();
    for (let i = 0; i < 1_020; i += 1) await recharge(`9${1_000_000 + i}80`, { amt: "10000", agentid: `FILL${i}` });
    expect(await refusalOf(await recharge("9826386400", { amt: "4082" }))).toEqual([
      "FAILED",
      "Insufficiant Balance",
      null,
    ]);
    expect(await readFields(await recharge("9826386500", { amt: "4081" }))).toMatchObject({
      status: "SUCCESS",
      bal: "0.62",
    });
  });
});

describe("the repeat rule", () => {
  test("refuses the same number, operator and amount within fifteen minutes and not after", async () => {
    const { clock, recharge, journal } = simulate();
    await recharge("9826386400");
    const repeat = ["FAILED", "Repeat Request within Specific Time", null];
    clock.now += 899_999;
    expect(await refusalOf(await recharge("9826386400", { agentid: "REFB" }))).toEqual(repeat);
    expect((await refusalOf(await recharge("9826386400", { agentid: "REFC", amt: "11" })))[0]).toBe("SUCCESS");
    expect((await refusalOf(await recharge("9826386400", { agentid: "REFD", opt: "37" })))[0]).toBe("SUCCESS");
    expect((await refusalOf(await recharge("9826386401", { agentid: "REFE" })))[0]).toBe("SUCCESS");
    clock.now += 1;
    expect((await refusalOf(await recharge("9826386400", { agentid: "REFF" })))[0]).toBe("SUCCESS");
    expect((await journal("?number=9826386400")).map((entry) => entry.executions)).toEqual([1, 0, 1, 1, 1]);
  });

  test("divides the fifteen minutes by TIME_DIVISOR", async () => {
    const { clock, recharge } = simulate(100);
    await recharge("9826386400");
    clock.now += 9_000;
    expect((await refusalOf(await recharge("9826386400", { agentid: "REFB" })))[0]).toBe("SUCCESS");
  });

  test("lets an equal request pass when the earlier one failed, was refused or never arrived", async () => {
    for (const suffix of ["10", "12", "41"]) {
      const { recharge } = simulate();
      await recharge(`98263864${suffix}`);
      const [, text] = await refusalOf(await recharge(`98263864${suffix}`, { agentid: "REFB" }));
      expect(text).not.toBe("Repeat Request within Specific Time");
    }
  });

  test("blocks an equal request while a late execution is still to come", async () => {
    const { recharge } = simulate();
    await recharge("9826386442");
    expect((await refusalOf(await recharge("9826386442", { agentid: "REFB" })))[1]).toBe(
      "Repeat Request within Specific Time",
    );
  });
});

describe("a reference", () => {
  test("is answered as a repeat for ever and executed once", async () => {
    const { clock, recharge, journal } = simulate();
    await recharge("9826386400");
    clock.now += 86_400_000;
    expect((await refusalOf(await recharge("9826386400")))[1]).toBe("Repeat Request within Specific Time");
    expect((await refusalOf(await recharge("9826386500", { agentid: "REF9826386400" })))[1]).toBe(
      "Repeat Request within Specific Time",
    );
    expect(await journal()).toMatchObject([{ executions: 1, deliveries: 3 }]);
  });

  test("and a wallet belong to one account", async () => {
    const { recharge, send } = simulate();
    await recharge("9826386400");
    const second = await recharge("9826386400", { userid: "sim-user-2", pass: "sim-pass-2" });
    expect(await readFields(second)).toMatchObject({ status: "SUCCESS", bal: "9999990.2" });
    const wallets = await (await send("/wallets")).json();
    expect(wallets).toEqual([
      { account: "sim-user", protocol: "backnpay", currency: "INR", balance: "9999990.20" },
      { account: "sim-user-2", protocol: "backnpay", currency: "INR", balance: "9999990.20" },
      { account: "SIM-1", protocol: "aopay", currency: "INR", balance: "10000000.00" },
      { account: "sim-key", protocol: "nurr", currency: "BDT", balance: "10000000.00" },
    ]);
  });
});

describe("lookup and balance", () => {
  test("find a recharge by their id as well, and without the value of pass", async () => {
    const { recharge, backnpay } = simulate();
    await recharge("9826386400");
    const fields = {
      status: "SUCCESS",
      rpid: "SIM000000000001",
      agentid: "REF9826386400",
      mobile: "9826386400",
      amount: "10",
    };
    expect(await readFields(await backnpay({ csrpid: "SIM000000000001" }))).toMatchObject(fields);
    expect(await readFields(await backnpay({ csagentid: "REF9826386400", pass: "" }))).toMatchObject(fields);
  });

  test("refuse a wrong login", async () => {
    const { backnpay } = simulate();
    for (const query of [{ csagentid: "REF1" }, { Get: "CB" }])
      expect(await readFields(await backnpay({ ...query, pass: "wrong" }))).toMatchObject({
        status: "FAILED",
        msg: "Login Failed",
      });
  });

  test("give the balance as STATUS", async () => {
    const fields = await readFields(await simulate().backnpay({ Get: "cb", pass: "" }));
    expect(fields).toMatchObject({ status: "10000000.00", msg: "Remaining Balance" });
  });

  test("give the reason of a failure in OPID", async () => {
    const { recharge, backnpay } = simulate();
    await recharge("9826386411");
    expect(await readFields(await backnpay({ csagentid: "REF9826386411" }))).toMatchObject({
      status: "FAILED",
      opid: "Invalid Service Provider",
    });
  });
});
