import { describe, expect, test } from "vitest";
import { parseSafetensors } from "../../src/checkpoints/index.js";
import { SOURCE, withHeader } from "../support/checkpoints.js";

function read(dtype: string, elements: Uint16Array): number[] {
  const entry = { dtype, shape: [elements.length], data_offsets: [0, elements.byteLength] };
  const bytes = withHeader({ a: entry }, new Uint8Array(elements.buffer));
  const { data } = parseSafetensors(bytes, SOURCE).tensors.get("a")!;
  expect(data).toBeInstanceOf(Float32Array);
  return [...data];
}

describe("elements of 16 bits are read as float32:", () => {
  test("float16, of every kind", () => {
    const bits = [0x3c00, 0xc000, 0x7bff, 0x0400, 0x0001, 0x83ff, 0x3555, 0x0000, 0x7c00, 0xfc00];
    expect(read("F16", Uint16Array.from(bits))).toEqual([
      ...[1, -2, 65504, 2 ** -14, 2 ** -24, -1023 * 2 ** -24, 1365 / 4096, 0],
      ...[Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
    ]);
    const [minusZero, none] = read("F16", Uint16Array.of(0x8000, 0x7e00));
    expect([minusZero, none]).toEqual([-0, Number.NaN]);
  });

  test("float16 grows with its bits", () => {
    const all = read(
      "F16",
      Uint16Array.from({ length: 0x7c01 }, (_, bits) => bits),
    );
    expect(all.every((x, i) => i === 0 || x > all[i - 1]!)).toBe(true);
  });

  test("bfloat16, which is half of a float32", () => {
    const bits = [0x3f80, 0xc049, 0x0001, 0x7f7f, 0xff80];
    expect(read("BF16", Uint16Array.from(bits))).toEqual([
      ...[1, -3.140625, 2 ** -133, 255 * 2 ** 120, Number.NEGATIVE_INFINITY],
    ]);
  });
});
