import { describe, expect, test } from "vitest";
import {
  definePrimitive,
  evaluate,
  exp,
  type Matrix,
  matmul,
  matrix,
  matrixOf,
  maximum,
  multiply,
  type Node,
  subtract,
  sum,
  type Variable,
  variable,
} from "../../src/autodiff/index.js";
import { agreement } from "../../src/derivation/agreement.js";
import { byTheBook } from "../../src/derivation/book.js";
import { finiteDifferences } from "../../src/derivation/differences.js";
import { reportOn } from "../../src/derivation/index.js";
import { costOf, formulaLength } from "../../src/derivation/operations.js";
import { backpropagate, numbersOf, plain } from "../support/backpropagation.js";
import { expectClose } from "../support/closeness.js";
import { choices, exercise } from "./exercises.js";

describe.each(choices)("$sizes, $activation, $cost", (choice) => {
  test("rmAD, the book and finite differences agree for several seeds", () => {
    for (const seed of [1, 2]) {
      for (const comparison of reportOn(exercise(choice, seed), { seed }).proof.comparisons) {
        expect(comparison.book).toBeLessThanOrEqual(1e-12);
        expect(comparison.differences).toBeLessThanOrEqual(1e-6);
        expect(comparison.holds).toBe(true);
      }
    }
  });

  test("the book's equations here are those that the tests have", () => {
    const task = exercise(choice, 5);
    const sample = { x: Array.from(task.input.data), y: Array.from(task.desired.data) };
    const expected = numbersOf(backpropagate(plain(task.theta), [sample], choice));
    const layers = byTheBook(task).map(({ w, b }, l) => ({
      w: matrixOf(task.theta[l]!.w.shape, w),
      b: matrixOf(task.theta[l]!.b.shape, b),
    }));
    numbersOf(plain(layers)).forEach((numbers, k) => {
      expectClose(numbers, expected[k]!, 1e-13);
    });
  });
});

test("every derivative that is compared is progress", () => {
  const told: [number, number][] = [];
  const { proof } = reportOn(exercise(choices[0]!), {
    onProgress: (done, all) => told.push([done, all]),
  });
  const all = proof.comparisons.reduce((sum, { elements }) => sum + elements, 0);
  expect(told).toEqual(Array.from({ length: all }, (_, k) => [k + 1, all]));
});

describe("finite differences", () => {
  const x = variable([2, 1], { name: "x" });
  const values = new Map<Variable, Matrix>([[x, matrix([[0.5], [-1]])]]);
  const f = sum(exp(x));
  const right = evaluate(exp(x), values);

  test("confirm a right derivative", () => {
    const { largest, elements, evaluations } = finiteDifferences(f, x, right, values, 1);
    expect(largest).toBeLessThan(1e-9);
    expect({ elements, evaluations }).toEqual({ elements: 2, evaluations: 8 });
  });

  test("compute once what does not depend on x", () => {
    let times = 0;
    const counted = definePrimitive({
      name: "counted",
      value: (_, { data }) => {
        times++;
        return Float64Array.from(data);
      },
      rule: (_, yBar) => [yBar],
    });
    const y = variable([2, 1], { name: "y" });
    const given = new Map([...values, [y, matrix([[1], [2]])] as const]);
    const product = evaluate(multiply(exp(x), y), given);
    const scaled = sum(multiply(exp(x), counted(y)));
    expect(finiteDifferences(scaled, x, product, given, 1).largest).toBeLessThan(1e-9);
    // Of the terms, too, it takes one look to know how far f may be rounded.
    expect(times).toBeLessThanOrEqual(2);
  });

  test("refute one that is wrong by a millionth and a bit", () => {
    const wrong = { ...right, data: right.data.map((each) => each * (1 + 4e-6)) };
    expect(finiteDifferences(f, x, wrong, values, 1).largest).toBeGreaterThan(1e-6);
  });

  test("see past a kink that is near", () => {
    const kinked = sum(maximum(subtract(x, 0.4999), 0));
    const slope = matrix([[1], [0]]);
    expect(finiteDifferences(kinked, x, slope, values, 1).largest).toBeLessThan(1e-6);
  });

  test("try a sample of a large matrix, which the seed decides", () => {
    const large = variable([100, 10], { name: "u" });
    const at = new Map([[large, matrixOf([100, 10], new Float64Array(1000))]]);
    const ones = matrixOf([100, 10], new Float64Array(1000).fill(1));
    const { elements, evaluations } = finiteDifferences(sum(large), large, ones, at, 1);
    expect(elements).toBeLessThan(1000);
    expect(evaluations).toBeGreaterThanOrEqual(4 * elements);
  });
});

describe("agreement", () => {
  const x = variable([1, 1], { name: "x" });
  const at = (value: number) => new Map([[x, matrix([[value]])]]);

  test("is measured by the terms, of which most may cancel", () => {
    const nearOne = at(1 - 1e-10);
    const other = subtract(multiply(3, x), subtract(multiply(4, x), 1));
    expect(agreement(subtract(1, x), other, nearOne).holds).toBe(true);
  });

  test("is not there if numbers differ, or are none", () => {
    expect(agreement(x, multiply(x, 1 + 1e-9), at(3)).holds).toBe(false);
    expect(agreement(x, x, at(Number.NaN)).holds).toBe(false);
  });
});

describe("costs", () => {
  const [w, a] = [variable([3, 2], { name: "w" }), variable([2, 1], { name: "a" })];
  const z = matmul(w, a);

  test("are counted once for each node", () => {
    const y: Node = sum(multiply(exp(z), exp(z)));
    // 3·2 products and sums, 3 powers, 3 squares, 3 summands.
    expect(costOf([y])).toEqual({ nodes: 4, operations: 12 + 3 + 3 + 3 });
  });

  test("of a formula written out count every use again", () => {
    const y = exp(z);
    expect(formulaLength(multiply(multiply(y, y), multiply(y, y)))).toBe(4 * 2 + 2 + 1);
  });
});
