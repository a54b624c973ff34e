import { safetensors } from "@jax-js/loaders";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  CheckpointError,
  encodeSafetensors,
  parseSafetensors,
  type Tensor,
} from "../../src/checkpoints/index.js";
import { SOURCE, withHeader } from "../support/checkpoints.js";

const shapes = fc.array(fc.nat(4), { maxLength: 3 });

const tensors: fc.Arbitrary<Tensor> = fc.tuple(shapes, fc.boolean()).chain(([shape, isDouble]) => {
  const length = shape.reduce((product, n) => product * n, 1);
  const size = { minLength: length, maxLength: length };
  return (isDouble ? fc.float64Array(size) : fc.float32Array(size)).map((data) => ({
    shape,
    data,
  }));
});

const names = fc.string().filter((name) => name !== "__metadata__");

const files = fc.record({
  tensors: fc.uniqueArray(fc.tuple(names, tensors), { selector: ([name]) => name }),
  metadata: fc.uniqueArray(fc.tuple(fc.string(), fc.string()), { selector: ([key]) => key }),
});

const encoded = (file: { tensors: [string, Tensor][]; metadata: [string, string][] }) =>
  Buffer.concat(
    encodeSafetensors({ tensors: new Map(file.tensors), metadata: new Map(file.metadata) }),
  );

const sorted = <T>(entries: Iterable<[string, T]>) =>
  [...entries].sort(([a], [b]) => (a < b ? -1 : 1));

describe("a file", () => {
  test("is not written with another number of elements than its shapes take", () => {
    const tensors = new Map([["a", { shape: [3], data: new Float32Array(2) }]]);
    expect(() => encodeSafetensors({ tensors, metadata: new Map() })).toThrow(
      "encodeSafetensors: a has 2 elements, where its shape [3] takes 3",
    );
  });

  test("is read back as what was written, to the last bit", () => {
    fc.assert(
      fc.property(files, (file) => {
        const { tensors, metadata } = parseSafetensors(encoded(file), SOURCE);
        expect(sorted(tensors)).toEqual(sorted(file.tensors));
        expect(sorted(metadata)).toEqual(sorted(file.metadata));
      }),
    );
  });

  test("is read by another reader, which needs tensors aligned", () => {
    fc.assert(
      fc.property(files, (file) => {
        // That reader takes this name for the prototype of its result.
        fc.pre(file.tensors.every(([name]) => name !== "__proto__"));
        const read = safetensors.parse(new Uint8Array(encoded(file)));
        const tensors = Object.entries(read.tensors).map(([name, { shape, data }]) => [
          name,
          { shape, data },
        ]);
        expect(sorted(tensors as [string, Tensor][])).toEqual(sorted(file.tensors));
        expect(sorted(Object.entries(read.metadata ?? {}))).toEqual(sorted(file.metadata));
      }),
    );
  });

  test("has the bytes that the specification asks for", () => {
    const tensor = (shape: number[], data: Float32Array | Float64Array) => ({ shape, data });
    const bytes = encoded({
      tensors: [
        ["a", tensor([2, 1], Float32Array.of(1, -2))],
        ["b", tensor([], Float64Array.of(0.5))],
      ],
      metadata: [["key", "wörd"]],
    });
    const length = Number(bytes.readBigUInt64LE(0));
    expect(length % 8).toBe(0);
    expect(JSON.parse(bytes.toString("utf8", 8, 8 + length))).toEqual({
      __metadata__: { key: "wörd" },
      a: { dtype: "F32", shape: [2, 1], data_offsets: [8, 16] },
      b: { dtype: "F64", shape: [], data_offsets: [0, 8] },
    });
    expect(bytes.toString("latin1", 8, 9)).toBe("{");
    expect(bytes.subarray(8 + length).toString("hex")).toBe("000000000000e03f0000803f000000c0");
  });

  test("of another writer is read wherever its tensors lie", () => {
    const body = Uint8Array.of(0, 0, 128, 63, 0, 0, 0, 64);
    const header = {
      second: { dtype: "F32", shape: [1], data_offsets: [4, 8] },
      first: { dtype: "F32", shape: [1], data_offsets: [0, 4] },
    };
    for (const padding of ["", " ", "   ", "       "]) {
      const { tensors } = parseSafetensors(
        withHeader(JSON.stringify(header) + padding, body),
        SOURCE,
      );
      expect(tensors.get("first")?.data).toEqual(Float32Array.of(1));
      expect(tensors.get("second")?.data).toEqual(Float32Array.of(2));
    }
  });

  test("of another writer may list an empty tensor after the one that begins at the same place", () => {
    const header = {
      full: { dtype: "F32", shape: [1], data_offsets: [0, 4] },
      empty: { dtype: "F32", shape: [0], data_offsets: [0, 0] },
    };
    const { tensors } = parseSafetensors(withHeader(header, Uint8Array.of(0, 0, 128, 63)), SOURCE);
    expect(tensors.get("full")?.data).toEqual(Float32Array.of(1));
    expect(tensors.get("empty")?.data).toEqual(new Float32Array(0));
  });
});

describe("refuses", () => {
  const entry = (begin: number, end: number, some: object = {}) => ({
    dtype: "F32",
    shape: [(end - begin) / 4],
    data_offsets: [begin, end],
    ...some,
  });
  const body = new Uint8Array(8);
  const absurd = Buffer.alloc(64, 0xff);
  const beginning = (length: number) => {
    const bytes = Buffer.alloc(64, " ");
    bytes.writeBigUInt64LE(BigInt(length));
    return bytes;
  };

  test.each<{ what: string; bytes: Uint8Array; says: RegExp }>([
    { what: "an empty file", bytes: new Uint8Array(0), says: /is empty/ },
    { what: "a few bytes", bytes: new Uint8Array(7), says: /ends within the 8 bytes/ },
    {
      what: "an absurd header length",
      bytes: absurd,
      says: /not a safetensors file.*length of a header/,
    },
    {
      what: "the longest header, of which little is there",
      bytes: beginning(1e8),
      says: /truncated/,
    },
    {
      what: "a header longer than the longest",
      bytes: beginning(1e8 + 1),
      says: /not a safe.*length of a header/,
    },
    {
      what: "a header that is cut short",
      bytes: withHeader({ a: entry(0, 8) }, body).subarray(0, 20),
      says: /truncated: its header should have \d+ bytes, but the file ends after 12/,
    },
    { what: "a header that is not JSON", bytes: withHeader("{", body), says: /is not JSON/ },
    { what: "a list", bytes: withHeader("[]", body), says: /not an object/ },
    {
      what: "a header that is not UTF-8",
      bytes: Buffer.concat([
        Uint8Array.of(3, 0, 0, 0, 0, 0, 0, 0),
        Buffer.from('"\xff"', "latin1"),
      ]),
      says: /is not JSON/,
    },
    {
      what: "metadata that are not strings",
      bytes: withHeader({ __metadata__: { a: 1 } }, new Uint8Array(0)),
      says: /should map strings to strings/,
    },
    { what: "an entry without a shape", bytes: withHeader({ a: {} }, body), says: /a should have/ },
    { what: "null for an entry", bytes: withHeader({ a: null }, body), says: /a should have/ },
    {
      what: "a negative size",
      bytes: withHeader({ a: entry(0, 8, { shape: [-2] }) }, body),
      says: /a should have/,
    },
    {
      what: "fractional offsets",
      bytes: withHeader({ a: entry(0, 8, { data_offsets: [0.5, 8.5] }) }, body),
      says: /a should have/,
    },
    {
      what: "another type of elements",
      bytes: withHeader({ a: entry(0, 8, { dtype: "I16", shape: [4] }) }, body),
      says: /type I16 in a, where one of F64, F32, F16, BF16 is expected/,
    },
    {
      what: "a type that every object has",
      bytes: withHeader({ a: entry(0, 8, { dtype: "toString" }) }, body),
      says: /type toString/,
    },
    {
      what: "offsets that do not fit the shape",
      bytes: withHeader({ a: entry(0, 8, { shape: [3] }) }, body),
      says: /has 8 bytes for a, where 3 of F32 take 12/,
    },
    {
      what: "a shape whose product overflows",
      bytes: withHeader({ a: entry(0, 8, { shape: [2 ** 52, 2 ** 52, 2 ** 52] }) }, body),
      says: /has 8 bytes for a, where/,
    },
    {
      what: "offsets beyond the end",
      bytes: withHeader({ a: entry(0, 4e9) }, body),
      says: /truncated: a should end at byte 4000000000 .* but the file ends after 8/,
    },
    {
      what: "tensors that overlap",
      bytes: withHeader({ a: entry(0, 8), b: entry(4, 8) }, body),
      says: /overlapping tensors: b/,
    },
    {
      what: "a hole between two",
      bytes: withHeader({ a: entry(0, 4), b: entry(8, 12) }, new Uint8Array(12)),
      says: /a hole of 4 bytes before b/,
    },
    {
      what: "a hole",
      bytes: withHeader({ a: entry(4, 8) }, body),
      says: /a hole of 4 bytes before a/,
    },
    {
      what: "bytes after the last tensor",
      bytes: withHeader({ a: entry(0, 4) }, body),
      says: /has 4 bytes after its last tensor/,
    },
  ])("$what, in one sentence that names the file", ({ bytes, says }) => {
    expect(() => parseSafetensors(bytes, SOURCE)).toThrow(CheckpointError);
    expect(() => parseSafetensors(bytes, SOURCE)).toThrow(says);
    expect(() => parseSafetensors(bytes, SOURCE)).toThrow(/^model\.safetensors [^\n]+\.$/);
  });

  test("or reads whatever bytes it is given, and never fails in another way", () => {
    const counts = fc.oneof(fc.nat(16), fc.constantFrom(-1, 0.5, 2 ** 53, 1e300), fc.string());
    const entries = fc.oneof(
      fc.record({
        dtype: fc.constantFrom("F32", "F64", "F16", "I8", 3, null),
        shape: fc.oneof(fc.array(counts, { maxLength: 3 }), fc.jsonValue()),
        data_offsets: fc.array(counts, { maxLength: 3 }),
      }),
      fc.jsonValue(),
    );
    const headers = fc.dictionary(fc.constantFrom("a", "b", "__metadata__", "__proto__"), entries);
    const written = fc
      .tuple(fc.oneof(headers, fc.string()), fc.uint8Array({ maxLength: 32 }))
      .map(([header, body]) => withHeader(header, body));
    fc.assert(
      fc.property(fc.oneof(written, fc.uint8Array({ maxLength: 64 })), (bytes) => {
        try {
          parseSafetensors(bytes, SOURCE);
        } catch (error) {
          expect(error).toBeInstanceOf(CheckpointError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
