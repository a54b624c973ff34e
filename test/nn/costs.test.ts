import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  checkGradient,
  constant,
  evaluate,
  grad,
  type Matrix,
  type Node,
  variable,
} from "../../src/autodiff/index.js";
import { type CostName, costs } from "../../src/nn/index.js";
import { plainCosts, toMatrix, toRows } from "../support/backpropagation.js";
import { expectClose, expectFinite } from "../support/closeness.js";

const names = Object.keys(costs) as CostName[];
const number = (node: Node) => evaluate(node).data[0] as number;

/** The weighted inputs and desired outputs of a batch, one sample after the other. */
interface Batch {
  readonly zs: number[][];
  readonly ys: number[][];
}

/** Desired outputs of n neurons: parts of 1 that add up to 1 for softmax, anything from 0 to 1 else. */
function desired(name: CostName, n: number): fc.Arbitrary<number[]> {
  const parts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
    minLength: n,
    maxLength: n,
  });
  const oneHot = fc.nat(n - 1).map((k) => Array.from({ length: n }, (_, i) => (i === k ? 1 : 0)));
  if (name !== "softmax") return fc.oneof(parts, oneHot);
  const distributions = parts.map((y) => {
    const sum = y.reduce((sum, part) => sum + 1 + part, 0);
    return y.map((part) => (1 + part) / sum);
  });
  return fc.oneof(distributions, oneHot);
}

function batches(name: CostName, z: fc.Arbitrary<number>): fc.Arbitrary<Batch> {
  return fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 4 })).chain(([n, B]) =>
    fc.record({
      zs: fc.array(fc.array(z, { minLength: n, maxLength: n }), { minLength: B, maxLength: B }),
      ys: fc.array(desired(name, n), { minLength: B, maxLength: B }),
    }),
  );
}

const moderate = fc.double({ min: -6, max: 6, noNaN: true });
const extreme = fc.oneof(
  fc.double({ min: -1e4, max: 1e4, noNaN: true }),
  fc.constantFrom(-1e4, -745.2, -710, -709.8, -372.5, -89, 0, 37, 89, 709.8, 710, 1e4),
);

/** A matrix with one sample in each column. */
const inColumns = (samples: number[][]): Matrix =>
  toMatrix(samples[0]!.map((_, r) => samples.map((sample) => sample[r]!)));

/** The gradient of the cost by z^L, sample after sample. */
function delta(name: CostName, { zs, ys }: Batch): number[] {
  const z = variable([zs[0]!.length, zs.length]);
  const bar = grad((z: Node) => costs[name].cost(z, constant(inColumns(ys))))(z);
  return [...evaluate(bar, new Map([[z, inColumns(zs)]])).data];
}

describe.each(names)("the cost %s", (name) => {
  const { cost, output } = costs[name];
  const expected = plainCosts[name];

  test("is the mean over the batch of the textbook's formula, within 1e-13", () => {
    fc.assert(
      fc.property(batches(name, moderate), ({ zs, ys }) => {
        const each = zs.map((z, i) => expected.cost(z, ys[i]!));
        const mean = each.reduce((sum, cost) => sum + cost) / each.length;
        const actual = number(cost(constant(inColumns(zs)), constant(inColumns(ys))));
        expect(Math.abs(actual - mean)).toBeLessThan(1e-13 * (1 + mean));
      }),
    );
  });

  test("has the textbook's outputs a, within 1e-14", () => {
    fc.assert(
      fc.property(batches(name, moderate), ({ zs }) => {
        const actual = evaluate(output(constant(inColumns(zs))));
        expectClose(actual.data, zs.flatMap(expected.output), 1e-14);
      }),
    );
  });

  test("has the gradient that finite differences give", () => {
    fc.assert(
      fc.property(batches(name, moderate), ({ zs, ys }) => {
        const ofZ = (z: Node) => cost(z, constant(inColumns(ys)));
        checkGradient(ofZ, [inColumns(zs)]);
      }),
    );
  });

  test("has BP1's δ divided by the batch size as its gradient, within 1e-14", () => {
    fc.assert(
      fc.property(batches(name, moderate), (batch) => {
        const { zs, ys } = batch;
        const bp1 = zs.flatMap((z, i) => expected.delta(z, ys[i]!).map((d) => d / zs.length));
        const actual = delta(name, batch);
        for (const [i, d] of bp1.entries()) expect(Math.abs(actual[i]! - d)).toBeLessThan(1e-14);
      }),
    );
  });

  test("is finite and not negative, with finite outputs and gradients, for |z| up to 1e4", () => {
    fc.assert(
      fc.property(batches(name, extreme), (batch) => {
        const [z, y] = [constant(inColumns(batch.zs)), constant(inColumns(batch.ys))];
        const value = number(cost(z, y));
        expectFinite([value]);
        expect(value).toBeGreaterThanOrEqual(-1e-9);
        expectFinite(evaluate(output(z)).data);
        expectFinite(delta(name, batch));
      }),
    );
  });
});

describe("the costs of outputs that are as wrong, or as right, as can be", () => {
  const at = (name: CostName, z: number[], y: number[]) =>
    number(costs[name].cost(constant(inColumns([z])), constant(inColumns([y]))));

  test.each([
    { name: "quadratic", z: [1e4, -1e4], y: [0, 1], expected: 1 },
    { name: "quadratic", z: [1e4, -1e4], y: [1, 0], expected: 0 },
    { name: "cross-entropy", z: [1e4, -1e4], y: [0, 1], expected: 2e4 },
    { name: "cross-entropy", z: [1e4, -1e4], y: [1, 0], expected: 0 },
    { name: "softmax", z: [1e4, -1e4], y: [0, 1], expected: 2e4 },
    { name: "softmax", z: [1e4, -1e4], y: [1, 0], expected: 0 },
  ] as const)("$name for z = $z, y = $y: $expected", ({ name, z, y, expected }) => {
    expect(at(name, [...z], [...y])).toBe(expected);
  });

  test("a cross-entropy's gradient does not vanish where the output is saturated and wrong", () => {
    expect(delta("cross-entropy", { zs: [[1e4, -1e4]], ys: [[0, 1]] })).toEqual([1, -1]);
    expect(delta("softmax", { zs: [[1e4, -1e4]], ys: [[0, 1]] })).toEqual([1, -1]);
    expect(delta("quadratic", { zs: [[1e4, -1e4]], ys: [[0, 1]] }).map(Math.abs)).toEqual([0, 0]);
  });
});

test("toRows undoes toMatrix, so that the comparisons compare what they say", () => {
  const rows = [
    [1, 2, 3],
    [4, 5, 6],
  ];
  expect([...toMatrix(rows).data]).toEqual([1, 4, 2, 5, 3, 6]);
  expect(toRows(toMatrix(rows))).toEqual(rows);
});
