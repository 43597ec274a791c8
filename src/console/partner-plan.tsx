// `/console/partners/{id}/plan`: commission now and later; a new plan is shown on real recharges before it holds.
import type { Context, Hono } from "hono";
import { z } from "zod";
import { addAct, type Fields, formRefusal } from "./act.tsx";
import { type AskGateway, ask } from "./ask.ts";
import { commissionSchema, readCommission, writeCommission } from "./commission-text.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { Field, Fold, Press } from "./field.tsx";
import { momentText } from "./moment-text.ts";
import { moneyText } from "./money-text.ts";
import { OnlyFor } from "./only-for.tsx";
import { Moment } from "./page.tsx";
import {
  partnerApi,
  partnerBack,
  partnerIn,
  partnerPage,
  type PartnerShown,
  partnersPage,
  showPartner,
} from "./partner-frame.tsx";
import { RefusedNote } from "./refused.tsx";
import { Table } from "./table.tsx";

const plansSchema = z.object({
  plans: z.array(z.object({ version: z.int(), from: z.string(), commission: commissionSchema })),
});
const previewSchema = z.object({
  lines: z.array(
    z.object({
      product: z.string(),
      currency: z.string(),
      recharges: z.int(),
      amount: z.string(),
      commission: z.string(),
      commission_then: z.string(),
      difference: z.string(),
    }),
  ),
});

export function addPartnerPlan(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  app.get(`${partnerPage}/plan`, (c) =>
    showPartner(c, gateway, "/plan", async (partner) => {
      const plans = await ask(c, gateway, { path: partnerApi(c, "/plans"), schema: plansSchema });
      return (
        <>
          {plans.ok ? <Plans partner={partner} plans={plans.value.plans} /> : <RefusedNote refused={plans.refused} />}
          <OnlyFor guest={c.get("session").guest} scope="finance">
            <NewPlan partner={partner} />
          </OnlyFor>
        </>
      );
    }),
  );
  addChange(app, gateway);
  addAct(app, gateway, {
    path: `${partnerPage}/plan/cancel`,
    title: "Give up a later plan",
    section: partnersPage,
    back: partnerBack("/plan"),
    done: "removed",
    says: (fields) => <p>Plan {fields.one("version")} will not come. The plan before it goes on.</p>,
    asks: (fields, c) => ({
      method: "DELETE",
      path: partnerApi(c, `/plans/${encodeURIComponent(fields.one("version"))}`),
    }),
  });
}

interface PlansProps {
  readonly partner: PartnerShown;
  readonly plans: z.infer<typeof plansSchema>["plans"];
}

function Plans({ partner, plans }: PlansProps) {
  const later = new Set(partner.later_plans.map((plan) => plan.version));
  const standing = (version: number) =>
    later.has(version) ? (
      <Press
        action={`${partnersPage}/${partner.id}/plan/cancel`}
        text="Give up"
        fields={{ version: String(version) }}
      />
    ) : version === partner.plan_version ? (
      <span class="badge succeeded">holds now</span>
    ) : (
      "is over"
    );
  return (
    <Table
      label="Commission plans"
      head={["Plan", "From", "Rules", ""]}
      empty="There is no plan."
      rows={plans.map(({ version, from, commission }) => [
        version,
        <Moment at={from} />,
        <span class="lines">{writeCommission(commission) || "no commission"}</span>,
        standing(version),
      ])}
    />
  );
}

function NewPlan({ partner }: { readonly partner: PartnerShown }) {
  return (
    <Fold title="Set another plan">
      <form method="post" action={`${partnersPage}/${partner.id}/plan`}>
        <label>
          Rules
          <textarea name="commission" rows={5}>
            {writeCommission(partner.commission)}
          </textarea>
          <small>
            A rule a line: a product or *, then a percentage (1.25%) or an amount (0.50). The most exact counts.
          </small>
        </label>
        <Field label="From (UTC)" name="from" type="datetime-local" isOptional hint="Empty: at once." />
        <button type="submit">Show what it would have come to</button>
      </form>
    </Fold>
  );
}

function addChange(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  addAct(app, gateway, {
    path: `${partnerPage}/plan`,
    title: "Set another plan",
    section: partnersPage,
    button: "Yes, set this plan",
    back: partnerBack("/plan"),
    done: "changed",
    says: (fields, c) => sayPlan(c, gateway, fields),
    asks: (fields, c) => {
      const read = readCommission(fields.one("commission"));
      if ("badLine" in read) return formRefusal("commission", `line ${read.badLine} is no rule`);
      const from = fields.one("from");
      const body = { commission: read.rules, ...(from === "" ? {} : { from: momentText(from) }) };
      return { method: "PUT", path: partnerApi(c, "/plan"), body };
    },
  });
}

async function sayPlan(c: Context<ConsoleEnv>, gateway: AskGateway, fields: Fields) {
  const read = readCommission(fields.one("commission"));
  if ("badLine" in read) return null;
  const preview = await ask(c, gateway, {
    method: "POST",
    path: partnerApi(c, "/plan/preview"),
    body: { commission: read.rules },
    schema: previewSchema,
  });
  if (!preview.ok) return <RefusedNote refused={preview.refused} />;
  const from = fields.one("from");
  return (
    <>
      <p>
        <code>{partnerIn(c)}</code> gets this plan{" "}
        {from === "" ? (
          "at once"
        ) : (
          <>
            from <Moment at={momentText(from)} />
          </>
        )}
        . What was placed keeps its price.
      </p>
      <p class="lines">{writeCommission(read.rules) || "no commission"}</p>
      <h2>On its real recharges of the last 30 days</h2>
      <Table
        label="What the plan would have come to"
        head={["Product", "Recharges", "Sold", "Commission given", "With this plan", "Difference"]}
        figures={[1, 2, 3, 4, 5]}
        empty="It has no recharge of the last 30 days that succeeded, so there is nothing to compare."
        rows={preview.value.lines.map((line) => [
          line.product,
          line.recharges,
          moneyText(line.amount, line.currency),
          moneyText(line.commission, line.currency),
          moneyText(line.commission_then, line.currency),
          moneyText(line.difference, line.currency),
        ])}
      />
    </>
  );
}
