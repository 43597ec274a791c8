// Today: what needs a person, then what goes on now.
import { beforeEach, expect, it } from "vitest";
import { ask, askStaff, newPartner, orderBody, rechargeIn } from "../../support/api-journey.ts";
import { newBangladeshPartner, placeDoubtful } from "../../support/case-journey.ts";
import { browse, signIn } from "../../support/console-journey.ts";
import { until, useSimulator } from "../../support/sandbox.ts";

beforeEach(useSimulator);

it("shows the oldest doubt first, then the hour's volume, success, money at risk and floats, and asks for itself anew", async () => {
  const cookie = await signIn({ scopes: ["viewer"] });
  const empty = await (await browse("/console", { cookie })).text();
  expect(empty).toContain("Nothing waits for a person.");
  expect(empty).toContain("Nothing was placed in the last 24 hours");

  const partner = await newBangladeshPartner();
  const doubtful = await placeDoubtful(partner, "41");
  const { id } = rechargeIn(await ask((await newPartner()).key, "/v1/recharges", { body: orderBody() }));
  await until(async () => (await askStaff(`/recharges/${id}/book`)).status, 200);
  const booked = async () => (await (await browse("/console", { cookie })).text()).includes("₹20.00");
  await until(booked, true);
  const page = await (await browse("/console", { cookie })).text();
  const order = [doubtful.id, "Volume, last hour, BDT", "Volume, last hour, INR", "Our money at the providers"];
  const places = order.map((words) => page.indexOf(words));
  expect([places.every((at) => at > 0), places]).toEqual([true, places.toSorted((left, right) => left - right)]);
  expect(page).toContain("in 1 open case");
  expect([page.includes("1 recharge<"), page.includes("1 recharges")]).toEqual([true, false]);
  expect(page).toMatch(
    /<svg[^>]*role="img" aria-label="₹20\.00 in the last 24 hours, ₹0\.00 in the same hours of last week/,
  );
  expect(page).toContain('hx-trigger="every 15s"');
  const question = await browse(`/console/partners/${partner.id}/suspend`, {
    method: "POST",
    cookie,
    body: new URLSearchParams(),
  });
  expect(await question.text()).toContain(" 1 recharge is pending now.");
});
