// Partners' files of recharges in the hands of staff: over `/admin/v1`, and on their page.
import { beforeEach, expect, test } from "vitest";
import { askStaff, newPartner } from "../support/api-journey.ts";
import { goodRows, headings, readProgress, readResult, start, untilState, upload } from "../support/bulk-journey.ts";
import { browse, signIn } from "../support/console-journey.ts";
import { executions, until, useSimulator } from "../support/sandbox.ts";

beforeEach(() => useSimulator());

test("staff see every file, stop one with their reason, and let it go on by the key and at the costs it was started with", async () => {
  const partner = await newPartner();
  const rows = goodRows(4);
  const { id } = await upload(partner, [headings, ...rows]);
  const path = `/partners/${partner.id}/bulk-recharges`;
  await start(partner, id, { per_minute: 2 });
  await until(async () => (await readProgress(partner, id)).rows.placed, 1);
  const reason = "the operator asked for a pause";
  expect((await askStaff(`${path}/${id}/pause`, { reason })).body).toMatchObject({ id, state: "paused" });
  expect(await readProgress(partner, id)).toMatchObject({
    stopped_by: { code: "suspended", detail: `Staff of the gateway stopped this file: ${reason}` },
  });
  expect((await askStaff("/bulk-recharges")).body).toMatchObject({
    bulks: expect.arrayContaining([expect.objectContaining({ id, partner: partner.id, state: "paused" })]),
    unheard: [],
  });
  // A plan that is dearer by now moves no row above what was told.
  await askStaff(`/partners/${partner.id}/plan`, { commission: [{ product: "*", basis_points: 10 }] }, "PUT");
  expect((await askStaff(`${path}/${id}/resume`, { reason: "they are done" })).body).toMatchObject({
    state: "running",
    stopped_by: null,
  });
  await until(async () => (await readProgress(partner, id)).rows.refused, 1);
  expect((await askStaff(`${path}/${id}/cancel`, { reason })).body).toMatchObject({ id });
  await untilState(partner, id, "cancelled");
  expect((await readResult(partner, id)).map(({ code }) => code)).toEqual(["", "max_cost", "", ""]);
  expect(String((await askStaff(`${path}/${id}/result`)).body)).toContain("not_placed");
  expect((await askStaff(path)).body).toMatchObject({ bulks: [{ id, state: "cancelled" }] });
  const executed = rows.map((row) => executions(row.split(",")[1] ?? ""));
  expect(await Promise.all(executed)).toEqual([1, 0, 0, 0]);
  const other = await newPartner();
  expect((await askStaff(`/partners/${other.id}/bulk-recharges/${id}/cancel`, { reason })).status).toBe(404);
});

test("staff read the files of a closed partner, and cancel one whose key was revoked", async () => {
  const partner = await newPartner();
  const { id } = await upload(partner, [headings, ...goodRows(2)]);
  await askStaff(`/partners/${partner.id}/keys/${partner.keyId}`, undefined, "DELETE");
  await askStaff(`/partners/${partner.id}/close`, {});
  const path = `/partners/${partner.id}/bulk-recharges`;
  expect((await askStaff(path)).body).toMatchObject({ bulks: [{ id, state: "checked" }] });
  expect((await askStaff(`${path}/${id}/cancel`, { reason: "over" })).body).toMatchObject({ state: "cancelled" });
});

async function look(path: string, cookie: string): Promise<string> {
  return (await browse(path, { cookie })).text();
}

async function send(path: string, form: Readonly<Record<string, string>>, cookie: string) {
  const answer = await browse(path, { method: "POST", cookie, body: new URLSearchParams(form) });
  return { status: answer.status, location: answer.headers.get("location"), text: await answer.text() };
}

test("a file of recharges is looked at while it runs, paused with a reason, and its result is a file", async () => {
  const [cookie, viewer] = [await signIn({ scopes: ["operator"] }), await signIn({ scopes: ["viewer"] })];
  const confirm = (path: string, reason: string, as = cookie) => send(path, { reason, confirmed: "yes" }, as);
  const own = await newPartner();
  const { id } = await upload(own, [headings, ...goodRows(3)], "novembre");
  const page = `/console/partners/${own.id}/files/${id}`;
  await start(own, id, { per_minute: 2 });
  await expect.poll(() => look(page, cookie)).toContain("1 of 3 rows were asked");
  expect(await look(page, cookie)).toContain('hx-trigger="every 2s"');
  for (const path of ["/console/files", `/console/partners/${own.id}/files`])
    expect(await look(path, cookie)).toContain(`<a href="${page}">novembre</a>`);
  const asked = await send(`${page}/pause`, {}, cookie);
  for (const said of ["2 rows wait, which will cost ₹39.60; 1 is placed", 'name="reason"'])
    expect(asked.text).toContain(said);
  expect((await confirm(`${page}/pause`, "")).status).toBe(422);
  const reason = "x <i>y</i>";
  expect((await confirm(`${page}/pause`, reason, viewer)).status).toBe(403);
  expect(await confirm(`${page}/pause`, reason)).toMatchObject({ status: 303, location: `${page}?done=changed` });
  const paused = await look(page, cookie);
  for (const said of ["x &lt;i&gt;y", "Let it go on"]) expect(paused).toContain(said);
  expect(paused).not.toContain("hx-trigger");
  expect((await confirm(`${page}/cancel`, "over")).status).toBe(303);
  await expect.poll(() => look(page, cookie)).toContain("Nothing is left to stop");
  const file = await browse(`${page}/result`, { cookie });
  expect(file.headers.get("content-disposition")).toBe(`attachment; filename="${id}.csv"`);
  expect(await file.text()).toContain("not_placed");
});
