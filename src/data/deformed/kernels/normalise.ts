/** Fields of displacements, made as long as they should be. */

/**
 * x ← x norm/‖x‖ for `count` floats, a multiple of 4, ‖x‖ being their Euclidean norm; zeros stay. The
 * squares are added up in four sums, every fourth of them in one.
 */
export function normalise(x: usize, count: i32, norm: f32): void {
  const end = x + (<usize>count << 2);
  let sums = f32x4.splat(0);
  for (let at = x; at < end; at += 16) {
    const four = v128.load(at);
    sums = f32x4.add(sums, f32x4.mul(four, four));
  }
  const even = f32x4.extract_lane(sums, 0) + f32x4.extract_lane(sums, 2);
  const odd = f32x4.extract_lane(sums, 1) + f32x4.extract_lane(sums, 3);
  const square = even + odd;
  if (square == 0) return;
  const factor = f32x4.splat(norm / Mathf.sqrt(square));
  for (let at = x; at < end; at += 16) v128.store(at, f32x4.mul(v128.load(at), factor));
}
