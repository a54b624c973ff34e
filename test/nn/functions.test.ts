import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  broadcast,
  checkGradient,
  column,
  constant,
  evaluate,
  j,
  type Node,
  variable,
} from "../../src/autodiff/index.js";
import {
  type ActivationName,
  activations,
  logSumExp,
  sigmoid,
  softmax,
  softplus,
  weightedInput,
} from "../../src/nn/index.js";
import { plainActivations, toMatrix } from "../support/backpropagation.js";
import { expectClose, expectFinite } from "../support/closeness.js";

const values = (f: (z: Node) => Node, z: readonly number[]) =>
  evaluate(f(constant(column(z)))).data;

/** f' element by element: j(f) with ȳ = 1. */
const derivative =
  (f: (z: Node) => Node) =>
  (z: Node): Node =>
    j(f)(f(z), broadcast(1, z.shape), z);

const moderate = fc.array(fc.double({ min: -8, max: 8, noNaN: true }), {
  minLength: 1,
  maxLength: 8,
});
const extreme = fc.array(
  fc.oneof(
    fc.double({ min: -1e4, max: 1e4, noNaN: true }),
    fc.double({ min: -760, max: -350, noNaN: true }),
    fc.constantFrom(-1e4, -745.2, -710, -709.8, -372.5, -89, 0, 37, 89, 709.8, 710, 1e4),
  ),
  { minLength: 1, maxLength: 8 },
);

describe.each(Object.keys(activations) as ActivationName[])("the activation %s", (name) => {
  const f = activations[name];
  const plain = plainActivations[name];

  test("is its formula within 1e-14", () => {
    fc.assert(fc.property(moderate, (z) => expectClose(values(f, z), z.map(plain.value), 1e-14)));
  });
  test("has the derivative of the textbook within 1e-14", () => {
    fc.assert(
      fc.property(moderate, (z) => {
        expectClose(values(derivative(f), z), z.map(plain.derivative), 1e-14);
      }),
    );
  });
  test("is finite, and so is its derivative, for |z| up to 1e4", () => {
    fc.assert(
      fc.property(extreme, (z) => {
        expectFinite(values(f, z));
        expectFinite(values(derivative(f), z));
      }),
    );
  });
});

describe("the sigmoid", () => {
  test("stays from 0 to 1 for |z| up to 1e4, and σ(z) + σ(−z) = 1 within 1e-15", () => {
    fc.assert(
      fc.property(extreme, (z) => {
        const [right, left] = [
          values(sigmoid, z),
          values(
            sigmoid,
            z.map((z) => -z),
          ),
        ];
        for (const [i, a] of right.entries()) {
          expect(a).toBeGreaterThanOrEqual(0);
          expect(a).toBeLessThanOrEqual(1);
          expect(Math.abs(a + left[i]! - 1)).toBeLessThan(1e-15);
        }
      }),
    );
  });
  test("has by j of j the second derivative σ (1 − σ) (1 − 2σ), within 1e-14", () => {
    fc.assert(
      fc.property(moderate, (z) => {
        const second = values(derivative(derivative(sigmoid)), z);
        const expected = z.map((z) => {
          const a = 1 / (1 + Math.exp(-z));
          return a * (1 - a) * (1 - 2 * a);
        });
        for (const [i, e] of expected.entries()) {
          expect(Math.abs(second[i]! - e)).toBeLessThan(1e-14);
        }
      }),
    );
  });
  test("has by j of j of j the third derivative of finite differences", () => {
    const second = derivative(derivative(sigmoid));
    checkGradient(second, [column([-3, -0.5, 0.25, 2])]);
  });
});

test("weightedInput is w a + b with b added to every column", () => {
  const [w, a, b] = [
    toMatrix([
      [1, 2, 3],
      [4, 5, 6],
    ]),
    toMatrix([
      [1, 0],
      [0, 1],
      [-1, 2],
    ]),
    column([10, 20]),
  ];
  const z = evaluate(weightedInput(constant(w), constant(a), constant(b)));
  expect(z).toEqual(
    toMatrix([
      [8, 18],
      [18, 37],
    ]),
  );
});

describe("softmax", () => {
  const sum = (z: ArrayLike<number>) => Array.from(z).reduce((sum, x) => sum + x, 0);

  test("is exp z / Σ exp z for moderate z, within 1e-14", () => {
    fc.assert(
      fc.property(moderate, (z) => {
        const exponentials = z.map(Math.exp);
        expectClose(
          values(softmax, z),
          exponentials.map((e) => e / sum(exponentials)),
          1e-14,
        );
      }),
    );
  });
  test("adds up to 1 in each column within 1e-11, for |z| up to 1e4", () => {
    fc.assert(
      fc.property(extreme, extreme, (left, right) => {
        const n = Math.min(left.length, right.length);
        const z = toMatrix(Array.from({ length: n }, (_, i) => [left[i]!, right[i]!]));
        const a = evaluate(softmax(constant(z))).data;
        expect(Math.abs(sum(a.subarray(0, n)) - 1)).toBeLessThan(1e-11);
        expect(Math.abs(sum(a.subarray(n)) - 1)).toBeLessThan(1e-11);
      }),
    );
  });
  test("stays the same, within 1e-11, if the same number is added to every z", () => {
    fc.assert(
      fc.property(moderate, fc.double({ min: -1e4, max: 1e4, noNaN: true }), (z, shift) => {
        expectClose(
          values(
            softmax,
            z.map((z) => z + shift),
          ),
          values(softmax, z),
          1e-11,
        );
      }),
    );
  });
  test("has finite derivatives for |z| up to 1e4", () => {
    fc.assert(fc.property(extreme, (z) => expectFinite(values(derivative(softmax), z))));
  });
});

describe("sums of exponentials that cannot overflow", () => {
  test("logSumExp is ln Σ exp z and softplus is ln(1 + exp z) for moderate z, within 1e-14", () => {
    fc.assert(
      fc.property(moderate, (z) => {
        const total = z.map(Math.exp).reduce((sum, e) => sum + e);
        expect(Math.abs(values(logSumExp, z)[0]! - Math.log(total))).toBeLessThan(1e-14 * 20);
        for (const [i, s] of values(softplus, z).entries()) {
          expect(Math.abs(s - Math.log1p(Math.exp(z[i]!)))).toBeLessThan(1e-14);
        }
      }),
    );
  });
  test("logSumExp lies between max z and max z + ln n for |z| up to 1e4", () => {
    fc.assert(
      fc.property(extreme, (z) => {
        const actual = values(logSumExp, z)[0]!;
        expect(actual).toBeGreaterThanOrEqual(Math.max(...z) - 1e-11);
        expect(actual).toBeLessThanOrEqual(Math.max(...z) + Math.log(z.length) + 1e-11);
      }),
    );
  });
  test("softplus is z for large z and 0 for very negative z, with slopes 1 and 0", () => {
    expect([...values(softplus, [1e4, -1e4])]).toEqual([1e4, 0]);
    const z = variable([2, 1]);
    const slopes = evaluate(derivative(softplus)(z), new Map([[z, column([1e4, -1e4])]]));
    expect([...slopes.data]).toEqual([1, 0]);
  });
});
