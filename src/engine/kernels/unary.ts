/**
 * Elementwise kernels of one operand: out[:, c] ← f(x[:, c]), with operands addressed as in
 * binary.ts. `copy` also materialises a broadcast.
 */
import { number } from "../../platform/kernels/constants";
import { ONE, exponential, hyperbolicTangent, logarithm } from "./elementary";
import { storePair } from "./operands";

@final @unmanaged
class Copy {
  @inline of(x: v128): v128 { return x; }
}

@final @unmanaged
class Negate {
  @inline of(x: v128): v128 { return f32x4.neg(x); }
}

@final @unmanaged
class Reciprocal {
  @inline of(x: v128): v128 { return f32x4.div(number(ONE), x); }
}

@final @unmanaged
class Exp {
  @inline of(x: v128): v128 { return exponential(x); }
}

@final @unmanaged
class Log {
  @inline of(x: v128): v128 { return logarithm(x); }
}

@final @unmanaged
class Sqrt {
  @inline of(x: v128): v128 { return f32x4.sqrt(x); }
}

@final @unmanaged
class Tanh {
  @inline of(x: v128): v128 { return hyperbolicTangent(x); }
}

@final @unmanaged
class Floor {
  @inline of(x: v128): v128 { return f32x4.floor(x); }
}

/**
 * Two pairs of vectors at a time, as one then waits less for its own results; all are computed before any is stored,
 * so that V8 can merge those of a pair.
 */
// @ts-ignore: decorator
@inline
function column<F>(out: usize, x: usize, rows: i32): void {
  const f = changetype<F>(0);
  let left = rows;
  for (; left > 12; left -= 16, out += 64, x += 64) {
    const y0 = f.of(v128.load(x));
    const y1 = f.of(v128.load(x, 16));
    const y2 = f.of(v128.load(x, 32));
    const y3 = f.of(v128.load(x, 48));
    storePair(out, y0, y1);
    storePair(out + 32, y2, y3);
  }
  for (; left > 0; left -= 4, out += 16, x += 16) v128.store(out, f.of(v128.load(x)));
}

/** A splat operand needs its value only once per column. */
// @ts-ignore: decorator
@inline
function constant<F>(out: usize, x: usize, rows: i32): void {
  const y = changetype<F>(0).of(v128.load32_splat(x));
  const end = out + (<usize>rows << 2);
  for (; out < end; out += 16) v128.store(out, y);
}

// @ts-ignore: decorator
@inline
function columns<F>(
  out: usize, outStride: i32, x: usize, stride: i32, splat: bool, rows: i32, count: i32,
): void {
  const outStep = <usize>outStride << 2;
  const step = <usize>stride << 2;
  for (let c = 0; c < count; c++) {
    if (splat) constant<F>(out, x, rows);
    else column<F>(out, x, rows);
    out += outStep;
    x += step;
  }
}

export function copy(
  out: usize, outStride: i32, x: usize, stride: i32, splat: bool, rows: i32, count: i32,
): void {
  columns<Copy>(out, outStride, x, stride, splat, rows, count);
}

export function negate(
  out: usize, outStride: i32, x: usize, stride: i32, splat: bool, rows: i32, count: i32,
): void {
  columns<Negate>(out, outStride, x, stride, splat, rows, count);
}

export function reciprocal(
  out: usize, outStride: i32, x: usize, stride: i32, splat: bool, rows: i32, count: i32,
): void {
  columns<Reciprocal>(out, outStride, x, stride, splat, rows, count);
}

export function exp(
  out: usize, outStride: i32, x: usize, stride: i32, splat: bool, rows: i32, count: i32,
): void {
  columns<Exp>(out, outStride, x, stride, splat, rows, count);
}

export function log(
  out: usize, outStride: i32, x: usize, stride: i32, splat: bool, rows: i32, count: i32,
): void {
  columns<Log>(out, outStride, x, stride, splat, rows, count);
}

export function sqrt(
  out: usize, outStride: i32, x: usize, stride: i32, splat: bool, rows: i32, count: i32,
): void {
  columns<Sqrt>(out, outStride, x, stride, splat, rows, count);
}

export function tanh(
  out: usize, outStride: i32, x: usize, stride: i32, splat: bool, rows: i32, count: i32,
): void {
  columns<Tanh>(out, outStride, x, stride, splat, rows, count);
}

export function floor(
  out: usize, outStride: i32, x: usize, stride: i32, splat: bool, rows: i32, count: i32,
): void {
  columns<Floor>(out, outStride, x, stride, splat, rows, count);
}
