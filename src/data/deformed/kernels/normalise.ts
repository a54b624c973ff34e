/** Fields of displacements, made as long as they should be. */

/** s + Σ x², every fourth square in one of four sums. */
// @ts-ignore: decorator
@inline
function addSquares(s: v128, x: usize, count: i32): v128 {
  const end = x + (<usize>count << 2);
  for (; x < end; x += 16) {
    const four = v128.load(x);
    s = f32x4.add(s, f32x4.mul(four, four));
  }
  return s;
}

// @ts-ignore: decorator
@inline
function scale(x: usize, count: i32, factor: v128): void {
  const end = x + (<usize>count << 2);
  for (; x < end; x += 16) v128.store(x, f32x4.mul(v128.load(x), factor));
}

/**
 * (x, y) ← (x, y) norm/‖(x, y)‖ for two fields of `count` floats, a multiple of 4, and the Euclidean norm of
 * both together; zeros stay.
 */
export function normalise(x: usize, y: usize, count: i32, norm: f32): void {
  const sums = addSquares(addSquares(f32x4.splat(0), x, count), y, count);
  const even = f32x4.extract_lane(sums, 0) + f32x4.extract_lane(sums, 2);
  const odd = f32x4.extract_lane(sums, 1) + f32x4.extract_lane(sums, 3);
  const square = even + odd;
  if (square == 0) return;
  const factor = f32x4.splat(norm / Mathf.sqrt(square));
  scale(x, count, factor);
  scale(y, count, factor);
}
