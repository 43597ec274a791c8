// `/console/settings/numbers`: how often one number may be recharged, and the numbers to which nothing is sent.
import type { Hono } from "hono";
import { z } from "zod";
import { products } from "../catalog/products.ts";
import { addAct, formRefusal } from "./act.tsx";
import { type AskGateway, ask, type Asked } from "./ask.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { Choice, Field, Fold } from "./field.tsx";
import { OnlyFor } from "./only-for.tsx";
import { Moment } from "./page.tsx";
import { RefusedNote } from "./refused.tsx";
import { Settings, settingsPage } from "./settings-frame.tsx";
import { Table } from "./table.tsx";

const numbersPage = `${settingsPage}/numbers`;
const rulesSchema = z.object({
  velocity_per_day: z.int(),
  velocity_is_set_by: z.string(),
  velocity_window_seconds: z.number(),
  repeat_window_seconds: z.number(),
});
const blockedSchema = z.object({
  numbers: z.array(
    z.object({ number: z.string(), reason: z.string(), blocked_at: z.string(), blocked_by: z.string() }),
  ),
  next_offset: z.int().nullable(),
});

export function addSettingsNumbers(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  app.get(numbersPage, async (c) => {
    const offset = /^\d{1,6}$/.exec(c.req.query("offset") ?? "")?.[0] ?? "0";
    const [rules, blocked] = await Promise.all([
      ask(c, gateway, { path: "/admin/v1/number-rules", schema: rulesSchema }),
      ask(c, gateway, { path: `/admin/v1/blocked-numbers?limit=100&offset=${offset}`, schema: blockedSchema }),
    ]);
    return c.html(
      <Settings c={c} tab="/numbers">
        <Rules rules={rules} />
        <Blocked blocked={blocked} />
        <OnlyFor guest={c.get("session").guest} scope="operator">
          <Forms />
        </OnlyFor>
      </Settings>,
    );
  });
  addActs(app, gateway);
}

function Rules({ rules }: { readonly rules: Asked<z.infer<typeof rulesSchema>> }) {
  if (!rules.ok) return <RefusedNote refused={rules.refused} />;
  const { velocity_per_day: most, velocity_is_set_by: by, repeat_window_seconds: repeat } = rules.value;
  return (
    <p>
      One number is recharged at most <strong>{most}</strong> times within{" "}
      {duration(rules.value.velocity_window_seconds)}, over all partners (
      {by === "staff" ? "set by staff" : "by the settings"}). The same number and amount are refused for{" "}
      {duration(repeat)}.
    </p>
  );
}

function duration(seconds: number): string {
  if (seconds >= 3_600) return `${Math.round(seconds / 360) / 10} hours`;
  return seconds >= 60 ? `${Math.round(seconds / 6) / 10} minutes` : `${seconds} seconds`;
}

function Blocked({ blocked }: { readonly blocked: Asked<z.infer<typeof blockedSchema>> }) {
  return (
    <section aria-labelledby="blocked">
      <h2 id="blocked">Nothing is sent to</h2>
      {blocked.ok ? (
        <>
          <Table
            label="Blocked numbers"
            head={["Number", "Reason", "Since", "By"]}
            empty="No number is blocked."
            rows={blocked.value.numbers.map((one) => [
              one.number,
              one.reason,
              <Moment at={one.blocked_at} />,
              one.blocked_by,
            ])}
          />
          {blocked.value.next_offset === null ? null : (
            <a href={`${numbersPage}?offset=${blocked.value.next_offset}`}>More numbers</a>
          )}
        </>
      ) : (
        <RefusedNote refused={blocked.refused} />
      )}
    </section>
  );
}

function Forms() {
  return (
    <>
      <Fold title="Block a number, or free it">
        <form method="post" action={`${numbersPage}/block`}>
          <Choice label="Product" name="product" options={products.map(({ id, name }) => [id, `${name} (${id})`])} />
          <Field label="Number" name="number" mode="numeric" hint="Whatever the product of its kind, all are meant." />
          <Field label="Reason" name="reason" />
          <Choice
            label="From now on"
            name="is_blocked"
            options={[
              ["yes", "send nothing to it"],
              ["no", "take it again"],
            ]}
          />
          <button type="submit">Go on</button>
        </form>
      </Fold>
      <Fold title="Change how often">
        <form method="post" action={`${numbersPage}/velocity`}>
          <Field
            label="Times a day"
            name="velocity"
            mode="numeric"
            isOptional
            hint="1 to 1000; empty: as the settings say."
          />
          <button type="submit">Go on</button>
        </form>
      </Fold>
    </>
  );
}

function addActs(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  const same = { section: settingsPage, back: () => numbersPage, done: "changed" } as const;
  addAct(app, gateway, {
    ...same,
    path: `${numbersPage}/block`,
    title: "Block a number, or free it",
    says: (fields) => (
      <p>
        {fields.one("is_blocked") === "yes" ? "Nothing is sent any more to" : "Recharges are taken again for"}{" "}
        <strong>{fields.one("number")}</strong>, of every partner. What is pending goes on. Reason:{" "}
        {fields.one("reason")}
      </p>
    ),
    asks: (fields) => {
      const [product, number, reason] = [fields.one("product"), fields.one("number"), fields.one("reason")];
      const body = { product, number, reason, is_blocked: fields.one("is_blocked") === "yes" };
      return { method: "PUT", path: "/admin/v1/blocked-numbers", body };
    },
  });
  addAct(app, gateway, {
    ...same,
    path: `${numbersPage}/velocity`,
    title: "Change how often a number is recharged",
    says: (fields) => (
      <p>
        One number may be recharged {fields.one("velocity") || "as the settings say"}
        {fields.one("velocity") === "" ? "" : " times a day"}, over all partners, from the next recharge on.
      </p>
    ),
    asks: (fields) => {
      const typed = fields.one("velocity");
      if (!/^\d{0,4}$/.test(typed)) return formRefusal("velocity", "is not a whole number");
      const body = { velocity_per_day: typed === "" ? null : Number(typed) };
      return { method: "PUT", path: "/admin/v1/number-rules", body };
    },
  });
}
