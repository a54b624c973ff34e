import { chmodSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { DataError, encodeIdx, type IdxArray, readIdxFile } from "../../../src/data/index.js";
import { idxArrays, mutated } from "../arbitraries.js";
import { fileOf, temporaryDirectory } from "../fixtures.js";

/** What a file system may do that is not at hand. */
const system = vi.hoisted(() => ({ bytesAtOnce: Number.POSITIVE_INFINITY, failsAfter: Infinity }));

vi.mock(import("../../../src/files/regular.js"), async (importOriginal) => {
  const original = await importOriginal();
  async function* readInPieces(path: string) {
    let [read, buffer] = [0, Buffer.alloc(0)];
    for await (const piece of original.readInPieces(path)) {
      for (let from = 0; from < piece.length; from += system.bytesAtOnce) {
        if (read >= system.failsAfter) throw Object.assign(new Error(), { code: "EIO" });
        const part = piece.subarray(from, from + system.bytesAtOnce);
        if (buffer.length === 0) buffer = Buffer.alloc(part.length);
        read += part.copy(buffer);
        yield buffer.subarray(0, part.length);
      }
    }
  }
  return { ...original, readInPieces };
});

afterEach(() => {
  system.bytesAtOnce = Number.POSITIVE_INFINITY;
  system.failsAfter = Number.POSITIVE_INFINITY;
});

const ARRAY: IdxArray = { type: "i16", dimensions: [2, 2], data: Int16Array.of(1, -1, 300, -300) };
const BYTES = encodeIdx(ARRAY);

/** Longer than the pieces in which files are read, and so is what it can be packed to. */
const LONG = Buffer.from(
  encodeIdx({
    type: "i32",
    dimensions: [2 ** 19],
    data: Int32Array.from({ length: 2 ** 19 }, (_, i) => Math.imul(i, 0x9e3779b1)),
  }),
);
const PIECE_BYTES = 2 ** 20;

/** Two members of gzip in stored blocks, the first of which has the length of a piece. */
function membersOf(bytes: Buffer): [Buffer, Buffer] {
  const stored = (part: Buffer) => gzipSync(part, { level: 0 });
  const overhead = stored(bytes.subarray(0, PIECE_BYTES)).length - PIECE_BYTES;
  const length = PIECE_BYTES - overhead;
  return [stored(bytes.subarray(0, length)), stored(bytes.subarray(length))];
}

async function expectError(path: string, ...messages: string[]): Promise<void> {
  const error = await readIdxFile(path).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(DataError);
  for (const message of [path, ...messages]) expect((error as Error).message).toContain(message);
}

describe("what is read", () => {
  test.each([
    ["raw", "file", BYTES],
    ["raw, though named .gz", "file.gz", BYTES],
    ["gzip", "file.gz", gzipSync(BYTES)],
    ["gzip, though not named .gz", "file", gzipSync(BYTES)],
    ["gzip in stored blocks", "file", gzipSync(BYTES, { level: 0 })],
    [
      "gzip members in a row, split within the header",
      "file.gz",
      Buffer.concat(
        [BYTES.subarray(0, 3), BYTES.subarray(3, 9), BYTES.subarray(9)].map((part) =>
          gzipSync(part),
        ),
      ),
    ],
    ["an empty gzip member in front", "file.gz", Buffer.concat([gzipSync(""), gzipSync(BYTES)])],
  ])("%s", async (_, name, bytes) => {
    expect(await readIdxFile(fileOf(bytes, name))).toEqual(ARRAY);
  });

  test("an array of several megabytes, unpacked in several pieces", async () => {
    const data = Int32Array.from({ length: 2 ** 20 }, (_, i) => Math.imul(i, 0x9e3779b1));
    const array = { type: "i32", dimensions: [1024, 1024], data } as const;
    const read = await readIdxFile(fileOf(gzipSync(encodeIdx(array), { level: 1 })));
    expect(read.dimensions).toEqual([1024, 1024]);
    expect(Buffer.from(read.data.buffer).equals(Buffer.from(data.buffer))).toBe(true);
  });

  test("members of gzip that end where a piece of the file does", async () => {
    const [first, second] = membersOf(LONG);
    expect(first).toHaveLength(PIECE_BYTES);
    const read = await readIdxFile(fileOf(Buffer.concat([first, second])));
    expect(Buffer.from(encodeIdx(read)).equals(LONG)).toBe(true);
  });

  test("a file of which a system gives little at once", async () => {
    system.bytesAtOnce = 999;
    const read = await readIdxFile(fileOf(gzipSync(LONG)));
    expect(Buffer.from(encodeIdx(read)).equals(LONG)).toBe(true);
  });

  test("an array of as many dimensions as are read, raw and packed", async () => {
    const dimensions = [...new Array<number>(31).fill(1), 4];
    const array: IdxArray = { type: "i16", dimensions, data: ARRAY.data as Int16Array };
    const bytes = encodeIdx(array);
    for (const file of [bytes, gzipSync(bytes)])
      expect(await readIdxFile(fileOf(file))).toEqual(array);
  });

  test("any array, raw and packed", async () => {
    const path = fileOf(new Uint8Array(0));
    await fc.assert(
      fc.asyncProperty(idxArrays, fc.boolean(), async (array, packed) => {
        const bytes = encodeIdx(array);
        writeFileSync(path, packed ? gzipSync(bytes) : bytes);
        expect(await readIdxFile(path)).toEqual(array);
      }),
    );
  });
});

describe("what is refused, with an error that names the file and the fault", () => {
  const packed = gzipSync(BYTES);
  const changed = (index: number, value: number) =>
    packed.map((byte, i) => (i === (index + packed.length) % packed.length ? byte ^ value : byte));

  test.each([
    ["an empty file", new Uint8Array(0), "is empty"],
    ["gzip of nothing", gzipSync(""), "is empty"],
    ["the two magic bytes of gzip and no more", Uint8Array.of(0x1f, 0x8b), "is corrupt"],
    ["gzip cut in its data", packed.subarray(0, packed.length - 12), "unexpected end of file"],
    ["gzip cut in its checksum", packed.subarray(0, packed.length - 1), "unexpected end of file"],
    ["gzip with a wrong checksum", changed(-8, 1), "incorrect data check"],
    ["gzip with a wrong length", changed(-1, 1), "incorrect length check"],
    ["gzip with an unknown method", changed(2, 1), "is corrupt"],
    ["gzip with damaged data", changed(10, 6), "is corrupt"],
    ["garbage after gzip", Buffer.concat([packed, Buffer.from("garbage")]), "is corrupt"],
    ["zeros after gzip", Buffer.concat([packed, Buffer.alloc(8)]), "trailing bytes"],
    [
      "garbage after zeros after gzip",
      Buffer.concat([packed, Buffer.alloc(8), Buffer.from("garbage")]),
      "trailing bytes",
    ],
    ["half a member after gzip", Buffer.concat([packed, packed.subarray(0, 9)]), "is corrupt"],
    ["a member too many", Buffer.concat([packed, packed]), "unpacks to more than the 20"],
    [
      "gzip of a truncated file",
      gzipSync(BYTES.subarray(0, 15)),
      "promises 20 bytes, but it has 15",
    ],
    ["gzip of half a header", gzipSync(BYTES.subarray(0, 7)), "ends within its header"],
    [
      "gzip of one byte too many",
      gzipSync(Buffer.concat([BYTES, Buffer.alloc(1)])),
      "more than the 20",
    ],
    ["gzip of gzip", gzipSync(packed), "is not an IDX file: it begins with the bytes 1f8b"],
    ["gzip of a claim of 2 GB", gzipSync(Buffer.from("000008017ffffff000", "hex")), "is truncated"],
    ["gzip of a claim of 4 GB", gzipSync(Buffer.from("00000801ffffffff00", "hex")), "2 GiB"],
    ["a zip archive", Buffer.from("PK\x03\x04"), "is not an IDX file"],
  ])("%s", (_, bytes, message) => expectError(fileOf(bytes), message));

  test.each([
    ["cut", (first: Buffer, second: Buffer) => [first, second.subarray(0, -9)], "unexpected end"],
    ["cut between its members", (first: Buffer) => [first], "is truncated"],
    [
      "of which a later piece is damaged",
      (first: Buffer, second: Buffer) => [
        first,
        second.map((byte, i) => (i === 9e5 ? ~byte : byte)),
      ],
      "is corrupt",
    ],
    ["with zeros after it", (...both: Buffer[]) => [...both, Buffer.alloc(1)], "trailing bytes"],
    [
      "with zeros in place of a member",
      (first: Buffer) => [first, Buffer.alloc(9)],
      "trailing bytes",
    ],
    ["with text after it", (...both: Buffer[]) => [...both, Buffer.from("text")], "is corrupt"],
  ])("a gzip file of several pieces, %s", async (_, change, message) => {
    const bytes = Buffer.concat(change(...membersOf(LONG)));
    await expectError(fileOf(bytes), message);
  });

  test("a gzip file of which the system gives no more than a beginning", async () => {
    const path = fileOf(gzipSync(LONG));
    system.failsAfter = PIECE_BYTES;
    await expect(readIdxFile(path)).rejects.toThrow(/^Cannot read /);
  });

  test.skipIf(process.platform !== "linux")("without leaving any open", async () => {
    const open = () => readdirSync("/proc/self/fd").length;
    const before = open();
    const files = [
      Buffer.concat([...membersOf(LONG), Buffer.alloc(2 * PIECE_BYTES)]),
      gzipSync(Buffer.concat([LONG, LONG]), { level: 0 }),
      gzipSync(LONG, { level: 0 }).subarray(0, -5),
    ];
    for (const bytes of files) {
      await expectError(fileOf(bytes));
      expect(open()).toBe(before);
    }
  });

  test("a gzip bomb, of which the end is never reached", async () => {
    const bomb = gzipSync(Buffer.concat([BYTES, Buffer.alloc(2 ** 24)]));
    bomb.fill(0xff, bomb.length - 8);
    expect(() => gunzipSync(bomb)).toThrow("incorrect data check");
    await expectError(fileOf(bomb), "unpacks to more than the 20");
  });

  test("a gzip bomb that is no IDX file, of which the end is never reached", async () => {
    const bomb = gzipSync(Buffer.alloc(2 ** 24));
    bomb.fill(0xff, bomb.length - 8);
    await expectError(fileOf(bomb), "is not an IDX file");
  });

  test("a file that is not there", async () => {
    await expectError(
      join(temporaryDirectory(), "absent"),
      "no such file or directory; check the name.",
    );
  });

  test("a folder", () => expectError(temporaryDirectory(), "it is a folder, not a file"));

  test.skipIf(process.platform === "win32")("a device", () =>
    expectError("/dev/null", "it is not a regular file"),
  );

  test.skipIf(process.platform === "win32")("a symbolic link to itself", async () => {
    const path = join(temporaryDirectory(), "loop");
    symlinkSync(path, path);
    await expectError(path, "too many symbolic links encountered; check the name.");
  });

  test.skipIf(process.platform === "win32" || process.getuid?.() === 0)(
    "a file without permission to read it (skipped for root, who may)",
    async () => {
      const path = fileOf(BYTES);
      chmodSync(path, 0);
      await expectError(path, "permission denied; make it readable.");
    },
  );
});

test("fuzzing: mutated files are read as what they hold or refused with a DataError", {
  timeout: 60_000,
}, async () => {
  const raw = idxArrays.map(encodeIdx);
  const files = mutated(
    fc.oneof(
      raw,
      raw.map((bytes) => Uint8Array.from(gzipSync(bytes))),
    ),
  );
  const repacked = mutated(raw).map((bytes) => Uint8Array.from(gzipSync(bytes)));
  const path = fileOf(new Uint8Array(0));
  await fc.assert(
    fc.asyncProperty(fc.oneof(files, repacked), async (bytes) => {
      writeFileSync(path, bytes);
      let array: IdxArray;
      try {
        array = await readIdxFile(path);
      } catch (error) {
        expect(error).toBeInstanceOf(DataError);
        return;
      }
      const unpacked = bytes[0] === 0x1f ? Uint8Array.from(gunzipSync(bytes)) : bytes;
      expect(encodeIdx(array)).toEqual(unpacked);
    }),
    { numRuns: 500 },
  );
});
