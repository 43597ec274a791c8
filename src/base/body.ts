// Reads the bodies of requests: all of them before anything is answered, and no more kept than the route takes.

/** What a route takes that says nothing else, bytes. */
const keptByDefault = 64 * 1024;
/** An answer to a body that was not read reaches nobody, so more is read than is kept; after this the client is cut off. */
const readAtMost = 8 * 1024 * 1024;

/** Bytes of a request's body, or `too_large` when there are more than `keptAtMost`. */
export async function readRequestBody(
  request: Request,
  keptAtMost = keptByDefault,
): Promise<Uint8Array<ArrayBuffer> | "too_large"> {
  const length = request.headers.get("content-length");
  // Its length was said: read whole, which is much cheaper.
  if (length !== null && Number(length) <= keptAtMost) return new Uint8Array(await request.arrayBuffer());
  return readBody(request.body, keptAtMost);
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
