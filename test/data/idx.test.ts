import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DataError, encodeIdx, type IdxArray, parseIdx } from "../../src/data/index.js";
import { idxArrays, mutated } from "./arbitraries.js";

const bytesOf = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(" ", ""), "hex"));

/** The format as its definition has it, written out by hand. */
const EXAMPLES: [hex: string, array: IdxArray][] = [
  [
    "00000802 00000002 00000003 00 01 7f 80 fe ff",
    { type: "u8", dimensions: [2, 3], data: Uint8Array.of(0, 1, 127, 128, 254, 255) },
  ],
  ["00000901 00000003 00 7f 80", { type: "i8", dimensions: [3], data: Int8Array.of(0, 127, -128) }],
  [
    "00000b01 00000003 0102 fffe 8000",
    { type: "i16", dimensions: [3], data: Int16Array.of(258, -2, -32768) },
  ],
  [
    "00000c02 00000001 00000002 01020304 fffffffe",
    { type: "i32", dimensions: [1, 2], data: Int32Array.of(16909060, -2) },
  ],
  [
    "00000d01 00000002 3fc00000 c0000000",
    { type: "f32", dimensions: [2], data: Float32Array.of(1.5, -2) },
  ],
  [
    "00000e01 00000002 3ff8000000000000 c000000000000000",
    { type: "f64", dimensions: [2], data: Float64Array.of(1.5, -2) },
  ],
  ["00000802 00000000 00000005", { type: "u8", dimensions: [0, 5], data: new Uint8Array(0) }],
];

describe("a file written out by hand", () => {
  test.each(EXAMPLES)("%s is parsed", (hex, array) => {
    expect(parseIdx(bytesOf(hex), "file")).toEqual(array);
  });

  test.each(EXAMPLES)("%s is encoded", (hex, array) => {
    expect(encodeIdx(array)).toEqual(bytesOf(hex));
  });
});

describe("round trips", () => {
  test("array → bytes → array, for every type and the ranks 1 to 4", () => {
    fc.assert(
      fc.property(idxArrays, (array) => {
        expect(parseIdx(encodeIdx(array), "file")).toEqual(array);
      }),
      { numRuns: 500 },
    );
  });

  test("bytes at any alignment", () => {
    fc.assert(
      fc.property(idxArrays, fc.nat(7), (array, shift) => {
        const bytes = encodeIdx(array);
        const shifted = new Uint8Array(bytes.length + shift);
        shifted.set(bytes, shift);
        expect(parseIdx(shifted.subarray(shift), "file")).toEqual(array);
      }),
    );
  });

  test("a view of part of a buffer is encoded", () => {
    const data = Float64Array.of(1, 2, 3, 4).subarray(1, 3);
    const array = parseIdx(encodeIdx({ type: "f64", dimensions: [2], data }), "file");
    expect([...array.data]).toEqual([2, 3]);
  });

  test("neither parsing nor encoding changes its argument", () => {
    fc.assert(
      fc.property(idxArrays, (array) => {
        const before = structuredClone(array);
        const bytes = encodeIdx(array);
        const bytesBefore = bytes.slice();
        parseIdx(bytes, "file");
        expect(bytes).toEqual(bytesBefore);
        expect(array).toEqual(before);
      }),
    );
  });
});

test.each(["u8", "i8"] as const)("the elements of type %s are a view, not a copy", (type) => {
  const data = type === "u8" ? Uint8Array.of(1, 2) : Int8Array.of(1, 2);
  const bytes = encodeIdx({ type, dimensions: [2], data } as IdxArray);
  expect(parseIdx(bytes, "file").data.buffer).toBe(bytes.buffer);
});

describe("malformed bytes are an error that names the file and the fault", () => {
  test.each([
    ["no bytes", "", "some-file is empty"],
    ["half a magic number", "0000", "some-file is truncated: it ends within its header"],
    ["half a header", "00000802 00000002", "some-file is truncated: it ends within its header"],
    ["a wrong magic number", "01000801 00000001 00", "begins with the bytes 01000801"],
    ["a magic number in little-endian", "03080000 00000001", "begins with the bytes 03080000"],
    ["the type code 0a, which has no type", "00000a01 00000001 00", "not an IDX file"],
    ["text", Buffer.from("<!doctype html>").toString("hex"), "some-file is not an IDX file"],
    ["rank 0", "00000800 00", "some-file has rank 0"],
    ["rank 255", `000008ff ${"00000001".repeat(255)} 00`, "some-file has rank 255"],
    ["elements missing", "00000801 00000003 0102", "promises 11 bytes, but it has 10"],
    ["half an element", "00000b01 00000001 01", "promises 10 bytes, but it has 9"],
    ["trailing bytes", "00000801 00000001 01 02", "promises 9, but it has 10"],
    ["4 GiB in 12 bytes", "00000801 ffffffff 00000000", "more than the 2 GiB"],
    [
      "a product beyond 2⁶⁴, whose low 32 bits are 0",
      "00000803 80000000 80000000 00000004",
      "claims to hold 2147483648×2147483648×4 elements",
    ],
    ["the largest header", `00000e20 ${"ffffffff".repeat(32)}`, "more than the 2 GiB"],
  ])("%s", (_, hex, message) => {
    const parse = () => parseIdx(bytesOf(hex), "some-file");
    expect(parse).toThrow(DataError);
    expect(parse).toThrow("some-file");
    expect(parse).toThrow(message);
  });

  test("a claim of 2 GB in a file of 20 bytes allocates nothing", () => {
    for (const code of ["08", "0c"]) {
      const count = code === "08" ? "7ffffff0" : "1ffffff0";
      const bytes = bytesOf(`0000${code}01 ${count} 000000000000000000000000`);
      const before = process.memoryUsage().arrayBuffers;
      expect(() => parseIdx(bytes, "file")).toThrow(/promises 21474\d+ bytes, but it has 20/);
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 24);
    }
  });
});

describe("an array that no file can hold", () => {
  const data = new Uint8Array(6);
  test.each([
    { dimensions: [] },
    { dimensions: [-6] },
    { dimensions: [1.5, 4] },
    { dimensions: new Array<number>(33).fill(1) },
  ])("of dimensions $dimensions is refused with what is expected", ({ dimensions }) => {
    expect(() => encodeIdx({ type: "u8", dimensions, data })).toThrow(
      `[${dimensions.join(", ")}] are not the dimensions of an IDX file: expected 1 to 32 whole numbers below 2³².`,
    );
  });

  test("with another number of elements than its dimensions say is refused", () => {
    expect(() => encodeIdx({ type: "u8", dimensions: [2, 2], data })).toThrow(
      "2×2 is not the number of elements, 6.",
    );
  });
});

describe("fuzzing", () => {
  /** Whatever is accepted must mean exactly the bytes it came from. */
  function acceptsOnlyIdx(bytes: Uint8Array): void {
    let array: IdxArray;
    try {
      array = parseIdx(bytes, "file");
    } catch (error) {
      expect(error).toBeInstanceOf(DataError);
      return;
    }
    expect(encodeIdx(array)).toEqual(bytes);
  }

  test("any bytes", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), acceptsOnlyIdx), { numRuns: 1000 });
  });

  test("mutations of well-formed files", { timeout: 60_000 }, () => {
    fc.assert(fc.property(mutated(idxArrays.map(encodeIdx)), acceptsOnlyIdx), { numRuns: 3000 });
  });
});

test.each([
  ["no dimensions", []],
  ["33 dimensions", Array.from({ length: 33 }, () => 1)],
  ["a negative dimension", [-1, -1]],
  ["a fractional dimension", [0.5, 2]],
  ["a dimension of 2³²", [2 ** 32]],
  ["a product other than the number of elements", [2, 1]],
])("encodeIdx refuses %s", (_, dimensions) => {
  expect(() => encodeIdx({ type: "u8", dimensions, data: Uint8Array.of(1) })).toThrow(RangeError);
});
