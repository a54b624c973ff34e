/** Images drawn anew from other places of themselves, by bilinear interpolation. */

/** Zeros around an image, so that each position within a pixel of it has four neighbours. */
const BEFORE = 1;
const AROUND = 3;

/** Copies an image into the middle of a frame whose margin is zero. */
// @ts-ignore: decorator
@inline
function place(frame: usize, image: usize, rows: i32, columns: i32): void {
  const stride = columns + AROUND;
  let to = frame + stride * BEFORE + BEFORE;
  for (let r = 0; r < rows; r++, to += stride, image += columns) {
    let c = 0;
    for (; c + 8 <= columns; c += 8) store<u64>(to + c, load<u64>(image + c));
    for (; c < columns; c++) store<u8>(to + c, load<u8>(image + c));
  }
}

/** The four bytes around one position, from the upper left on, row by row. */
// @ts-ignore: decorator
@inline
function neighbours(at: usize, stride: usize): i32 {
  return <i32>load<u16>(at) | (<i32>load<u16>(at + stride) << 16);
}

/** One byte of each of four words, as a float. */
// @ts-ignore: decorator
@inline
function byte(words: v128, shift: i32): v128 {
  return f32x4.convert_i32x4_s(v128.and(i32x4.shr_u(words, shift), i32x4.splat(255)));
}

/** The whole numbers nearest to floats of less than 2²²: they become the last bits of the sum. */
// @ts-ignore: decorator
@inline
function nearest(x: v128): v128 {
  const large = f32x4.splat(12582912); // 2²³ + 2²²
  return i32x4.sub(f32x4.add(x, large), large);
}

/** s + (t − s) f */
// @ts-ignore: decorator
@inline
function between(s: v128, t: v128, f: v128): v128 {
  return f32x4.add(s, f32x4.mul(f32x4.sub(t, s), f));
}

/** x held between −1 and `most`, where the frame is zero. */
// @ts-ignore: decorator
@inline
function within(x: v128, most: f32): v128 {
  return f32x4.pmin(f32x4.pmax(x, f32x4.splat(-1)), f32x4.splat(most));
}

/**
 * target(x, y) ← image(c + A (p − c) + (dx, dy)) for every pixel p = (x, y), c being the centre of the
 * image and A = ((xx, xy), (yx, yy)). The displacements are two matrices of `rows` rows of `stride`
 * floats, a multiple of 4. `frame` holds (rows + 3) × (columns + 3) bytes, its margin 0.
 */
export function resample(
  target: usize, image: usize, frame: usize, dx: usize, dy: usize, stride: i32,
  rows: i32, columns: i32, xx: f32, xy: f32, yx: f32, yy: f32,
): void {
  place(frame, image, rows, columns);
  const frameStride = columns + AROUND;
  const origin = frame + frameStride * BEFORE + BEFORE;
  const centreX: f32 = <f32>(columns - 1) * 0.5;
  const centreY: f32 = <f32>(rows - 1) * 0.5;
  for (let r = 0; r < rows; r++) {
    const v: f32 = <f32>r - centreY;
    const rowX = f32x4.splat(centreX + xy * v);
    const rowY = f32x4.splat(centreY + yy * v);
    let u = f32x4.sub(f32x4(0, 1, 2, 3), f32x4.splat(centreX));
    for (let c = 0; c < columns; c += 4) {
      const offset = <usize>c << 2;
      const x = within(f32x4.add(f32x4.add(rowX, f32x4.mul(f32x4.splat(xx), u)), v128.load(dx + offset)), <f32>columns);
      const y = within(f32x4.add(f32x4.add(rowY, f32x4.mul(f32x4.splat(yx), u)), v128.load(dy + offset)), <f32>rows);
      const left = f32x4.floor(x);
      const top = f32x4.floor(y);
      const at = nearest(f32x4.add(f32x4.mul(top, f32x4.splat(<f32>frameStride)), left));
      const four = i32x4(
        neighbours(origin + i32x4.extract_lane(at, 0), frameStride),
        neighbours(origin + i32x4.extract_lane(at, 1), frameStride),
        neighbours(origin + i32x4.extract_lane(at, 2), frameStride),
        neighbours(origin + i32x4.extract_lane(at, 3), frameStride),
      );
      const fx = f32x4.sub(x, left);
      const upper = between(byte(four, 0), byte(four, 8), fx);
      const lower = between(byte(four, 16), byte(four, 24), fx);
      const value = between(upper, lower, f32x4.sub(y, top));
      const grey = nearest(value);
      const halves = i16x8.narrow_i32x4_s(grey, grey);
      const bytes = i32x4.extract_lane(i8x16.narrow_i16x8_u(halves, halves), 0);
      if (columns - c >= 4) store<i32>(target + c, bytes);
      else for (let k = 0; k < columns - c; k++) store<u8>(target + c + k, bytes >> (8 * k));
      u = f32x4.add(u, f32x4.splat(4));
    }
    target += columns;
    dx += <usize>stride << 2;
    dy += <usize>stride << 2;
  }
}
