/** What operations would repeat to fit, and costs and dropout must not. */
import { expect, test } from "vitest";
import { ShapeError, variable } from "../../src/autodiff/index.js";
import { costs, dropout } from "../../src/nn/index.js";

const [z, row, column] = [
  [2, 3],
  [1, 3],
  [2, 1],
].map((shape) => variable(shape as [number, number], { name: "x" })) as [
  ReturnType<typeof variable>,
  ReturnType<typeof variable>,
  ReturnType<typeof variable>,
];

test.each(Object.keys(costs) as (keyof typeof costs)[])(
  "the cost %s takes desired outputs of the shape of z, and of no other",
  (name) => {
    const { cost } = costs[name];
    expect(cost(z, z).shape).toEqual([1, 1]);
    for (const y of [row, column]) {
      expect(() => cost(z, y)).toThrow(ShapeError);
      expect(() => cost(z, y)).toThrow(/^cost: y should be 2×3 like z, not [12]×[13]$/);
    }
    expect(() => cost(row, column)).toThrow("cost: y should be 1×3 like z, not 2×1");
  },
);

test("dropout takes noise of the shape of the activations", () => {
  expect(dropout(z, z, 0.5).shape).toEqual([2, 3]);
  expect(() => dropout(z, column, 0.5)).toThrow("dropout: noise should be 2×3 like a, not 2×1");
});
