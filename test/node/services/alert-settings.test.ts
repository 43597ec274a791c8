import { expect, it } from "vitest";
import { readAlertSettings } from "../../../src/services/alert-settings.ts";

const secret = `whsec_${btoa("a secret of twenty-four bytes or more")}`;
const hook = { kind: "webhook", name: "hook", url: "https://alerts.test/hook", secret };
const read = (alerts: unknown, installation: "local" | "live" = "live") =>
  readAlertSettings({ ALERTS: JSON.stringify(alerts) }, installation);

it("tells nobody where nothing is set, and judges by the standard limits", () => {
  const { channels, doubtAgeMs, floatBelow } = readAlertSettings({}, "live");
  expect([channels, doubtAgeMs, floatBelow.size]).toEqual([[], 1_800_000, 0]);
});

it("takes channels and limits, amounts as decimals", () => {
  const telegram = { kind: "telegram", name: "bot", token: "12345:telegram-token-for-tests", chatId: "-100200" };
  const settings = read({ channels: [hook, telegram], floatBelow: { "nurr-1": "500.00" }, outboxLagMs: 1 });
  expect(settings.channels).toMatchObject([{ url: hook.url }, { apiUrl: "https://api.telegram.org" }]);
  expect(settings.floatBelow.get("nurr-1")).toBe(50_000);
  expect(settings.outboxLagMs).toBe(1);
});

it.each([
  [{ channels: [{ ...hook, secret: "short-secret" }] }, "channels.0.secret"],
  [{ channels: [{ ...hook, url: "alerts" }] }, "channels.0.url"],
  [{ channels: [hook, hook] }, "a name of its own"],
  [{ floatBelow: { "nurr-1": "1e9" } }, "floatBelow.nurr-1"],
  [{ doubtAge: 5 }, "doubtAge"],
  [{ channels: [{ ...hook, url: "http://alerts.test/hook" }] }, "hook is not https"],
  ["not an object", "ALERTS"],
])("names what is wrong in %j, and never a secret", (alerts, part) => {
  const said = () => read(alerts);
  expect(said).toThrow(part);
  expect(said).not.toThrow(/short-secret/);
});

it("takes a channel without https in a local installation alone", () => {
  const local = { channels: [{ ...hook, url: "http://127.0.0.1:9/hook" }] };
  expect(read(local, "local").channels).toHaveLength(1);
  expect(() => read(local)).toThrow("https");
});
