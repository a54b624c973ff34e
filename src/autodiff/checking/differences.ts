/**
 * Central finite differences
 *
 *     ∂f/∂x ≈ (f(x + h) − f(x − h)) / 2h,
 *
 * whose error is of the order h² from the third derivative and ε/h from rounding. Where f varies on the
 * scale s, h ≈ ∛ε s balances the two, and leaves about ten correct digits. That scale is not known: near
 * 0 it may be that of x, as for log x, or 1, as for 1 + x; and it is smaller where the domain of f ends near x. So a
 * derivative is compared with the quotients for several steps, from the largest on.
 */
import type { Matrix } from "../matrix.js";

/** A difference quotient of L = Σ c ⊙ f. */
export interface Quotient {
  readonly slope: number;
  /** The error in the slope that rounding of f may make. */
  readonly rounding: number;
  /** Σ |c ⊙ f| */
  readonly size: number;
}

/** From the values of f at x + h and x − h, which are `step` = 2h apart. */
export function quotient(
  cs: readonly Matrix[],
  above: readonly Matrix[],
  below: readonly Matrix[],
  step: number,
): Quotient {
  let [rise, changing, size] = [0, 0, 0];
  cs.forEach(({ data }, k) => {
    data.forEach((c, i) => {
      const [high, low] = [above[k]!.data[i]!, below[k]!.data[i]!];
      // Element by element: the change of a small one would be lost in the sum with a large one.
      rise += c * (high - low);
      size += Math.abs(c * high);
      if (high !== low) changing += Math.abs(c * high);
    });
  });
  return { slope: rise / step, rounding: (Number.EPSILON * changing) / step, size };
}

/** How many times smaller than the scales of x and of 1 the scale on which f varies may be. */
const FINEST = 1e-6;

export interface Comparison {
  readonly slope: number;
  /** |derivative − slope| / (|slope| + s), with s = (1 + size) / 100 max(1, |x|), at most 1. */
  readonly difference: number;
}

/**
 * Compares a derivative at x with difference quotients, until one comes within the tolerance, or until
 * rounding hides as much: the closest of them.
 */
export function compare(
  derivative: number,
  x: number,
  quotientFor: (h: number) => Quotient,
  tolerance: number,
): Comparison {
  const largest = Math.max(1, Math.abs(x));
  const smallest = FINEST * Math.min(1, Math.abs(x) || 1);
  let closest: Comparison = { slope: Number.NaN, difference: Number.POSITIVE_INFINITY };
  for (let scale = largest; scale >= smallest; scale /= 10) {
    const { slope, rounding, size } = quotientFor(Math.cbrt(Number.EPSILON) * scale);
    const unit = Math.abs(slope) + Math.min(1, (1 + size) / (100 * largest));
    if (scale < largest && rounding > tolerance * unit) break;
    const difference = Math.abs(derivative - slope) / unit;
    // False for a quotient that is not a number, as where x − h has no logarithm.
    if (difference < closest.difference) closest = { slope, difference };
    if (difference <= tolerance) break;
  }
  return closest;
}
