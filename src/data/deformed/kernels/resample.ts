/** Images drawn anew from other places of themselves, by bilinear interpolation. */

import { number } from "../../../platform/kernels/constants";

/** Zeros around an image, so that each position within a pixel of it has four neighbours. */
const BEFORE = 1;
const AROUND = 3;

/** The places of four pixels in a row. */
const PLACES = memory.data<f32>([0, 1, 2, 3]);
const FOUR = memory.data<f32>([4]);

/** The least coordinate: of what is left of an image, or above it. */
const LEAST = memory.data<f32>([-1]);

const LOWEST_BYTE = memory.data<i32>([255]);

/** 1.5 · 2²³: between 2²³ and 2²⁴, the neighbours of a float32 are whole numbers. */
const WHOLE = memory.data<f32>([12582912]);

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

/**
 * For every position whose pixel, or one to the right or below, is in the image: the four bytes of the
 * square from there on as one word, row by row. So one load gets all neighbours of a position. Rows have
 * `stride` words, a multiple of 16; those behind the last position are not used.
 */
// @ts-ignore: decorator
@inline
function square(to: usize, stride: i32, frame: usize, rows: i32, columns: i32): void {
  const frameStride = columns + AROUND;
  for (let r = 0; r < rows + 2; r++, frame += frameStride) {
    for (let c = 0; c < stride; c += 16, to += 64) {
      const at = frame + c;
      const upper = v128.load(at), upperRight = v128.load(at, 1);
      const lower = v128.load(at + frameStride), lowerRight = v128.load(at + frameStride, 1);
      const first = zipLow(upper, upperRight), second = zipLow(lower, lowerRight);
      const third = zipHigh(upper, upperRight), fourth = zipHigh(lower, lowerRight);
      v128.store(to, i16x8.shuffle(first, second, 0, 8, 1, 9, 2, 10, 3, 11));
      v128.store(to, i16x8.shuffle(first, second, 4, 12, 5, 13, 6, 14, 7, 15), 16);
      v128.store(to, i16x8.shuffle(third, fourth, 0, 8, 1, 9, 2, 10, 3, 11), 32);
      v128.store(to, i16x8.shuffle(third, fourth, 4, 12, 5, 13, 6, 14, 7, 15), 48);
    }
  }
}

/** The first halves of two vectors of bytes, in turn. */
// @ts-ignore: decorator
@inline
function zipLow(a: v128, b: v128): v128 {
  return i8x16.shuffle(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}

/** Their second halves. */
// @ts-ignore: decorator
@inline
function zipHigh(a: v128, b: v128): v128 {
  return i8x16.shuffle(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}

/** One byte of each of four words, as a float. */
// @ts-ignore: decorator
@inline
function byte(words: v128, shift: i32): v128 {
  return f32x4.convert_i32x4_s(v128.and(i32x4.shr_u(words, shift), number(LOWEST_BYTE)));
}

/** The whole numbers nearest to floats of less than 2²²: they become the last bits of the sum. */
// @ts-ignore: decorator
@inline
function nearest(x: v128): v128 {
  return i32x4.sub(f32x4.add(x, number(WHOLE)), number(WHOLE));
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
function within(x: v128, most: v128): v128 {
  return f32x4.pmin(f32x4.pmax(x, number(LEAST)), most);
}

/**
 * positions ← for every pixel p = (x, y) the address of the square in which c + A (p − c) + (dx, dy) is,
 * and how far in it to the right, and down: three matrices, the second and third `size` bytes behind the
 * first and second.
 */
// @ts-ignore: decorator
@inline
function locate(
  positions: usize, size: usize, origin: usize, squareStride: i32, dx: usize, dy: usize, stride: i32,
  rows: i32, columns: i32, xx: f32, xy: f32, yx: f32, yy: f32,
): void {
  const centreX: f32 = <f32>(columns - 1) * 0.5;
  const centreY: f32 = <f32>(rows - 1) * 0.5;
  const first = f32x4.sub(v128.load(PLACES), f32x4.splat(centreX));
  const scaleX = f32x4.splat(xx), scaleY = f32x4.splat(yx);
  const mostX = f32x4.splat(<f32>columns), mostY = f32x4.splat(<f32>rows);
  const inRow = f32x4.splat(<f32>squareStride), start = i32x4.splat(<i32>origin);
  for (let r = 0; r < rows; r++) {
    const v: f32 = <f32>r - centreY;
    const rowX = f32x4.splat(centreX + xy * v);
    const rowY = f32x4.splat(centreY + yy * v);
    let u = first;
    for (let c = 0; c < stride; c += 4, positions += 16, dx += 16, dy += 16) {
      const x = within(f32x4.add(f32x4.add(rowX, f32x4.mul(scaleX, u)), v128.load(dx)), mostX);
      const y = within(f32x4.add(f32x4.add(rowY, f32x4.mul(scaleY, u)), v128.load(dy)), mostY);
      const left = f32x4.floor(x);
      const top = f32x4.floor(y);
      const at = nearest(f32x4.add(f32x4.mul(top, inRow), left));
      v128.store(positions, i32x4.add(i32x4.shl(at, 2), start));
      v128.store(positions + size, f32x4.sub(x, left));
      v128.store(positions + 2 * size, f32x4.sub(y, top));
      u = f32x4.add(u, number(FOUR));
    }
  }
}

/** target ← at every pixel what is between the four bytes of its square. */
// @ts-ignore: decorator
@inline
function interpolate(target: usize, positions: usize, size: usize, rows: i32, columns: i32): void {
  for (let r = 0; r < rows; r++, target += columns) {
    for (let c = 0; c < columns; c += 4, positions += 16) {
      let four = v128.load32_zero(load<i32>(positions));
      four = v128.load32_lane(load<i32>(positions, 4), four, 1);
      four = v128.load32_lane(load<i32>(positions, 8), four, 2);
      four = v128.load32_lane(load<i32>(positions, 12), four, 3);
      const fx = v128.load(positions + size);
      const upper = between(byte(four, 0), byte(four, 8), fx);
      const lower = between(byte(four, 16), byte(four, 24), fx);
      const grey = nearest(between(upper, lower, v128.load(positions + 2 * size)));
      const halves = i16x8.narrow_i32x4_s(grey, grey);
      const bytes = i32x4.extract_lane(i8x16.narrow_i16x8_u(halves, halves), 0);
      if (columns - c >= 4) store<i32>(target + c, bytes);
      else for (let k = 0; k < columns - c; k++) store<u8>(target + c + k, bytes >> (8 * k));
    }
  }
}

/**
 * target(x, y) ← image(c + A (p − c) + (dx, dy)) for every pixel p = (x, y), c being the centre of the
 * image and A = ((xx, xy), (yx, yy)). The displacements are two matrices of `rows` rows of `stride`
 * floats, a multiple of 4; `positions` has room for three. `frame` holds (rows + 3) × (columns + 3)
 * bytes, its margin 0, and `squares` rows + 2 rows of `squareStride` words, the first multiple of 16
 * from columns + 2 on.
 *
 * All positions are found before the first is used: a processor does not look far enough ahead to begin
 * with the next while one is still on its way from its coordinates to its bytes.
 */
export function resample(
  target: usize, image: usize, frame: usize, squares: usize, squareStride: i32, positions: usize,
  dx: usize, dy: usize, stride: i32, rows: i32, columns: i32, xx: f32, xy: f32, yx: f32, yy: f32,
): void {
  const size = <usize>(rows * stride) << 2;
  const origin = squares + (<usize>(BEFORE * squareStride + BEFORE) << 2);
  place(frame, image, rows, columns);
  square(squares, squareStride, frame, rows, columns);
  locate(positions, size, origin, squareStride, dx, dy, stride, rows, columns, xx, xy, yx, yy);
  interpolate(target, positions, size, rows, columns);
}
