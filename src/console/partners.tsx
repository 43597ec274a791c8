// `/console/partners`: all partners, and a new one.
import type { Hono } from "hono";
import { z } from "zod";
import { addAct, formRefusal, noteOf } from "./act.tsx";
import { type AskGateway, ask } from "./ask.ts";
import { readCommission } from "./commission-text.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { Choice, Field, Fold, Ticks } from "./field.tsx";
import { OnlyFor } from "./only-for.tsx";
import { Page } from "./page.tsx";
import { partnerSchema, partnersPage, StatusBadge } from "./partner-frame.tsx";
import { RefusedNote } from "./refused.tsx";
import { Table } from "./table.tsx";

const listSchema = z.object({ partners: z.array(partnerSchema), next_after: z.int().nullable() });

export function addPartners(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  app.get(partnersPage, async (c) => {
    const after = /^\d{1,8}$/.exec(c.req.query("after") ?? "")?.[0] ?? "0";
    const { guest } = c.get("session");
    const listed = await ask(c, gateway, { path: `/admin/v1/partners?limit=50&after=${after}`, schema: listSchema });
    return c.html(
      <Page title="Partners" section={partnersPage} guest={guest} {...noteOf(c)}>
        {listed.ok ? <List {...listed.value} /> : <RefusedNote refused={listed.refused} />}
        <OnlyFor guest={guest} scope="admin">
          <NewPartner />
        </OnlyFor>
      </Page>,
    );
  });
  addCreate(app, gateway);
}

function List({ partners, next_after: nextAfter }: z.infer<typeof listSchema>) {
  return (
    <>
      <Table
        label="Partners"
        head={["Partner", "Id", "Mode", "Status", "Wallets", "Plan"]}
        figures={[5]}
        empty="There is no partner yet. Create the first one below."
        rows={partners.map(({ id, name, mode, status, wallets, plan_version: plan }) => [
          <a href={`${partnersPage}/${id}`}>{name}</a>,
          <code>{id}</code>,
          mode,
          <StatusBadge status={status} />,
          wallets.join(", "),
          plan,
        ])}
      />
      {nextAfter === null ? null : (
        <p>
          <a href={`${partnersPage}?after=${nextAfter}`}>More partners</a>
        </p>
      )}
    </>
  );
}

function NewPartner() {
  return (
    <Fold title="Create a partner">
      <form method="post" action={partnersPage}>
        <Field label="Name" name="name" hint="One of the same name and mode is found again, not made twice." />
        <Choice
          label="Mode"
          name="mode"
          options={[
            ["sandbox", "sandbox: simulated upstreams"],
            ["live", "live: real money"],
          ]}
        />
        <Ticks label="Wallets" name="wallets" options={["INR", "BDT"]} ticked={["INR"]} />
        <label>
          Commission
          <textarea name="commission" rows={3}>
            * 1.00%
          </textarea>
          <small>A rule a line: a product or *, then a percentage (1.25%) or an amount (0.50).</small>
        </label>
        <button type="submit">Create</button>
      </form>
    </Fold>
  );
}

function addCreate(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  addAct(app, gateway, {
    path: partnersPage,
    title: "Create a partner",
    section: partnersPage,
    button: "Create it",
    back: () => partnersPage,
    done: "added",
    says: (fields) => (
      <p>
        <strong>{fields.one("name")}</strong> becomes a {fields.one("mode")} partner with{" "}
        {fields.all("wallets").join(" and ")} and an empty balance. It can do nothing before it has a key and money.
      </p>
    ),
    asks: (fields) => {
      const read = readCommission(fields.one("commission"));
      if ("badLine" in read) return formRefusal("commission", `line ${read.badLine} is no rule`);
      const body = {
        name: fields.one("name"),
        mode: fields.one("mode"),
        wallets: fields.all("wallets"),
        commission: read.rules,
      };
      return { method: "POST", path: "/admin/v1/partners", body };
    },
    shows: (answer) => {
      const { id, name } = partnerSchema.parse(answer);
      return (
        <p class="note" role="status">
          {name} is there, as <code>{id}</code>. <a href={`${partnersPage}/${id}/keys`}>Issue its first key</a>, then{" "}
          <a href={`${partnersPage}/${id}`}>put money into its wallet</a>.
        </p>
      );
    },
  });
}
