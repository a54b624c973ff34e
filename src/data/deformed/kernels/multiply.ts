/** Products of small dense matrices that are stored row by row. */

/**
 * `vectors`×4 columns of all rows. The loads go from the last vector to the first, the order in which
 * TurboFan emits the sums.
 */
// @ts-ignore: decorator
@inline
function panel(
  vectors: i32, c: usize, a: usize, b: usize, rows: i32, inner: i32, step: usize, aStep: usize,
): void {
  for (let r = 0; r < rows; r++, c += step, a += aStep) {
    let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
    let from = b;
    const end = a + (<usize>inner << 2);
    for (let element = a; element < end; element += 4, from += step) {
      const x = v128.load32_splat(element);
      if (vectors > 7) s7 = f32x4.add(s7, f32x4.mul(v128.load(from, 112), x));
      if (vectors > 6) s6 = f32x4.add(s6, f32x4.mul(v128.load(from, 96), x));
      if (vectors > 5) s5 = f32x4.add(s5, f32x4.mul(v128.load(from, 80), x));
      if (vectors > 4) s4 = f32x4.add(s4, f32x4.mul(v128.load(from, 64), x));
      if (vectors > 3) s3 = f32x4.add(s3, f32x4.mul(v128.load(from, 48), x));
      if (vectors > 2) s2 = f32x4.add(s2, f32x4.mul(v128.load(from, 32), x));
      if (vectors > 1) s1 = f32x4.add(s1, f32x4.mul(v128.load(from, 16), x));
      s0 = f32x4.add(s0, f32x4.mul(v128.load(from), x));
    }
    if (vectors > 7) v128.store(c, s7, 112);
    if (vectors > 6) v128.store(c, s6, 96);
    if (vectors > 5) v128.store(c, s5, 80);
    if (vectors > 4) v128.store(c, s4, 64);
    if (vectors > 3) v128.store(c, s3, 48);
    if (vectors > 2) v128.store(c, s2, 32);
    if (vectors > 1) v128.store(c, s1, 16);
    v128.store(c, s0);
  }
}

/**
 * C ← AB for A of rows × inner and B of inner × columns, the sums from the first term to the last. Rows
 * of A follow each other at `aStride` floats, those of B and C at `stride`, a multiple of 4.
 */
export function multiply(
  c: usize, a: usize, b: usize, rows: i32, inner: i32, aStride: i32, stride: i32,
): void {
  const step = <usize>stride << 2;
  const aStep = <usize>aStride << 2;
  let left = stride >> 2;
  let to = c;
  let from = b;
  while (left > 0) {
    const vectors = min(left, 8);
    if (vectors == 8) panel(8, to, a, from, rows, inner, step, aStep);
    else if (vectors == 7) panel(7, to, a, from, rows, inner, step, aStep);
    else if (vectors == 6) panel(6, to, a, from, rows, inner, step, aStep);
    else if (vectors == 5) panel(5, to, a, from, rows, inner, step, aStep);
    else if (vectors == 4) panel(4, to, a, from, rows, inner, step, aStep);
    else if (vectors == 3) panel(3, to, a, from, rows, inner, step, aStep);
    else if (vectors == 2) panel(2, to, a, from, rows, inner, step, aStep);
    else panel(1, to, a, from, rows, inner, step, aStep);
    to += <usize>vectors << 4;
    from += <usize>vectors << 4;
    left -= vectors;
  }
}
