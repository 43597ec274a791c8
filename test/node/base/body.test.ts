import { expect, test } from "vitest";
import { readBody } from "../../../src/base/body.ts";

/** A stream of `count` chunks of `size` bytes that counts how many were read. */
function streamOf(count: number, size: number) {
  let read = 0;
  let isCancelled = false;
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (read === count) return controller.close();
        read += 1;
        controller.enqueue(new Uint8Array(size).fill(read));
      },
      cancel() {
        isCancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, read: () => read, isCancelled: () => isCancelled };
}

test("no body is no bytes", async () => {
  expect(await readBody(null)).toEqual(new Uint8Array());
});

test("chunks are put together in order", async () => {
  expect(await readBody(streamOf(3, 2).stream)).toEqual(new Uint8Array([1, 1, 2, 2, 3, 3]));
});

test("64 KiB is kept, one byte more is too large", async () => {
  expect(await readBody(streamOf(1, 65_536).stream)).toHaveLength(65_536);
  expect(await readBody(streamOf(1, 65_537).stream)).toBe("too_large");
});

test("a route may keep more, or less", async () => {
  expect(await readBody(streamOf(2, 65_536).stream, 131_072)).toHaveLength(131_072);
  expect(await readBody(streamOf(2, 65_536).stream, 131_071)).toBe("too_large");
  expect(await readBody(streamOf(1, 3).stream, 2)).toBe("too_large");
});

test("what is too large is read to its end, up to 8 MiB", async () => {
  const eight = streamOf(8, 1_048_576);
  expect(await readBody(eight.stream)).toBe("too_large");
  expect([eight.read(), eight.isCancelled()]).toEqual([8, false]);
});

test("beyond 8 MiB the sender is cut off", async () => {
  const endless = streamOf(1_000, 1_048_576);
  expect(await readBody(endless.stream)).toBe("too_large");
  expect([endless.read(), endless.isCancelled()]).toEqual([9, true]);
});
