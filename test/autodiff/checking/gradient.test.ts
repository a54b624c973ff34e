import { describe, expect, test } from "vitest";
import {
  checkGradient,
  matrix,
  multiply,
  type Node,
  primitives,
} from "../../../src/autodiff/index.js";
import { apply } from "../../../src/autodiff/node.js";

describe("checkGradient", () => {
  test("evaluates f twice for each element of each argument", () => {
    const f = (x1: Node, x2: Node) => multiply(x1, x2);
    expect(checkGradient(f, [matrix([[1, 2, 3]]), 4]).evaluations).toBe(8);
  });

  test("gives the largest difference, as a part of 1 and the difference quotient", () => {
    // Each x̄ is −c for a coefficient c of L, which begin with ½ and 1.118…; this rule gives −3c/2.
    const rule = (_: Node, yBar: Node) => [multiply(-1.5, yBar)];
    const wrong = (x: Node) => apply("wrong", { ...primitives.negate, rule }, [x]);
    const largest = (...row: number[]) =>
      checkGradient(wrong, [matrix([row])], { tolerance: 1 }).largestDifference;
    const c = (Math.sqrt(5) + 1) / 2 - 0.5;
    expect(largest(7)).toBeCloseTo(0.25 / (1 + 0.5), 6);
    expect(largest(7, 7)).toBeCloseTo((0.5 * c) / (1 + c), 6);
  });
});
