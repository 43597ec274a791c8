// A form is done once: what it came to is kept sealed, for the person who sent it, for a day.
import { expect, it } from "vitest";
import { answerForm, beginForm, forgetForm, readForm } from "../../../src/partners/sent-forms.ts";
import type { Guest } from "../../../src/partners/sessions.ts";
import { openMemoryDatabase } from "../../support/memory-database.ts";
import { hashSecret } from "../../support/partner-rows.ts";

const asha: Guest = { kind: "staff", person: "Asha", scopes: ["admin"] };
const mina: Guest = { kind: "partner", person: "Asha", account: 1 };
const database = openMemoryDatabase();
let now = Date.UTC(2026, 10, 2);
const parts = { database, hashSecret, clock: { now: () => now } };
const secret = { secret: "shown once" };

it("is new once, then unanswered, then what it came to; for its person alone", async () => {
  const begun = await Promise.all([1, 2, 3].map(() => beginForm(parts, asha, "form-1")));
  expect(begun.map(({ kind }) => kind).toSorted()).toEqual(["new", "unanswered", "unanswered"]);
  await answerForm(parts, asha, "form-1", secret);
  expect(await beginForm(parts, asha, "form-1")).toEqual({ kind: "answered", answer: secret });
  expect(await readForm(parts, mina, "form-1")).toEqual({ kind: "free" });
  expect(await beginForm(parts, mina, "form-1")).toEqual({ kind: "new" });
  expect(JSON.stringify(await database.all("select * from sent_forms", []))).not.toMatch(/shown once|form-1|Asha/);
});

it("is new again after a refusal, and after a day", async () => {
  await forgetForm(parts, asha, "form-1");
  expect(await readForm(parts, asha, "form-1")).toEqual({ kind: "free" });
  expect(await beginForm(parts, asha, "form-1")).toEqual({ kind: "new" });
  await answerForm(parts, asha, "form-1", undefined);
  now += 86_400_000;
  expect(await beginForm(parts, asha, "form-1")).toEqual({ kind: "answered", answer: null });
  now += 1;
  expect(await beginForm(parts, asha, "form-1")).toEqual({ kind: "new" });
});
