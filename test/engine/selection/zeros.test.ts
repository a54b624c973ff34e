/** From which nodes many zeros are to be expected. */
import { describe, expect, test } from "vitest";
import {
  add,
  broadcast,
  columns,
  constant,
  divide,
  exp,
  greater,
  maximum,
  multiply,
  type Node,
  negate,
  variable,
} from "../../../src/autodiff/index.js";
import { byteBatch, hasZerosOfBatch, mayHoldZeros } from "../../../src/engine/selection/zeros.js";

const x = variable([4, 3]);
const index = variable([1, 3]);
const images = variable([4, 9], { storage: "byte" });

describe("many zeros are to be expected", () => {
  test.each<[string, Node]>([
    ["of a rectified matrix", maximum(x, 0)],
    ["of one rectified from below", maximum(broadcast(constant(0), x.shape), x)],
    ["of a comparison", greater(x, 1)],
    ["of a batch of images", columns(images, index)],
    ["of a batch that is scaled", divide(columns(images, index), 255)],
    ["of what is masked", multiply(x, multiply(2, greater(x, 0.5)))],
    ["of what is masked on the left", negate(multiply(greater(x, 0.5), exp(x)))],
  ])("%s", (_, node) => {
    expect(mayHoldZeros(node)).toBe(true);
  });
});

describe("no zeros are to be expected", () => {
  test.each<[string, Node]>([
    ["of a variable", x],
    ["of the larger of two numbers", maximum(x, 1)],
    ["of columns of floats", columns(x, index)],
    ["of a sum", add(maximum(x, 0), 1)],
    ["of what is divided by it", divide(x, maximum(x, 0))],
    ["of its exponential", exp(maximum(x, 0))],
  ])("%s", (_, node) => {
    expect(mayHoldZeros(node)).toBe(false);
  });

  test("at the end of ten thousand products that share their factors", () => {
    let product: Node = x;
    for (let k = 0; k < 10_000; k++) product = multiply(product, product);
    expect(mayHoldZeros(product)).toBe(false);
  });
});

test("a node has the zeros of a batch if it is one, scaled or masked, and not for what else it may hold", () => {
  const batch = columns(images, index);
  const mask = greater(x, 0.5);
  for (const node of [batch, divide(batch, 255), multiply(mask, negate(batch))]) {
    expect(hasZerosOfBatch(node)).toBe(true);
  }
  for (const node of [mask, multiply(x, mask), maximum(x, 0), add(batch, 1), greater(batch, 1)]) {
    expect(hasZerosOfBatch(node)).toBe(false);
  }
});

test("images of more pixels than two bytes can number are no batch", () => {
  const batchOf = (pixels: number) =>
    byteBatch(columns(variable([pixels, 9], { storage: "byte" }), index));
  expect(batchOf(65_536)).toBeDefined();
  expect(batchOf(65_537)).toBeUndefined();
});
