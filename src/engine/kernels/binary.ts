/**
 * Elementwise kernels of two operands.
 *
 * out[:, c] ← f(x₁[:, c], x₂[:, c]). Stride 0 gives every column the same operand column, and a splat
 * operand is one float per column repeated down the rows. Broadcasts therefore need no memory of their own.
 */
import { number } from "../../platform/kernels/constants";
import { ONE } from "./elementary";
import { operand, storePair } from "./operands";

@final @unmanaged
class Add {
  @inline of(x1: v128, x2: v128): v128 { return f32x4.add(x1, x2); }
}

@final @unmanaged
class Subtract {
  @inline of(x1: v128, x2: v128): v128 { return f32x4.sub(x1, x2); }
}

@final @unmanaged
class Multiply {
  @inline of(x1: v128, x2: v128): v128 { return f32x4.mul(x1, x2); }
}

@final @unmanaged
class Divide {
  @inline of(x1: v128, x2: v128): v128 { return f32x4.div(x1, x2); }
}

/** NaN if either operand is NaN. */
@final @unmanaged
class Maximum {
  @inline of(x1: v128, x2: v128): v128 { return f32x4.max(x1, x2); }
}

/** 1 where x₁ > x₂, else 0 (also where either is NaN). */
@final @unmanaged
class Greater {
  @inline of(x1: v128, x2: v128): v128 { return v128.and(f32x4.gt(x1, x2), number(ONE)); }
}

/** Two vectors at a time, both loaded before either is stored, so that V8 can merge them. */
// @ts-ignore: decorator
@inline
function column<F>(out: usize, x1: usize, splat1: bool, x2: usize, splat2: bool, rows: i32): void {
  const f = changetype<F>(0);
  const s1 = operand(x1, splat1);
  const s2 = operand(x2, splat2);
  let left = rows;
  for (; left > 4; left -= 8, out += 32) {
    const y0 = f.of(splat1 ? s1 : v128.load(x1), splat2 ? s2 : v128.load(x2));
    const y1 = f.of(splat1 ? s1 : v128.load(x1, 16), splat2 ? s2 : v128.load(x2, 16));
    storePair(out, y0, y1);
    if (!splat1) x1 += 32;
    if (!splat2) x2 += 32;
  }
  if (left > 0) v128.store(out, f.of(splat1 ? s1 : v128.load(x1), splat2 ? s2 : v128.load(x2)));
}

// @ts-ignore: decorator
@inline
function columns<F>(
  out: usize, outStride: i32,
  x1: usize, stride1: i32, splat1: bool,
  x2: usize, stride2: i32, splat2: bool,
  rows: i32, count: i32,
): void {
  const outStep = <usize>outStride << 2;
  const step1 = <usize>stride1 << 2;
  const step2 = <usize>stride2 << 2;
  for (let c = 0; c < count; c++) {
    if (splat1) {
      if (splat2) column<F>(out, x1, true, x2, true, rows);
      else column<F>(out, x1, true, x2, false, rows);
    } else {
      if (splat2) column<F>(out, x1, false, x2, true, rows);
      else column<F>(out, x1, false, x2, false, rows);
    }
    out += outStep;
    x1 += step1;
    x2 += step2;
  }
}

export function add(
  out: usize, outStride: i32,
  x1: usize, stride1: i32, splat1: bool,
  x2: usize, stride2: i32, splat2: bool,
  rows: i32, count: i32,
): void {
  columns<Add>(out, outStride, x1, stride1, splat1, x2, stride2, splat2, rows, count);
}

export function subtract(
  out: usize, outStride: i32,
  x1: usize, stride1: i32, splat1: bool,
  x2: usize, stride2: i32, splat2: bool,
  rows: i32, count: i32,
): void {
  columns<Subtract>(out, outStride, x1, stride1, splat1, x2, stride2, splat2, rows, count);
}

export function multiply(
  out: usize, outStride: i32,
  x1: usize, stride1: i32, splat1: bool,
  x2: usize, stride2: i32, splat2: bool,
  rows: i32, count: i32,
): void {
  columns<Multiply>(out, outStride, x1, stride1, splat1, x2, stride2, splat2, rows, count);
}

export function divide(
  out: usize, outStride: i32,
  x1: usize, stride1: i32, splat1: bool,
  x2: usize, stride2: i32, splat2: bool,
  rows: i32, count: i32,
): void {
  columns<Divide>(out, outStride, x1, stride1, splat1, x2, stride2, splat2, rows, count);
}

export function maximum(
  out: usize, outStride: i32,
  x1: usize, stride1: i32, splat1: bool,
  x2: usize, stride2: i32, splat2: bool,
  rows: i32, count: i32,
): void {
  columns<Maximum>(out, outStride, x1, stride1, splat1, x2, stride2, splat2, rows, count);
}

export function greater(
  out: usize, outStride: i32,
  x1: usize, stride1: i32, splat1: bool,
  x2: usize, stride2: i32, splat2: bool,
  rows: i32, count: i32,
): void {
  columns<Greater>(out, outStride, x1, stride1, splat1, x2, stride2, splat2, rows, count);
}
