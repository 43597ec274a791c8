import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readFormFields, writeForm } from "../../../src/wire/form.ts";

const bytes = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(new TextEncoder().encode(text));

async function multipart(form: FormData) {
  const { headers, body } = await new Response(form).arrayBuffer().then((sent) => {
    const text = new TextDecoder().decode(sent);
    return {
      headers: `multipart/form-data; boundary=${text.slice(2, text.indexOf("\r\n"))}`,
      body: new Uint8Array(sent),
    };
  });
  return { type: headers, body };
}

describe("fields of a form", () => {
  test.each([
    "application/x-www-form-urlencoded",
    "text/plain",
    "a multipart/form-data",
    "multipart/form-dataset",
    null,
  ])("are read as urlencoded where it is labelled %s", async (type) => {
    expect(await readFormFields(bytes("operator=GP+ST&amt=20%2e50&amt=7&empty"), type)).toEqual([
      ["operator", "GP ST"],
      ["amt", "20.50"],
      ["amt", "7"],
      ["empty", ""],
    ]);
  });

  test.each(["multipart/form-data", "Multipart/Form-Data", "  multipart/form-data"])(
    "are read as %s, in order, without files",
    async (label) => {
      const form = new FormData();
      form.append("phone", "01712345600");
      form.append("file", new Blob(["x"]), "x.txt");
      form.append("phone", "ফোন");
      const { type, body } = await multipart(form);
      expect(await readFormFields(body, type.replace("multipart/form-data", label))).toEqual([
        ["phone", "01712345600"],
        ["phone", "ফোন"],
      ]);
    },
  );

  test("of multipart without its boundary, or cut off, cannot be read", async () => {
    expect(await readFormFields(bytes("a=1"), "multipart/form-data")).toBeNull();
    expect(await readFormFields(bytes("--x\r\nContent"), "multipart/form-data; boundary=x")).toBeNull();
  });

  test("of an empty body are none", async () => {
    expect(await readFormFields(bytes(""), null)).toEqual([]);
  });
});

test("fields are written to the letter as URLSearchParams prints them", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string(),
    fc.constantFrom("9826386456", "a b&c=+*~!\n", "\ud800"),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(text, text)), (fields) => {
      expect(writeForm(fields)).toBe(new URLSearchParams(fields).toString());
    }),
  );
});
