/** Transposes in blocks of 4×4, which are four loads, eight shuffles and four stores. */

/** Row r of four columns x₀…x₃ as one vector, for r = 0…3, stored `step` bytes apart from `out`. */
// @ts-ignore: decorator
@inline
export function store4x4(out: usize, step: usize, x0: v128, x1: v128, x2: v128, x3: v128): void {
  const low01 = v128.shuffle<f32>(x0, x1, 0, 4, 1, 5);
  const low23 = v128.shuffle<f32>(x2, x3, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(x0, x1, 2, 6, 3, 7);
  const high23 = v128.shuffle<f32>(x2, x3, 2, 6, 3, 7);
  v128.store(out, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
  v128.store(out + step, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7));
  v128.store(out + 2 * step, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5));
  v128.store(out + 3 * step, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7));
}

/**
 * out(n×m) ← xᵀ for x(m×n). To split the work, give ranges of the columns of
 * `out`, that is of the rows of x, that start at multiples of 4.
 */
export function transpose(
  out: usize, outStride: i32, x: usize, stride: i32, m: i32, n: i32,
): void {
  const outStep = <usize>outStride << 2;
  const step = <usize>stride << 2;
  for (let i = 0; i < m; i += 4) {
    const whole = m - i >= 4;
    for (let j = 0; j < n; j += 4) {
      const p = x + (<usize>i << 2) + <usize>j * step;
      const q = out + (<usize>j << 2) + <usize>i * outStep;
      // Columns beyond n are not there to be read: repeat the last one into the padding.
      const last = n - 1 - j;
      const x0 = v128.load(p);
      const x1 = v128.load(p + <usize>min(1, last) * step);
      const x2 = v128.load(p + <usize>min(2, last) * step);
      const x3 = v128.load(p + <usize>min(3, last) * step);
      if (whole) {
        store4x4(q, outStep, x0, x1, x2, x3);
      } else {
        for (let r = 0; r < m - i; r++) {
          const from = p + (<usize>r << 2);
          const to = q + <usize>r * outStep;
          for (let c = 0; c <= min(3, last); c++) {
            store<f32>(to + (<usize>c << 2), load<f32>(from + <usize>c * step));
          }
        }
      }
    }
  }
}
