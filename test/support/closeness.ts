/** Comparisons of lists of numbers, with bounds that say what they are relative to. */
import { expect } from "vitest";

/** Each number within `bound` of its expected value, in parts of the largest of those expected. */
export function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  bound: number,
): void {
  expect(actual.length).toBe(expected.length);
  const largest = Math.max(...Array.from(expected, Math.abs), Number.MIN_VALUE);
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(actual[i]! - expected[i]!) / largest;
    // Written so that NaN fails.
    if (!(difference <= bound)) {
      expect.fail(`element ${i} is ${actual[i]}, expected ${expected[i]} within ${bound}`);
    }
  }
}

export function expectFinite(numbers: ArrayLike<number>): void {
  expect(Array.from(numbers).filter((number) => !Number.isFinite(number))).toEqual([]);
}
