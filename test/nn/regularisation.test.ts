import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  add,
  checkGradient,
  columns,
  constant,
  evaluate,
  matmul,
  matrix,
  matrixOf,
  multiply,
  type Node,
  sum,
} from "../../src/autodiff/index.js";
import {
  adversarial,
  dropout,
  labelSmoothing,
  logSumExp,
  maxNorm,
  scaledTanh,
} from "../../src/nn/index.js";
import { expectClose } from "../support/closeness.js";

const number = fc.double({ min: -10, max: 10, noNaN: true });

describe("dropout", () => {
  const bytes = constant(
    matrixOf(
      [1, 256],
      Float64Array.from({ length: 256 }, (_, i) => i),
    ),
  );
  const ones = constant(matrixOf([1, 256], new Float64Array(256).fill(1)));

  test.each([
    { p: 0.5, dropped: 128 },
    { p: 0.2, dropped: 51 },
    { p: 0.25, dropped: 64 },
    { p: 0.999, dropped: 255 },
  ])(
    "with p = $p leaves out $dropped of 256 equally likely bytes, and keeps the mean",
    ({ p, dropped }) => {
      const { data } = evaluate(dropout(ones, bytes, p));
      const kept = 256 / (256 - dropped);
      expect([...data]).toEqual(Array.from({ length: 256 }, (_, i) => (i < dropped ? 0 : kept)));
    },
  );

  test("has its own factors as its gradient", () => {
    const noise = constant(matrix([[0, 100, 200, 255]]));
    const a = matrix([[1, -2, 3, -4]]);
    expect(() => checkGradient((x: Node) => dropout(x, noise, 0.5), [a])).not.toThrow();
  });
});

describe("maxNorm", () => {
  const rows = fc.array(fc.tuple(number, number, number), { minLength: 1, maxLength: 5 });

  test("scales the rows above the norm c down to it, and leaves the others", () => {
    fc.assert(
      fc.property(rows, fc.double({ min: 0.01, max: 20, noNaN: true }), (w, c) => {
        const { data } = evaluate(maxNorm(constant(matrix(w)), c));
        w.forEach((row, j) => {
          const norm = Math.hypot(...row);
          const expected = norm > c ? row.map((x) => (x * c) / norm) : row;
          expectClose(
            [0, 1, 2].map((k) => data[k * w.length + j]!),
            expected,
            1e-14,
          );
        });
      }),
    );
  });

  test("leaves weights of 0 what they are", () => {
    expect([...evaluate(maxNorm(constant(matrix([[0, 0]])), 1)).data]).toEqual([0, 0]);
  });
});

describe("labelSmoothing", () => {
  const y = constant(
    matrix([
      [1, 0],
      [0, 0],
      [0, 1],
      [0, 0],
    ]),
  );

  test("takes ε from the class and divides it among all, so that columns keep the sum 1", () => {
    const { data } = evaluate(labelSmoothing(y, 0.2));
    expectClose([...data], [0.85, 0.05, 0.05, 0.05, 0.05, 0.05, 0.85, 0.05], 1e-15);
  });

  test("with ε = 0 is no step of the computation", () => {
    expect(labelSmoothing(y, 0)).toBe(y);
  });
});

describe("adversarial", () => {
  const w = constant(matrix([[3, -4]]));
  const x = constant(
    matrix([
      [1, 5, 0],
      [2, 1e-20, 0],
    ]),
  );
  const norms = (data: ArrayLike<number>, from: ArrayLike<number>) =>
    [0, 2, 4].map((i) => Math.hypot(data[i]! - from[i]!, data[i + 1]! - from[i + 1]!));

  test("moves each sample by ε along the gradient of its cost", () => {
    const { data } = evaluate(adversarial((x) => sum(matmul(w, x)), x, 0.5));
    expectClose([...data], [1.3, 1.6, 5.3, -0.4, 0.3, -0.4], 1e-15);
  });

  test("moves as far where the gradient is small, and not where it is 0", () => {
    const squares = (x: Node) => sum(multiply(1e-30, multiply(x, multiply(x, x))));
    const { data } = evaluate(adversarial(squares, x, 0.5));
    expectClose(norms(data, [1, 2, 5, 0, 0, 0]), [0.5, 0.5, 0], 1e-14);
  });

  test("raises the cost more than a step of that length anywhere else", () => {
    const cost = (x: Node) =>
      sum(
        logSumExp(
          matmul(
            constant(
              matrix([
                [1, 2],
                [-3, 1],
              ]),
            ),
            x,
          ),
        ),
      );
    const along = ([dx, dy]: number[]) => {
      const moved = add(x, constant(matrix([[dx!], [dy!]])));
      return evaluate(cost(columns(moved, constant(matrix([[0]]))))).data[0]!;
    };
    const step = 1e-6;
    const worst = evaluate(cost(columns(adversarial(cost, x, step), constant(matrix([[0]])))))
      .data[0]!;
    for (let angle = 0; angle < 2 * Math.PI; angle += 0.1) {
      const elsewhere = along([step * Math.cos(angle), step * Math.sin(angle)]);
      expect(worst).toBeGreaterThan(elsewhere - step * step);
    }
  });

  test("with ε = 0 is no step of the computation", () => {
    expect(adversarial((x) => sum(x), x, 0)).toBe(x);
  });
});

test("scaledTanh is 1.7159 tanh(0.6666 z), with f(±1) within 1e-3 of ±1", () => {
  fc.assert(
    fc.property(number, (z) => {
      const [y] = evaluate(scaledTanh(constant(z))).data;
      expect(y).toBeCloseTo(1.7159 * Math.tanh(0.6666 * z), 14);
    }),
  );
  expect(Math.abs(evaluate(scaledTanh(constant(1))).data[0]! - 1)).toBeLessThan(1e-3);
});
