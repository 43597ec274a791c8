import { expect, test } from "vitest";
import { isAddressAllowed, isAddressRange } from "../../../src/partners/addresses.ts";

test.each([
  [["127.0.0.1"], "127.0.0.1", true],
  [["127.0.0.1"], "127.0.0.2", false],
  [["10.0.0.0/8"], "10.255.255.255", true],
  [["10.0.0.0/8"], "11.0.0.0", false],
  [["192.0.2.128/25"], "192.0.2.128", true],
  [["192.0.2.128/25"], "192.0.2.127", false],
  [["0.0.0.0/0"], "203.0.113.9", true],
  [["0.0.0.0/0"], "2001:db8::1", false],
  [["2001:db8::/32"], "2001:db8:ffff::1", true],
  [["2001:db8::/32"], "2001:db9::1", false],
  [["2001:db8::1"], "2001:0DB8:0:0:0:0:0:1", true],
  [["::1"], "::1", true],
  [["::1"], "127.0.0.1", false],
  [["127.0.0.1"], "::ffff:127.0.0.1", true],
  [["127.0.0.1"], "::ffff:7f00:1", true],
  [["192.0.2.1", "198.51.100.0/24"], "198.51.100.7", true],
  [["not an address"], "127.0.0.1", false],
  [["127.0.0.1"], "not an address", false],
] as const)("%j lets %s in: %s", (ranges, address, isAllowed) => {
  expect(isAddressAllowed(ranges, address)).toBe(isAllowed);
});

test("an empty list lets everybody in, also who has no address", () => {
  expect(isAddressAllowed([], "203.0.113.9")).toBe(true);
  expect(isAddressAllowed([], null)).toBe(true);
});

test("a list lets nobody in who has no address", () => {
  expect(isAddressAllowed(["0.0.0.0/0", "::/0"], null)).toBe(false);
});

test.each([
  "127.0.0.1",
  "127.0.0.1/32",
  "127.0.0.1/0",
  "::",
  "::/0",
  "2001:db8::1/128",
  "1:2:3:4:5:6:7:8",
  "::ffff:1.2.3.4",
])("%s is a range", (text) => {
  expect(isAddressRange(text)).toBe(true);
});

test.each([
  "",
  "127.0.0",
  "127.0.0.256",
  "127.0.0.01",
  "127.0.0.1/33",
  "127.0.0.1/",
  "127.0.0.1/8/8",
  "127.0.0.1/-1",
  "::/129",
  "1:2:3:4:5:6:7",
  "1:2:3:4:5:6:7:8:9",
  "1:2:3:4:5:6:7::8",
  "1::2::3",
  "12345::",
  "g::",
  ":::",
])("%j is no range", (text) => {
  expect(isAddressRange(text)).toBe(false);
});
