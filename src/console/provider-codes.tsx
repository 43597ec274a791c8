// `/console/providers/{id}/codes`: each product's code with where it comes from, the word of staff, and tests through this provider alone.
import type { Hono } from "hono";
import { z } from "zod";
import type { Guest } from "../partners/sessions.ts";
import { addAct } from "./act.tsx";
import { type AskGateway, ask } from "./ask.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { countText } from "./count-text.ts";
import { Choice, Field } from "./field.tsx";
import { OnlyFor } from "./only-for.tsx";
import { Moment } from "./page.tsx";
import { providerApi, providerBack, providerIn, providerPage, showProvider } from "./provider-frame.tsx";
import { askTests } from "./provider-test-answers.ts";
import { addProviderTest } from "./provider-test-form.tsx";
import { Tests } from "./provider-tests.tsx";
import { providersPage } from "./providers.tsx";
import { Table } from "./table.tsx";

const codesPage = `${providerPage}/codes`;
const codeSchema = z.object({
  product: z.string(),
  name: z.string(),
  code: z.string(),
  provenance: z.enum(["documented", "inferred", "certified"]),
  is_on: z.boolean(),
  said: z
    .object({ is_certified: z.boolean().nullable(), by: z.string(), at: z.string(), reason: z.string() })
    .nullable(),
});
const codesSchema = z.object({ codes: z.array(codeSchema) });
type Code = z.infer<typeof codeSchema>;

export function addProviderCodes(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  app.get(codesPage, async (c) => {
    const { guest } = c.get("session");
    const path = providerApi(c, "/codes");
    const [codes, tests] = await Promise.all([ask(c, gateway, { path, schema: codesSchema }), askTests(c, gateway)]);
    const place = `${providersPage}/${providerIn(c)}/codes`;
    return showProvider(c, "/codes", codes, ({ codes: all }) => {
      const chosen = all.find(({ product }) => product === c.req.query("product")) ?? null;
      return (
        <>
          {chosen === null ? null : <Word place={place} code={chosen} guest={guest} />}
          <Tests place={place} codes={all} chosen={chosen?.product ?? null} tests={tests} guest={guest} />
          <Codes place={place} codes={all} />
        </>
      );
    });
  });
  addWord(app, gateway);
  addProviderTest(app, gateway);
}

function Codes({ place, codes }: { readonly place: string; readonly codes: readonly Code[] }) {
  const [off, on] = [codes.filter((one) => !one.is_on), codes.filter((one) => one.is_on)];
  return (
    <section aria-labelledby="codes">
      <h2 id="codes">Codes</h2>
      <p class="muted">
        {countText(codes.length, "product has", "products have")} a code here; {countText(off.length, "is", "are")} not
        used. A code that the document gives to several products, and in live mode one that was only read out of a
        sample, is off until it is certified.
      </p>
      <Table
        label="Codes of products"
        head={["Product", "Code", "From", "Used", "Last word of staff", ""]}
        empty="This provider sells no product."
        rows={[...off, ...on].map((one) => [
          <>
            {one.name}
            <small>{one.product}</small>
          </>,
          <code>{one.code}</code>,
          one.provenance,
          <Used isOn={one.is_on} />,
          <Said said={one.said} />,
          <a href={`${place}?product=${one.product}`} aria-label={`Certify or test ${one.product}`}>
            {"Certify\u00a0or\u00a0test"}
          </a>,
        ])}
      />
    </section>
  );
}

function Used({ isOn }: { readonly isOn: boolean }) {
  return <span class={`badge ${isOn ? "succeeded" : ""}`}>{isOn ? "✓\u00a0on" : "off"}</span>;
}

function Said({ said }: Pick<Code, "said">) {
  if (said === null) return <>–</>;
  const word = said.is_certified === null ? "given back" : said.is_certified ? "certified" : "withdrawn";
  return (
    <>
      {word} by {said.by} <Moment at={said.at} />
      <small>{said.reason}</small>
    </>
  );
}

const words = {
  certify: ["It works: certify it", true],
  withdraw: ["Use it no more", false],
  settings: ["As the settings say", null],
} as const satisfies Readonly<Record<string, readonly [text: string, isCertified: boolean | null]>>;

function wordOf(text: string) {
  return Object.entries(words).find(([word]) => word === text)?.[1] ?? words.settings;
}

function Word({ place, code, guest }: { readonly place: string; readonly code: Code; readonly guest: Guest }) {
  return (
    <section aria-labelledby="word">
      <h2 id="word">{code.name}</h2>
      <p>
        Code <code>{code.code}</code>, {code.provenance} <Used isOn={code.is_on} />
      </p>
      <OnlyFor guest={guest} scope="operator">
        <form method="post" action={place} class="card">
          <input type="hidden" name="product" value={code.product} />
          <Choice
            label="From now on"
            name="word"
            options={Object.entries(words).map(([word, [text]]) => [word, text])}
            value={code.is_on ? "withdraw" : "certify"}
          />
          <Field label="Reason" name="reason" hint="What it was seen to do, and where" />
          <button type="submit">Go on</button>
        </form>
      </OnlyFor>
    </section>
  );
}

function addWord(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  addAct(app, gateway, {
    path: codesPage,
    title: "A word about a code",
    section: providersPage,
    back: providerBack("/codes"),
    done: "changed",
    says: (fields, c) => {
      const [, isCertified] = wordOf(fields.one("word"));
      const what = <strong>{fields.one("product")}</strong>;
      const where = <strong>{c.req.param("provider")}</strong>;
      return (
        <p>
          {isCertified === null ? (
            <>
              Whether {what} is sold through {where} is what the settings say, as before any word of staff.
            </>
          ) : isCertified ? (
            <>
              The next recharges of every partner for {what} may go through {where} with this code. If it is the wrong
              one, somebody else's bill is paid.
            </>
          ) : (
            <>
              No recharge of any partner for {what} goes through {where} any more. What was sent is settled as before.
            </>
          )}{" "}
          Reason: {fields.one("reason")}
        </p>
      );
    },
    asks: (fields, c) => {
      const [, isCertified] = wordOf(fields.one("word"));
      const path = providerApi(c, `/codes/${encodeURIComponent(fields.one("product"))}`);
      return { method: "PUT", path, body: { is_certified: isCertified, reason: fields.one("reason") } };
    },
  });
}
