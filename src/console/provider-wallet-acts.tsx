// What staff do about our wallet at a provider: declare, take back, record a movement, have its balances judged now.
import type { Hono } from "hono";
import { type Act, addAct, formRefusal } from "./act.tsx";
import type { AskGateway } from "./ask.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { momentText } from "./moment-text.ts";
import { providerApi, providerBack, providerPage } from "./provider-frame.tsx";
import { providersPage } from "./providers.tsx";

const page = `${providerPage}/wallet`;
const same = { section: providersPage, back: providerBack("/wallet") } as const;

export function addWalletActs(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  for (const act of [declare, withdraw, record, judge]) addAct(app, gateway, act);
}

const said = { exclusive: "only our calls and recorded movements move it", refund_free: "no refund can come any more" };

function saidOf(kind: string): string {
  return kind === "refund_free" ? said.refund_free : said.exclusive;
}

const declare: Act = {
  ...same,
  path: `${page}/declare`,
  title: "Declare our wallet",
  done: "changed",
  says: (fields, c) => (
    <>
      <p>
        From now on you answer for it that of our wallet at <strong>{c.req.param("provider")}</strong>{" "}
        {saidOf(fields.one("kind"))}. What its balances then prove settles lost recharges, and money moves by it. A
        balance that does not foot takes the declaration back by itself.
      </p>
      <p>Reason: {fields.one("reason")}</p>
    </>
  ),
  asks: (fields, c) => {
    const typed = fields
      .one("rates")
      .split(/[\s,%]+/)
      .filter((one) => one !== "");
    const rates = typed.map((one) => Math.round(Number(one) * 100));
    if (typed.some((one) => !/^\d{1,2}(\.\d{1,2})?$/.test(one)))
      return formRefusal("rates", "are percentages with spaces between, such as 1.5 2.0");
    const body = { kind: fields.one("kind"), reason: fields.one("reason") };
    const path = providerApi(c, "/declarations");
    return { method: "POST", path, body: rates.length === 0 ? body : { ...body, commission_basis_points: rates } };
  },
};

const withdraw: Act = {
  ...same,
  path: `${page}/withdraw`,
  title: "Take a declaration back",
  done: "changed",
  isDangerous: true,
  says: (fields, c) => (
    <p>
      Nobody says any more that of our wallet at <strong>{c.req.param("provider")}</strong> {saidOf(fields.one("kind"))}
      . Its balances settle nothing until it is declared again. What they settled before stays. Reason:{" "}
      {fields.one("reason")}
    </p>
  ),
  asks: (fields, c) => ({
    method: "POST",
    path: providerApi(c, `/declarations/${encodeURIComponent(fields.one("kind"))}/withdraw`),
    body: { reason: fields.one("reason") },
  }),
};

const record: Act = {
  ...same,
  path: `${page}/movements`,
  title: "Record a movement",
  done: "added",
  says: (fields, c) => (
    <p>
      Our wallet at <strong>{c.req.param("provider")}</strong> {fields.one("direction") === "out" ? "shrank" : "grew"}{" "}
      by <strong>{fields.one("amount")}</strong> ({fields.one("note")}), reference{" "}
      <code>{fields.one("external_reference")}</code>. No money of ours moves by this; balances are judged with it from
      now on. If this reference was recorded before, nothing is.
    </p>
  ),
  asks: (fields, c) => {
    const [from, until] = [fields.one("from"), fields.one("until")];
    const body = {
      direction: fields.one("direction"),
      amount: fields.one("amount"),
      from: momentText(from),
      ...(until === "" ? {} : { until: momentText(until) }),
      note: fields.one("note"),
      external_reference: fields.one("external_reference"),
    };
    return { method: "POST", path: providerApi(c, "/float-movements"), body };
  },
};

const judge: Act = {
  ...same,
  path: `${page}/judge`,
  title: "Judge its balances now",
  button: "Yes, judge and settle",
  done: "changed",
  says: (_fields, c) => (
    <p>
      Every account is asked for its calls at <strong>{c.req.param("provider")}</strong>, and what the balances prove is
      settled: money is posted or given back, as the thorough run does it. Where nobody declares the wallet exclusive,
      nothing is.
    </p>
  ),
  asks: (_fields, c) => ({ method: "POST", path: providerApi(c, "/segments") }),
};
