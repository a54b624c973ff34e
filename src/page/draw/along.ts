/** A small step along x̄, by which one sees how far the tangent holds. */
import type { Network } from "../network.js";

export interface Step {
  /** Whose x̄ it is along: no other says whether the tangent was right. */
  readonly network: Network;
  /** Whose output it is to raise. */
  readonly k: number;
  /** That output before it. */
  readonly before: number;
  /** How much the tangent says that it grows: the sum of x̄ times the change, over all pixels. */
  readonly expected: number;
}

/** By how many of the 255 grey levels the pixel with the largest x̄ changes. */
const LARGEST = 16;

/**
 * The pixels a step further in the direction of the gradient, as whole grey levels from paper to full ink,
 * and how much the tangent says that the output grows by it.
 */
export function along(
  pixels: Uint8Array,
  gradient: ArrayLike<number>,
): { readonly pixels: Uint8Array; readonly expected: number } {
  let largest = 0;
  for (let i = 0; i < pixels.length; i++) largest = Math.max(largest, Math.abs(gradient[i]!));
  let expected = 0;
  const moved = pixels.map((pixel, i) => {
    const step = largest === 0 ? 0 : Math.round((LARGEST * gradient[i]!) / largest);
    const next = Math.min(255, Math.max(0, pixel + step));
    expected += gradient[i]! * (next - pixel);
    return next;
  });
  return { pixels: moved, expected };
}
