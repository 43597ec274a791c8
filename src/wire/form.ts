// Form fields as clients of these APIs post them: urlencoded, and multipart where a library chose so.

/** Urlencoded fields in their order, to the letter as `URLSearchParams` prints them. */
export function writeForm(fields: readonly (readonly [name: string, value: string])[]): string {
  return fields.map(([name, value]) => `${encode(name)}=${encode(value)}`).join("&");
}

/** Most values have nothing to encode: each call of the platform costs more than all of them. */
function encode(text: string): string {
  return /^[\w.*-]*$/.test(text) ? text : new URLSearchParams({ "": text }).toString().slice(1);
}

/**
 * Names and values in the order in which they came; files are left out. What is not labelled multipart is read as
 * urlencoded. Null: multipart that cannot be read.
 */
export async function readFormFields(
  body: Uint8Array<ArrayBuffer>,
  contentType: string | null,
): Promise<readonly (readonly [name: string, value: string])[] | null> {
  if (!/^\s*multipart\/form-data\b/i.test(contentType ?? ""))
    return [...new URLSearchParams(new TextDecoder().decode(body))];
  try {
    const form = await new Response(body, { headers: { "content-type": contentType ?? "" } }).formData();
    return [...form].flatMap(([name, value]) => (typeof value === "string" ? [[name, value] as const] : []));
  } catch {
    return null;
  }
}
