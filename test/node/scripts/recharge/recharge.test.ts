// The command line: what it asks the gateway, what it shows, how it ends.
import { spawnSync } from "node:child_process";
import { expect, describe, it } from "vitest";
import { problem, recharge } from "./terminal.ts";

const credit = ["wallets", "credit", "ptn_00001", "INR", "5.00", "--reason", "paid", "--external-reference", "bank-1"];
const wallet = { currency: "INR", balance: "105.00", held: "0.00", debt: "0.00" };

const pageOf = (id: string, next: string | null) => ({
  body: { recharges: [{ id, created_at: "2026-11-21T12:00:00.000Z" }], next_cursor: next },
});

const sayNo = async () => false;
const one = (id: string, state: string, created: string) => {
  return { id, state, created_at: created, updated_at: "2026-11-22T00:00:00.000Z", number: "9826386400" };
};
const page = (...recharges: object[]) => ({ body: { recharges, next_cursor: null } });

function launch(...words: string[]) {
  const env = { ...process.env, RECHARGE_TOKEN: "rs_test", RECHARGE_URL: "http://127.0.0.1:1" };
  return spawnSync(process.execPath, ["scripts/recharge.mjs", ...words], { env, encoding: "utf8" });
}

describe("what is asked", () => {
  it("is the operation's path, query and body, with the token", async () => {
    const { asked } = await recharge([...credit, "--yes"], [{ body: wallet }]);
    expect(asked).toEqual([
      {
        method: "POST",
        path: "/admin/v1/partners/ptn_00001/credits",
        query: {},
        body: { currency: "INR", amount: "5.00", reason: "paid", external_reference: "bank-1" },
        token: "Bearer rs_test",
      },
    ]);
    const listed = await recharge(["audit", "--order", "newest", "--limit", "5", "--url", "http://other.test/"]);
    expect(listed.asked).toMatchObject([
      { path: "/admin/v1/audit", query: { order: "newest", limit: "5" }, body: null },
    ]);
  });
});

describe("what is given", () => {
  it.each([
    ["a share", "*=1%", [{ product: "*", basis_points: 100 }]],
    [
      "a share with decimals, and an amount",
      "*=1.5%,a.b.c=0.75",
      [
        { product: "*", basis_points: 150 },
        { product: "a.b.c", fixed: "0.75" },
      ],
    ],
    ["JSON", '[{"product":"*","fixed":"1.00"}]', [{ product: "*", fixed: "1.00" }]],
    ["a file", "@plan.json", { file: "plan.json" }],
    ["no rule", "none", []],
  ])("takes commission as %s", async (_what, text, commission) => {
    const { asked } = await recharge(["plans", "preview", "ptn_00001", "--commission", text]);
    expect(asked).toMatchObject([{ body: { commission } }]);
  });

  it("takes lists, numbers, yes and none, and says itself what the words say", async () => {
    const keys = await recharge(["keys", "rotate", "ptn_00001", "key_a", "next", "--overlap-seconds", "60"]);
    expect(keys.asked).toMatchObject([{ body: { name: "next", overlap_seconds: 60 } }]);
    const order = await recharge(["providers", "order", "*", "--providers", "b,a"]);
    expect(order.asked).toMatchObject([{ method: "PUT", body: { product: "*", providers: ["b", "a"] } }]);
    const off = await recharge(["providers", "off", "a"], [{ status: 204 }]);
    expect([off.asked[0]?.body, off.out]).toEqual([{ is_off: true }, "Done.\n"]);
    const velocity = await recharge(["numbers", "velocity", "none"]);
    expect(velocity.asked).toMatchObject([{ body: { velocity_per_day: null } }]);
  });

  it("sends a file as it is", async () => {
    const { asked } = await recharge(["statements", "plan", "p", "--file", "june.csv"]);
    expect(asked).toMatchObject([{ query: { dry_run: "true" }, body: '{"file":"june.csv"}' }]);
  });

  it("is every page where all are wanted, with progress", async () => {
    const seen: unknown[] = [];
    const { asked, out } = await recharge(
      ["recharges", "list", "--all", "--from", "2026-11-21T00:00:00Z", "--json"],
      [pageOf("rch_2", "1.1.1"), pageOf("rch_1", null)],
      { progress: (done, text) => void seen.push([done, text]) },
    );
    expect(asked.map(({ query }) => query["cursor"])).toEqual([undefined, "1.1.1"]);
    expect(JSON.parse(out)).toMatchObject({ recharges: [{ id: "rch_2" }, { id: "rch_1" }] });
    expect(seen).toEqual([
      [0.5, "1 read"],
      [1, "2 read"],
    ]);
  });
});

describe("before money moves", () => {
  it("a person is asked, and nothing is done without a yes", async () => {
    const questions: string[] = [];
    const confirm = async (question: string) => {
      questions.push(question);
      return questions.length > 1;
    };
    expect(await recharge(credit, [{ body: wallet }], { confirm })).toMatchObject({ code: 6, asked: [] });
    expect(await recharge(credit, [{ body: wallet }], { confirm })).toMatchObject({
      code: 0,
      asked: [{ method: "POST" }],
    });
    expect(questions).toEqual(Array(2).fill("Put 5.00 INR into the wallet of ptn_00001 (bank-1)?"));
  });

  it("nothing is done where nobody can be asked, unless --yes says so", async () => {
    expect(await recharge(credit)).toMatchObject({ code: 6, asked: [], err: expect.stringContaining("--yes") });
    expect((await recharge(["--yes", ...credit], [{ body: wallet }])).code).toBe(0);
  });

  it("a plan is shown on real recharges first", async () => {
    const shown = { body: { lines: [{ product: "in.airtel.prepaid", commission: "1.00", commission_then: "2.00" }] } };
    const { asked, err } = await recharge(["plans", "set", "ptn_00001", "--commission", "*=2%"], [shown], {
      confirm: sayNo,
    });
    expect(asked).toMatchObject([{ path: "/admin/v1/partners/ptn_00001/plan/preview" }]);
    expect(err).toContain("COMMISSION THEN");
  });
});

describe("how it ends", () => {
  it.each([
    ["a good answer", { body: wallet }, 0, ""],
    ["a refusal", problem(422, "parameter"), 3, "parameter: Because.\n  /amount must be above zero\n"],
    ["a token that lacks the scope", problem(403, "scope"), 4, "scope: Because."],
    ["a fault", problem(500, "fault"), 1, "fault: Because."],
    ["an answer of something else", { status: 502, body: {} }, 1, "answered 502"],
    ["no answer", "lost" as const, 5, "Whether it had an effect is not known"],
  ])("%s", async (_what, answer, code, said) => {
    const ended = await recharge([...credit, "--yes"], [answer]);
    expect([ended.code, ended.asked.length]).toEqual([code, 1]);
    expect(ended.err).toContain(said);
  });

  it.each([
    ["an unknown command", ["nonsense"]],
    ["an argument that is missing", ["partners", "show"]],
    ["an option that is missing", ["keys", "issue", "ptn_00001", "a"]],
    ["a word that is no choice", ["recharges", "list", "--state", "lost"]],
    ["a number that is none", ["keys", "rotate", "p", "k", "n", "--overlap-seconds", "soon"]],
    ["JSON that is none", ["partners", "limits", "p", "--limits", "[{"]],
    ["a rule that is none", ["plans", "preview", "p", "--commission", "*:1"]],
    ["an address that is none", ["partners", "list", "--url", "gateway"]],
  ])("%s: nothing is asked", async (_what, words) => {
    expect(await recharge(words)).toMatchObject({ code: 2, asked: [], err: expect.stringMatching(/./) });
  });

  it("without a token it says where to put one", async () => {
    const { code, err } = await recharge(["partners", "list"], [{}], { env: {} });
    expect([code, err]).toEqual([2, expect.stringContaining("RECHARGE_TOKEN")]);
  });

  it("says a refusal as JSON to scripts", async () => {
    const { code, out, err } = await recharge([...credit, "--yes", "--json"], [problem(422, "parameter")]);
    expect([code, out]).toEqual([3, ""]);
    expect(JSON.parse(err)).toMatchObject({ code: "parameter" });
  });
});

it("follows recharges: each when it is new and when its state changes, an old pending one too", async () => {
  const stop = new AbortController();
  const old = "2026-11-21T23:00:00.000Z";
  const fresh = "2026-11-21T23:59:59.000Z";
  let looks = 0;
  const { asked, out } = await recharge(
    ["recharges", "tail", "--json", "--partner", "ptn_00001"],
    [
      page(one("rch_1", "pending", old)),
      page(one("rch_2", "succeeded", fresh), one("rch_1", "pending", old)),
      page(one("rch_2", "succeeded", fresh), one("rch_1", "failed", old)),
      page(one("rch_2", "succeeded", fresh)),
    ],
    {
      stopped: stop.signal,
      sleep: async () => {
        looks += 1;
        if (looks === 4) stop.abort();
      },
    },
  );
  const lines = out
    .trim()
    .split("\n")
    .map((line): unknown => JSON.parse(line));
  expect(lines).toMatchObject([
    { id: "rch_1", state: "pending" },
    { id: "rch_2", state: "succeeded" },
    { id: "rch_1", state: "failed" },
  ]);
  expect(asked.map(({ query }) => query["from"])).toEqual([
    "2026-11-21T23:59:00.000Z",
    old,
    old,
    "2026-11-21T23:59:00.000Z",
  ]);
  expect(asked[0]?.query["partner"]).toBe("ptn_00001");
});

it("runs the program on the packaged Node, and hands its exit code on", () => {
  const unheard = launch("partners", "list");
  expect([unheard.status, unheard.stdout]).toEqual([5, ""]);
  expect(unheard.stderr).toContain("No answer from http://127.0.0.1:1");
});
