// `/console/reconciliation/statements/{provider}/mapping`: how a provider's files are read, tried on some lines before it is remembered.
import type { Context, Hono } from "hono";
import { z } from "zod";
import { type AskGateway, ask, type Asked } from "./ask.ts";
import type { ConsoleEnv } from "./console-env.ts";
import { MappingFields } from "./mapping-fields.tsx";
import { emptyFields, type Fields, fieldsOf, knownMappingSchema, mappingOf } from "./mapping-form.ts";
import { MappingPreview, type Preview, previewSchema } from "./mapping-preview.tsx";
import { Page } from "./page.tsx";
import { RefusedNote } from "./refused.tsx";
import { mayDo } from "./role.ts";
import { providerApiPath, statementsPath } from "./statement-answers.ts";

const path = "/console/reconciliation/statements/:provider{[a-z0-9-]{1,64}}/mapping";
/** Characters of a sample: what the API tries at once. */
const sampleAtMost = 30_000;

export function addMapping(app: Hono<ConsoleEnv>, gateway: AskGateway): void {
  app.get(path, async (c) => {
    const asked = await ask(c, gateway, {
      path: `${providerApiPath(c.req.param("provider"))}/statement-mapping`,
      schema: knownMappingSchema,
    });
    return show(c, { fields: asked.ok ? fieldsOf(asked.value.mapping) : emptyFields, sample: "" });
  });
  app.post(`${path}/preview`, async (c) => {
    const form = await readForm(c);
    const api = `${providerApiPath(c.req.param("provider"))}/statement-preview`;
    const body = { mapping: mappingOf(form.fields), text: form.sample };
    return show(c, {
      ...form,
      preview: await ask(c, gateway, { method: "POST", path: api, body, schema: previewSchema }),
    });
  });
  app.post(path, async (c) => {
    const form = await readForm(c);
    const provider = c.req.param("provider");
    const api = `${providerApiPath(provider)}/statement-mapping`;
    const body = mappingOf(form.fields);
    const kept = await ask(c, gateway, { method: "PUT", path: api, body, schema: z.unknown() });
    if (kept.ok) return c.redirect(`${statementsPath(provider)}?done=mapped`, 303);
    return show(c, { ...form, preview: kept });
  });
}

interface Shown {
  readonly fields: Fields;
  readonly sample: string;
  readonly preview?: Asked<Preview> | Extract<Asked<unknown>, { ok: false }>;
}

/** A file that was chosen stands for the sample; only its first lines are tried, and only whole ones. */
async function readForm(c: Context<ConsoleEnv>): Promise<Pick<Shown, "fields" | "sample">> {
  const body = await c.req.parseBody();
  const texts = Object.entries(body).flatMap(([name, value]) =>
    typeof value === "string" ? [[name, value.replaceAll("\r\n", "\n")] as const] : [],
  );
  const { sample = "", ...fields } = Object.fromEntries(texts);
  const chosen = body["sample_file"];
  const text = chosen instanceof File && chosen.size > 0 ? await chosen.text() : sample;
  return { fields, sample: text.length <= sampleAtMost ? text : text.slice(0, text.lastIndexOf("\n", sampleAtMost)) };
}

function show(c: Context<ConsoleEnv>, { fields, sample, preview }: Shown): Response | Promise<Response> {
  const provider = c.req.param("provider") ?? "";
  const { guest } = c.get("session");
  const mayKeep = mayDo(guest, "operator");
  const status = preview === undefined || preview.ok ? 200 : preview.refused.status === 403 ? 403 : 422;
  return c.html(
    <Page title={`How files of ${provider} are read`} section="/console/reconciliation" guest={guest}>
      <p>
        <a href={statementsPath(provider)}>Back to the statements of {provider}</a>
      </p>
      {preview === undefined ? null : preview.ok ? (
        <MappingPreview preview={preview.value} />
      ) : (
        <RefusedNote refused={preview.refused} />
      )}
      <form method="post" action={`${statementsPath(provider)}/mapping`} enctype="multipart/form-data">
        <MappingFields fields={fields} />
        <fieldset class="card">
          <legend>Try it</legend>
          <label for="sample">The first lines of a file, with its headings</label>
          <textarea id="sample" name="sample" rows={8} maxlength={sampleAtMost} spellcheck={false}>
            {sample}
          </textarea>
          <label for="sample_file">or a file</label>
          <input id="sample_file" name="sample_file" type="file" accept=".csv,text/csv" />
          <button type="submit" formaction={`${statementsPath(provider)}/mapping/preview`}>
            Show the rows
          </button>
        </fieldset>
        <button type="submit" disabled={!mayKeep}>
          Remember
        </button>{" "}
        {mayKeep ? null : <span class="muted">Your role may not remember it: it takes the scope operator.</span>}
      </form>
    </Page>,
    status,
  );
}
