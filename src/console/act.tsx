// A write of a page: it says what it will do and asks, is done once, and leads back; or shows what is shown once.
import type { Context, Hono } from "hono";
import type { Child } from "hono/jsx";
import { z } from "zod";
import { type AskGateway, ask, type Question, type Refused } from "./ask.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { FormId, formIdName } from "./form-id.tsx";
import { Page } from "./page.tsx";
import { RefusedNote } from "./refused.tsx";
import { isNothingDone, sendOnce } from "./send-once.ts";

/** What a form sent. A field that was not sent is empty. */
export interface Fields {
  one(name: string): string;
  all(name: string): readonly string[];
}

type Asking = Omit<Question<z.ZodType>, "schema">;

export interface Act {
  readonly path: string;
  readonly title: string;
  readonly section: string;
  /** What it will do, in words and numbers, before it is done. Left out: nothing of money or access changes, nobody is asked. */
  readonly says?: (fields: Fields, c: Context<ConsoleEnv>) => Child | Promise<Child>;
  readonly button?: string;
  readonly isDangerous?: boolean;
  /** What is asked of the API; a refusal where the form itself is no question. */
  readonly asks: (fields: Fields, c: Context<ConsoleEnv>) => Asking | { readonly refused: Refused };
  readonly back: (c: Context<ConsoleEnv>) => string;
  /** Said on the page that it leads back to. */
  readonly done: Done;
  /** What is shown once, instead of leading back. */
  readonly shows?: (answer: unknown, c: Context<ConsoleEnv>) => Child;
}

const notes = {
  added: "Added.",
  changed: "Changed. It holds from now on.",
  credited: "The money is in the wallet.",
  debited: "The money was taken out of the wallet.",
  revoked: "Revoked. It is refused from now on.",
  removed: "Removed.",
  sent: "It is on its way.",
  "signed-out": "Signed out everywhere.",
} as const;
export type Done = keyof typeof notes;

/** The note that a write left in the address, if it is one of ours. */
export function noteOf(c: Context<ConsoleEnv>): { readonly note?: string } {
  const done = c.req.query("done") ?? "";
  const found = Object.entries(notes).find(([name]) => name === done);
  return found === undefined ? {} : { note: found[1] };
}

/** A refusal in the form of the API's, for what only a form can have wrong. */
export function formRefusal(pointer: string, reason: string): { readonly refused: Refused } {
  return {
    refused: { status: 422, code: "parameter", detail: "The form is not right.", problems: [{ pointer, reason }] },
  };
}

export function addAct(app: Hono<ConsoleEnv>, gateway: AskGateway, act: Act): void {
  app.post(act.path, async (c) => {
    const data = await c.req.formData();
    const fields = fieldsOf(data);
    const asking = act.asks(fields, c);
    if ("refused" in asking) return answerRefused(c, act, asking.refused);
    if (act.says !== undefined && fields.one("confirmed") !== "yes")
      return c.html(
        <Frame c={c} act={act}>
          <Confirm act={act} data={data} path={c.req.path} back={act.back(c)} says={await act.says(fields, c)} />
        </Frame>,
      );
    const answer = await sendOnce(c, fields.one(formIdName), () => ask(c, gateway, { ...asking, schema: z.unknown() }));
    if (!answer.ok) return answerRefused(c, act, answer.refused);
    if (act.shows === undefined) return c.redirect(`${act.back(c)}?done=${act.done}`, 303);
    return c.html(
      <Frame c={c} act={act}>
        {act.shows(answer.value, c)}
        <BackLink to={act.back(c)} />
      </Frame>,
    );
  });
}

function fieldsOf(data: FormData): Fields {
  const all = (name: string) => data.getAll(name).flatMap((value) => (typeof value === "string" ? [value.trim()] : []));
  return { all, one: (name) => all(name)[0] ?? "" };
}

function answerRefused(c: Context<ConsoleEnv>, act: Act, refused: Refused): Response | Promise<Response> {
  const status = refused.status === 403 ? 403 : refused.status === 404 ? 404 : 422;
  return c.html(
    <Frame c={c} act={act}>
      <RefusedNote refused={refused} />
      {isNothingDone(refused) ? (
        <p>Nothing was changed. What you wrote is still in the form before this page.</p>
      ) : null}
      <BackLink to={act.back(c)} />
    </Frame>,
    status,
  );
}

interface FrameProps {
  readonly c: Context<ConsoleEnv>;
  readonly act: Act;
  readonly children: Child;
}

function Frame({ c, act, children }: FrameProps) {
  return (
    <Page title={act.title} section={act.section} guest={c.get("session").guest}>
      {children}
    </Page>
  );
}

interface ConfirmProps {
  readonly act: Act;
  readonly data: FormData;
  readonly path: string;
  readonly back: string;
  readonly says: Child;
}

function Confirm({ act, data, path, back, says }: ConfirmProps) {
  const sent = [...data.entries()].flatMap(([name, value]) =>
    typeof value === "string" && name !== formIdName ? [{ name, value }] : [],
  );
  return (
    <form method="post" action={path} class="card">
      {says}
      {sent.map(({ name, value }) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <input type="hidden" name="confirmed" value="yes" />
      <FormId />
      <p class="choices">
        <button type="submit" class={act.isDangerous === true ? "danger" : undefined}>
          {act.button ?? "Yes, do it"}
        </button>
        <a class="button quiet" href={back}>
          No, go back
        </a>
      </p>
    </form>
  );
}

function BackLink({ to }: { readonly to: string }) {
  return (
    <p>
      <a href={to}>Back</a>
    </p>
  );
}
