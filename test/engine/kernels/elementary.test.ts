/** exp, log and tanh: how far they are off, in units of the last place. */
import { describe, expect, test } from "vitest";
import { START } from "../../../src/engine/values.js";
import { clear, kernel, Matrix } from "./memory.js";

const LARGEST = (2 - 2 ** -23) * 2 ** 127;
const { NaN: NONE, POSITIVE_INFINITY: INFINITY } = Number;

/** The kernel at many points. */
function valuesAt(name: string, points: Float32Array): Float32Array {
  clear();
  const [x, out] = [
    new Matrix(points.length, 1, (r) => points[r]!),
    new Matrix(points.length, 1, () => NONE),
  ];
  kernel(name)(out.address, 0, x.address, 0, 0, points.length, 1);
  return out.elements();
}

const valueAt = (name: string, x: number) => valuesAt(name, Float32Array.of(0, x))[1] as number;

/** The largest error, in units of the last place of the exact result. */
function worstUlps(name: string, f: (x: number) => number, points: Float32Array): number {
  const values = valuesAt(name, points);
  const errors = points.map((x, i) => {
    const exact = f(x);
    if (exact === values[i]) return 0;
    const exponent = Math.max(-126, Math.floor(Math.log2(Math.abs(exact))));
    return Math.abs(values[i]! - exact) / 2 ** (exponent - 23);
  });
  return errors.reduce((worst, error) => Math.max(worst, error), 0);
}

function range(low: number, high: number, count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));
}

/** Every positive float32 whose bits are a multiple of `step`, subnormal ones included. */
function positives(step: number): Float32Array {
  const bits = Uint32Array.from(
    { length: Math.ceil(0x7f800000 / step) - 1 },
    (_, i) => step * (i + 1),
  );
  return new Float32Array(bits.buffer);
}

describe("exp", () => {
  test("is 1 ulp off at most where its result is normal", () => {
    expect(worstUlps("exp", Math.exp, range(-87.3, 88.7228, 1e5))).toBeLessThanOrEqual(1);
    expect(worstUlps("exp", Math.exp, range(-1, 1, 5e4))).toBeLessThanOrEqual(1);
  });

  test("is 2 ulp off at most where its result is subnormal", () => {
    expect(worstUlps("exp", Math.exp, range(-104, -87.3, 5e4))).toBeLessThanOrEqual(2);
  });

  test("is never infinite, and 0 far below", () => {
    for (const x of [88.73, 100, 1e4, LARGEST, INFINITY]) expect(valueAt("exp", x)).toBe(LARGEST);
    for (const x of [-105, -1e4, -LARGEST, -INFINITY]) expect(valueAt("exp", x)).toBe(0);
    expect(valueAt("exp", 0)).toBe(1);
  });
});

describe("log", () => {
  test("is 2 ulp off at most for all positive numbers", () => {
    expect(worstUlps("log", Math.log, positives(16411))).toBeLessThanOrEqual(2);
    expect(worstUlps("log", Math.log, range(0.5, 2, 1e5))).toBeLessThanOrEqual(2);
  });

  test("is −∞ at 0, ∞ at ∞, and NaN below 0", () => {
    for (const x of [0, -0]) expect(valueAt("log", x)).toBe(-INFINITY);
    for (const x of [-1e-45, -1, -INFINITY]) expect(valueAt("log", x)).toBe(NONE);
    expect(valueAt("log", INFINITY)).toBe(INFINITY);
    expect(valueAt("log", 1)).toBe(0);
  });
});

describe("tanh", () => {
  test("is 2 ulp off at most for all numbers of both signs", () => {
    const points = positives(32771);
    expect(worstUlps("tanh", Math.tanh, points)).toBeLessThanOrEqual(2);
    expect(
      worstUlps(
        "tanh",
        Math.tanh,
        points.map((x) => -x),
      ),
    ).toBeLessThanOrEqual(2);
    expect(worstUlps("tanh", Math.tanh, range(-10, 10, 1e5))).toBeLessThanOrEqual(2);
  });

  test("is odd, bit for bit, and ±1 far out", () => {
    const points = range(0, 12, 1e4);
    const negative = valuesAt(
      "tanh",
      points.map((x) => -x),
    );
    expect(negative.map((y) => -y)).toEqual(valuesAt("tanh", points));
    for (const x of [20, 1e4, INFINITY]) expect(valueAt("tanh", x)).toBe(1);
  });
});

test.each(["exp", "log", "tanh"])("%s of NaN is NaN", (name) => {
  expect(valueAt(name, NONE)).toBe(NONE);
});

test("values begin behind the constants that the kernels load", () => {
  expect(kernel("constantsEnd")()).toBeGreaterThan(0);
  expect(kernel("constantsEnd")()).toBeLessThanOrEqual(START);
});
