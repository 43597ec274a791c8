// Reads the bodies of requests: all of them before anything is answered, and no more kept than the route takes.

/** What a route takes that says nothing else, bytes. */
export const keptByDefault = 64 * 1024;
/** An answer to a body that was not read reaches nobody, so more is read than is kept; after this the client is cut off. */
const readAtMost = 8 * 1024 * 1024;

/**
 * Bytes of a request's body, or `too_large` when there are more than `keptAtMost`. A function, which answers 64 KiB or more, is
 * asked only when the body may be longer than that.
 */
export async function readRequestBody(
  request: Request,
  keptAtMost: number | (() => number) = keptByDefault,
): Promise<Uint8Array<ArrayBuffer> | "too_large"> {
  const said = request.headers.get("content-length");
  const length = said === null ? Number.POSITIVE_INFINITY : Number(said);
  const most = typeof keptAtMost === "number" ? keptAtMost : length <= keptByDefault ? keptByDefault : keptAtMost();
  // Its length was said: read whole, which is much cheaper.
  if (length <= most) return new Uint8Array(await request.arrayBuffer());
  return readBody(request.body, most);
}

/** Bytes of a stream, or `too_large` when there are more than `keptAtMost`. */
export async function readBody(
  stream: ReadableStream<Uint8Array> | null,
  keptAtMost = keptByDefault,
): Promise<Uint8Array<ArrayBuffer> | "too_large"> {
  if (stream === null) return new Uint8Array();
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.byteLength;
    if (length <= keptAtMost) chunks.push(part.value);
    if (length > readAtMost) {
      await reader.cancel();
      break;
    }
  }
  if (length > keptAtMost) return "too_large";
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}
