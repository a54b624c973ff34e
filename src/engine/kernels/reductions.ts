/**
 * Sums and maxima of an m×n matrix, always in the same order.
 *
 * Rows are reduced in vectors of four, then the four lanes in pairs; columns from left to right.
 * The padding below row m never takes part.
 */
import { storePair } from "./operands";

@final @unmanaged
class Sum {
  @inline get identity(): f32 { return 0; }
  @inline of(x1: v128, x2: v128): v128 { return f32x4.add(x1, x2); }
}

/** NaN if any element is NaN. */
@final @unmanaged
class Max {
  @inline get identity(): f32 { return -Infinity; }
  @inline of(x1: v128, x2: v128): v128 { return f32x4.max(x1, x2); }
}

/** The lanes of a vector reduced to one float: (0 with 2) with (1 with 3). */
// @ts-ignore: decorator
@inline
function lanes<F>(x: v128): f32 {
  const f = changetype<F>(0);
  const pairs = f.of(x, v128.shuffle<f32>(x, x, 2, 3, 0, 1));
  return f32x4.extract_lane(f.of(pairs, v128.shuffle<f32>(pairs, pairs, 1, 0, 3, 2)), 0);
}

/** One column of `rows` floats reduced to one vector; four accumulators hide the latency. */
// @ts-ignore: decorator
@inline
function column<F>(x: usize, rows: i32): v128 {
  const f = changetype<F>(0);
  const identity = f32x4.splat(f.identity);
  let r0 = identity, r1 = identity, r2 = identity, r3 = identity;
  let left = rows;
  for (; left >= 16; left -= 16, x += 64) {
    r0 = f.of(r0, v128.load(x));
    r1 = f.of(r1, v128.load(x, 16));
    r2 = f.of(r2, v128.load(x, 32));
    r3 = f.of(r3, v128.load(x, 48));
  }
  for (; left >= 4; left -= 4, x += 16) r0 = f.of(r0, v128.load(x));
  if (left > 0) {
    const valid = i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(left));
    r1 = f.of(r1, v128.bitselect(v128.load(x), identity, valid));
  }
  return f.of(f.of(r0, r1), f.of(r2, r3));
}

// @ts-ignore: decorator
@inline
function overRows<F>(out: usize, x: usize, stride: i32, m: i32, n: i32): void {
  for (let c = 0; c < n; c++) {
    store<f32>(out, lanes<F>(column<F>(x, m)));
    out += 16;
    x += <usize>stride << 2;
  }
}

// @ts-ignore: decorator
@inline
function overColumns<F>(out: usize, x: usize, stride: i32, m: i32, n: i32): void {
  const f = changetype<F>(0);
  const identity = f32x4.splat(f.identity);
  const step = <usize>stride << 2;
  let row = 0;
  for (; row + 16 <= m; row += 16, x += 64, out += 64) {
    let r0 = identity, r1 = identity, r2 = identity, r3 = identity;
    let p = x;
    for (let c = 0; c < n; c++, p += step) {
      r0 = f.of(r0, v128.load(p));
      r1 = f.of(r1, v128.load(p, 16));
      r2 = f.of(r2, v128.load(p, 32));
      r3 = f.of(r3, v128.load(p, 48));
    }
    storePair(out, r0, r1);
    storePair(out + 32, r2, r3);
  }
  for (; row < m; row += 4, x += 16, out += 16) {
    let r = identity;
    let p = x;
    for (let c = 0; c < n; c++, p += step) r = f.of(r, v128.load(p));
    v128.store(out, r);
  }
}

/** Reduces each column, then the results from left to right. */
// @ts-ignore: decorator
@inline
function overAll<F>(out: usize, x: usize, stride: i32, m: i32, n: i32): void {
  const f = changetype<F>(0);
  let r = f32x4.splat(f.identity);
  for (let c = 0; c < n; c++, x += <usize>stride << 2) {
    r = f.of(r, column<F>(x, m));
  }
  store<f32>(out, lanes<F>(r));
}

/** Sums over the rows, 1×n: element c at byte 16c of `out`. */
export function sumRows(out: usize, x: usize, stride: i32, m: i32, n: i32): void {
  overRows<Sum>(out, x, stride, m, n);
}

/** Sums over the columns, m×1. */
export function sumColumns(out: usize, x: usize, stride: i32, m: i32, n: i32): void {
  overColumns<Sum>(out, x, stride, m, n);
}

/** Sum of all elements, one float. */
export function sumAll(out: usize, x: usize, stride: i32, m: i32, n: i32): void {
  overAll<Sum>(out, x, stride, m, n);
}

/** Maxima over the rows, 1×n: element c at byte 16c of `out`. */
export function maxRows(out: usize, x: usize, stride: i32, m: i32, n: i32): void {
  overRows<Max>(out, x, stride, m, n);
}

/** Maxima over the columns, m×1. */
export function maxColumns(out: usize, x: usize, stride: i32, m: i32, n: i32): void {
  overColumns<Max>(out, x, stride, m, n);
}

/** Maximum of all elements, one float. */
export function maxAll(out: usize, x: usize, stride: i32, m: i32, n: i32): void {
  overAll<Max>(out, x, stride, m, n);
}
