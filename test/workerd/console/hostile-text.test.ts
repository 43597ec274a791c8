// Markup and script in every field that comes from outside: pages show it as text, wherever it comes from.
import { beforeEach, expect, it } from "vitest";
import { z } from "zod";
import { ask, askStaff, newPartner, orderBody, rechargeIn } from "../../support/api-journey.ts";
import { newBangladeshPartner, placeDoubtful, propose, tokenOf } from "../../support/case-journey.ts";
import { allRoutes, browse, pathOf, signIn } from "../../support/console-journey.ts";
import { newNumber, useSimulator } from "../../support/sandbox.ts";

beforeEach(useSimulator);

const hostile = `x"'><img src=x onerror=alert(1)></textarea><script>alert(1)</script>`;
const named = z.looseObject({ id: z.string() });

/** Everything that takes a text from a partner, its customers, an upstream or staff has the hostile one. */
async function writeEverywhere(): Promise<Readonly<Record<string, string>>> {
  const partner = await newPartner({
    scopes: ["recharges:write", "recharges:read", "disputes:write", "chat:write", "webhooks:write"],
  });
  const created = await askStaff("/partners", {
    name: hostile,
    mode: "sandbox",
    wallets: ["INR"],
    commission: [{ product: "*", basis_points: 100 }],
  });
  const { id } = named.parse(created.body);
  const credit = { currency: "INR", amount: "5.00", reason: hostile, external_reference: hostile.replaceAll(" ", "/") };
  const succeeded = rechargeIn(await ask(partner.key, "/v1/recharges", { body: orderBody() }));
  const doubtful = await placeDoubtful(await newBangladeshPartner(), "41");
  const block = { product: "in.airtel.prepaid", number: newNumber("00"), is_blocked: true, reason: hostile };
  const written = [
    created,
    await askStaff(`/partners/${id}/credits`, credit),
    await askStaff(`/partners/${partner.id}/credits`, credit),
    await askStaff(`/partners/${id}/keys`, { name: hostile, scopes: ["account:read"] }),
    await ask(partner.key, `/v1/recharges/${succeeded.id}/dispute`, { body: { disposition: "D11", comment: hostile } }),
    await propose(await tokenOf(hostile), doubtful.id, { word: "failure", reason: hostile }),
    await askStaff("/blocked-numbers", block, "PUT"),
    await askStaff("/staff-tokens", { staff: hostile, scopes: ["viewer"] }),
    await askStaff("/providers/nurr-sandbox/declarations", { kind: "exclusive", reason: hostile }),
    await ask(partner.key, "/v1/chat-users", { body: { name: hostile.slice(0, 60) } }),
    await ask(partner.key, "/v1/webhook-endpoints", {
      body: { url: "https://hooks.partner.net/x?<script>alert(1)</script>", description: hostile },
    }),
  ];
  expect(written.filter(({ status }) => status >= 300).map(({ body }) => JSON.stringify(body))).toEqual([]);
  const said = new URLSearchParams({ agentid: "L100001000001", status: hostile, opid: hostile, msg: hostile });
  await browse(`/hooks/backnpay-sandbox?${said.toString()}`);
  return { partner: id, recharge: doubtful.id, id: doubtful.id, provider: "nurr-sandbox", dispute: succeeded.id };
}

/** What a browser would make an element of. */
const markup = /<(img[ /]src=x|script>alert|\/textarea><script)/;

it("no page makes markup of what others wrote", async () => {
  const values = await writeEverywhere();
  const person = { person: hostile };
  const cookies = {
    "/console": await signIn({ ...person, scopes: ["viewer", "operator", "finance", "admin"] }),
    "/portal": await signIn({ ...person, partner: values["partner"] ?? "" }),
  };
  const query = new URLSearchParams(
    [
      "q",
      "from",
      "to",
      "partner",
      "provider",
      "product",
      "state",
      "kind",
      "number",
      "note",
      "cursor",
      "view",
      "error",
      "done",
    ].map((name) => [name, hostile]),
  );
  let escaped = 0;
  for (const route of allRoutes().filter(
    ({ method, path }) => method === "GET" && /^\/(console|portal)\b/.test(path),
  )) {
    const place = route.path.startsWith("/portal") ? "/portal" : "/console";
    for (const path of [
      pathOf(route, values),
      `${pathOf(route, values)}?${query.toString()}`,
      pathOf(route, allHostile),
    ]) {
      const answer = await browse(path, { cookie: cookies[place] });
      const text = await answer.text();
      if (!(answer.headers.get("content-type") ?? "").includes("html")) continue;
      expect([path, markup.exec(text)?.[0]]).toEqual([path, undefined]);
      if (text.includes("&lt;script&gt;alert(1)")) escaped += 1;
    }
  }
  // Each page names its person, so the text is there to be seen.
  expect(escaped).toBeGreaterThan(0);
}, 30_000);

/** Any parameter of a path, as an address bar may have it. */
const allHostile: Readonly<Record<string, string>> = new Proxy({}, { get: () => encodeURIComponent(hostile) });

it("a form that is refused shows what was sent as text", async () => {
  const writes = allRoutes().filter(({ method, path }) => method === "POST" && /^\/(console|portal)\b/.test(path));
  const cookie = await signIn({ scopes: ["viewer"] });
  const fields = [
    "link",
    "q",
    "number",
    "agent_id",
    "name",
    "reason",
    "amount",
    "note",
    "comment",
    "external_reference",
  ];
  for (const route of writes.filter(({ path }) => !path.endsWith("/sign-out"))) {
    const body = new URLSearchParams(fields.map((name) => [name, hostile]));
    const text = await (await browse(pathOf(route), { method: "POST", cookie, body })).text();
    expect([route.path, markup.exec(text)?.[0]]).toEqual([route.path, undefined]);
  }
});
