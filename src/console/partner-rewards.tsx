// `/console/partners/{id}/rewards`: the partner's programme of points, levels and cashback, as the API writes it.
import type { Hono } from "hono";
import { z } from "zod";
import { addAct, formRefusal } from "./act.tsx";
import type { AskGateway } from "./ask.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { Fold } from "./field.tsx";
import { OnlyFor } from "./only-for.tsx";
import {
  partnerApi,
  partnerBack,
  partnerPage,
  type PartnerShown,
  partnersPage,
  showPartner,
} from "./partner-frame.tsx";

const list = z.array(z.unknown());
const programmeSchema = z.looseObject({
  points: list,
  levels: list,
  offers: list,
  budgets: z.array(z.looseObject({ currency: z.string(), amount: z.string() })),
});
type Programme = z.infer<typeof programmeSchema>;

export function addPartnerRewards(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  app.get(`${partnerPage}/rewards`, (c) =>
    showPartner(c, gateway, "/rewards", (partner) => (
      <>
        <p>{partner.rewards === null ? "The programme is off." : <Counted programme={partner.rewards} />}</p>
        <OnlyFor guest={c.get("session").guest} scope="finance">
          <Form partner={partner} />
        </OnlyFor>
      </>
    )),
  );
  addAct(app, gateway, {
    path: `${partnerPage}/rewards`,
    title: "Change the reward programme",
    section: partnersPage,
    button: "Yes, from the next success on",
    back: partnerBack("/rewards"),
    done: "changed",
    says: (fields) => {
      const read = readProgramme(fields.one("programme"));
      return (
        <p>
          For recharges that succeed from now on:{" "}
          {read === null || read === undefined ? (
            "no points and no cashback; the programme is off."
          ) : (
            <Counted programme={read} />
          )}{" "}
          What was given stays given.
        </p>
      );
    },
    asks: (fields, c) => {
      const read = readProgramme(fields.one("programme"));
      if (read === undefined)
        return formRefusal("programme", "is no programme: points, levels, offers and budgets as JSON");
      return { method: "PUT", path: partnerApi(c, "/rewards"), body: { rewards: read } };
    },
  });
}

/** Null: off. Undefined: the text is none. What is in its lists is the API's to judge. */
function readProgramme(text: string): Programme | null | undefined {
  if (text === "") return null;
  try {
    return programmeSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function Counted({ programme }: { readonly programme: unknown }) {
  const read = programmeSchema.safeParse(programme);
  if (!read.success) return <>not known</>;
  const { points, levels, offers, budgets } = read.data;
  const most = budgets.map(({ amount, currency }) => `${amount} ${currency}`).join(" and ");
  return (
    <>
      {points.length} rules of points, {levels.length} levels, {offers.length} cashback offers,{" "}
      {most === "" ? "no budget" : `at most ${most} of cashback`}.
    </>
  );
}

const start = { points: [{ product: "*", basis_points: 50 }], levels: [], offers: [], budgets: [] };

function Form({ partner }: { readonly partner: PartnerShown }) {
  return (
    <Fold title="Change the programme">
      <form method="post" action={`${partnersPage}/${partner.id}/rewards`}>
        <label>
          Programme
          <textarea name="programme" rows={12} spellcheck={false} class="lines">
            {JSON.stringify(partner.rewards ?? start, null, 2)}
          </textarea>
          <small>As the API writes it; docs/rewards.md says what each part does. Empty: the programme is off.</small>
        </label>
        <button type="submit">Go on</button>
      </form>
    </Fold>
  );
}
