/** What fast-check draws for the tests of the data part. */
import fc from "fast-check";
import type { IdxArray } from "../../src/data/index.js";

const dimensions = fc.array(fc.nat(5), { minLength: 1, maxLength: 4 });

function arrays(
  type: IdxArray["type"],
  data: (length: { minLength: number; maxLength: number }) => fc.Arbitrary<IdxArray["data"]>,
): fc.Arbitrary<IdxArray> {
  return dimensions.chain((dimensions) => {
    const length = dimensions.reduce((product, dimension) => product * dimension, 1);
    return data({ minLength: length, maxLength: length }).map(
      (data) => ({ type, dimensions, data }) as IdxArray,
    );
  });
}

/** Arrays of every type and of the ranks 1 to 4, with NaN, infinities and negative zeros. */
export const idxArrays: fc.Arbitrary<IdxArray> = fc.oneof(
  arrays("u8", fc.uint8Array),
  arrays("i8", fc.int8Array),
  arrays("i16", fc.int16Array),
  arrays("i32", fc.int32Array),
  arrays("f32", fc.float32Array),
  arrays("f64", fc.float64Array),
);

/** Bytes with a few of them changed, most often near the beginning, then cut or continued. */
export function mutated(files: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> {
  const change = fc.record({
    at: fc.oneof(fc.nat(24), fc.nat()),
    to: fc.oneof(fc.nat(255), fc.constantFrom(0, 1, 2, 3, 4, 127, 128, 255)),
  });
  const end = fc.oneof(
    fc.record({ cut: fc.constant(0), tail: fc.constant(new Uint8Array(0)) }),
    fc.record({ cut: fc.nat(30), tail: fc.uint8Array({ maxLength: 20 }) }),
  );
  return fc
    .tuple(files, fc.array(change, { maxLength: 4 }), end)
    .map(([file, changes, { cut, tail }]) => {
      const bytes = file.slice();
      for (const { at, to } of changes) if (bytes.length > 0) bytes[at % bytes.length] = to;
      return Uint8Array.from([...bytes.subarray(0, Math.max(0, bytes.length - cut)), ...tail]);
    });
}
