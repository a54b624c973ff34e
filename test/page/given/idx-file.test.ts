import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { DataError, encodeIdx } from "../../../src/data/index.js";
import { readIdx } from "../../../src/page/given/idx-file.js";

const dimensions = [20, 28, 28];
const data = Uint8Array.from({ length: 20 * 784 }, (_, i) => (i * 37) % 251);
const plain = encodeIdx({ type: "u8", dimensions, data });

describe("an IDX file in a browser", () => {
  test("is read packed and unpacked", async () => {
    for (const bytes of [plain, new Uint8Array(gzipSync(plain))]) {
      const array = await readIdx(bytes, "some.gz");
      expect(array.dimensions).toEqual(dimensions);
      expect(Buffer.from(array.data as Uint8Array).equals(data)).toBe(true);
    }
  });

  test.each([
    ["is cut off", gzipSync(plain).subarray(0, 100), /^some\.gz is (?:corrupt|truncated)/],
    ["has the head of gzip alone", Buffer.from([0x1f, 0x8b]), /^some\.gz is corrupt/],
    [
      "unpacks to more than it promises",
      gzipSync(Buffer.concat([plain, Buffer.alloc(1e6)])),
      /^some\.gz has trailing bytes/,
    ],
    ["unpacks to less", gzipSync(plain.subarray(0, 1000)), /^some\.gz is truncated/],
    ["unpacks to something else", gzipSync(Buffer.alloc(1000, 7)), /^some\.gz is not an IDX file/],
    ["is empty", new Uint8Array(), /^some\.gz is empty/],
  ])("is refused in a sentence if it %s", async (_, bytes, message) => {
    const reading = readIdx(new Uint8Array(bytes), "some.gz");
    await expect(reading).rejects.toThrow(message);
    await expect(reading).rejects.toBeInstanceOf(DataError);
  });
});
