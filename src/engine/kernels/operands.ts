/**
 * How kernels find the columns of a matrix, and read scale factors and broadcast operands.
 *
 * From one column of a matrix to the next it is a stride in elements, floats unless the matrix is one of
 * bytes, or a step in bytes. Kernels are given strides of matrices, and steps of lists (lists.ts).
 *
 * A kernel that updates C ← βC + αX takes α as a sign and the address of a float32 (0 stands for 1),
 * and β as a mode: OVERWRITE (C is not read), ACCUMULATE (β = 1), or the address of a float32.
 */

import { wide } from "./width";

/** β = 0: the old value of C is never read, so it may be NaN or uninitialised. */
export const OVERWRITE: usize = 0;

/** β = 1. */
export const ACCUMULATE: usize = 1;

/** The factor α = sign · value, where the value is at `pointer`, or 1 if `pointer` is 0. */
// @ts-ignore: decorator
@inline
export function alphaOf(sign: i32, pointer: usize): f32 {
  return pointer == 0 ? <f32>sign : <f32>sign * load<f32>(pointer);
}

/** The factor β of the mode described above; 0 for OVERWRITE. */
// @ts-ignore: decorator
@inline
export function betaOf(beta: usize): f32 {
  return beta > ACCUMULATE ? load<f32>(beta) : <f32>beta;
}

/** C ← βC + αX for the four floats at `c`; `reads` is false if β is OVERWRITE. */
// @ts-ignore: decorator
@inline
export function update(c: usize, x: v128, alpha: v128, beta: v128, reads: bool): void {
  const scaled = f32x4.mul(alpha, x);
  v128.store(c, reads ? f32x4.add(f32x4.mul(beta, v128.load(c)), scaled) : scaled);
}

/**
 * The same for eight floats: all of C is read before any is written, so that V8 can merge the two halves. Each case
 * stores by itself, which measures faster where `reads` is not known when this is compiled.
 */
// @ts-ignore: decorator
@inline
export function updatePair(c: usize, x0: v128, x1: v128, alpha: v128, beta: v128, reads: bool): void {
  let y0 = f32x4.mul(alpha, x0);
  let y1 = f32x4.mul(alpha, x1);
  if (reads) {
    y0 = f32x4.add(f32x4.mul(beta, v128.load(c)), y0);
    y1 = f32x4.add(f32x4.mul(beta, v128.load(c, 16)), y1);
    storePair(c, y0, y1);
  } else {
    storePair(c, y0, y1);
  }
}

/**
 * Stores eight floats, the last four first: in the other order V8, when it merges the two stores, would keep the
 * first of them as well, for the case that only the second is out of bounds.
 */
// @ts-ignore: decorator
@inline
export function storePair(to: usize, x0: v128, x1: v128): void {
  v128.store(to, x1, 16);
  v128.store(to, x0);
}

/** Has the processor load what is loaded for no other use, which compilers would leave out. `count` is never negative. */
// @ts-ignore: decorator
@inline
export function keepLoads(loaded: i32, count: i32): void {
  if (loaded == -1 && count < 0) unreachable();
}

/** Four operand values: one float repeated if `splat`, otherwise the four floats at `x`. */
// @ts-ignore: decorator
@inline
export function operand(x: usize, splat: bool): v128 {
  return splat ? v128.load32_splat(x) : v128.load(x);
}

/** Vectors of four rows in the widest panel of a product that skips zeros: as many as stay in registers. */
export const PANEL_VECTORS: i32 = 9;

/**
 * The vectors of the next panel of so many: all panels as even as may be; or, where V8 merges pairs of
 * vectors, of an even number, of which eight measure fastest.
 */
// @ts-ignore: decorator
@inline
export function panelVectors(left: i32): i32 {
  if (left <= PANEL_VECTORS) return left;
  if (wide) return left >= 16 ? 8 : ((left + 3) >> 2) << 1;
  const panels = (left + PANEL_VECTORS - 1) / PANEL_VECTORS;
  return (left + panels - 1) / panels;
}
