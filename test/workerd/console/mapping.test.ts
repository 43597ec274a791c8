// The page that says how a provider's statements are read, through the Worker: tried on some lines, refused, remembered.
import { expect, it } from "vitest";
import { fieldsOf } from "../../../src/console/mapping-form.ts";
import { askStaff } from "../../support/api-journey.ts";
import { browse, signIn } from "../../support/console-journey.ts";
import { headings, inDhaka, mapping } from "../../support/statement-journey.ts";

const path = "/console/reconciliation/statements/nurr-sandbox/mapping";
const api = "/providers/nurr-sandbox/statement-mapping";
const script = '"><script>alert(1)</script>';
const fields = fieldsOf({ ...mapping, delimiter: "," });

function send(to: string, cookie: string, more: Record<string, string | File>): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...fields, ...more })) form.set(name, value);
  return browse(to, { method: "POST", cookie, body: form });
}

it("shows the rows of some lines as they would be read, and remembers nothing by it", async () => {
  const cookie = await signIn({ scopes: ["viewer"] });
  const { body: before } = await askStaff(api, mapping, "PUT");
  const at = inDhaka(Date.now() - 600_000);
  const sample = [headings, `T-1${script.slice(2)},01711111111,20.00,Success,${at},19.80,`].join("\r\n");
  for (const more of [{ sample }, { sample: "", sample_file: new File([sample], "a.csv") }]) {
    const shown = await send(`${path}/preview`, cookie, more);
    const page = await shown.text();
    expect(shown.status).toBe(200);
    expect(page).toContain('<span class="badge succeeded">success</span>');
    expect(page).toContain("-19.80");
    expect(page).toContain("The file does not state its period");
    expect(page).not.toContain("<script>alert");
  }
  const unread = await send(`${path}/preview`, cookie, { sample: `${headings}\nT-1,017,x,Odd,yesterday,,` });
  expect(await unread.text()).toContain("<code>/line/2</code>");
  expect((await askStaff(api)).body).toEqual(before);
});

it("is remembered for who may, and stands in the form again; what is wrong is named, and what was typed stays", async () => {
  const operator = await signIn({ scopes: ["operator"] });
  const wrong = await send(path, operator, { zone: script, sample: "" });
  const page = await wrong.text();
  expect([wrong.status, page]).toEqual([422, expect.stringContaining("<code>/zone</code>")]);
  expect(page).not.toContain(script);
  expect(page).toContain("alert(1)");
  const viewer = await signIn({ scopes: ["viewer"] });
  expect((await send(path, viewer, { sample: "" })).status).toBe(403);
  const kept = await send(path, operator, { "column.amount": "Face", sample: "" });
  expect([kept.status, kept.headers.get("location")]).toEqual([303, path.replace("/mapping", "?done=mapped")]);
  expect((await askStaff(api)).body).toMatchObject({ mapping: { columns: { amount: "Face" } } });
  const form = await (await browse(path, { cookie: viewer })).text();
  expect(form).toContain('value="Face"');
  expect(form).toContain("Your role may not remember it");
});
