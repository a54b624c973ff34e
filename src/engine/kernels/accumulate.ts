/**
 * The gradient of a sparse first layer for small batches once more, by the lists of the pixels:
 * W(m×pixels) ← βW + αDXᵀ, the terms added to each column of W one after the other, as in outer.ts, and so
 * with the same bits. Each column is read and written once, not once for each sample: where W does not
 * stay in the nearer caches, that takes half the time, and more than pays for the lists.
 */
import { ENTRY, HEADER } from "./lists";
import { ACCUMULATE, OVERWRITE, alphaOf, betaOf } from "./operands";
import { wide } from "./width";

/** `vectors`×4 rows of all columns of W. The order of loads and stores is that of sparse.ts. */
// @ts-ignore: decorator
@inline
function panel(
  vectors: i32, w: usize, wStep: usize, d: usize, dStep: i32, list: usize, listStep: i32, columns: i32,
  alphaValue: f32, betaValue: f32, skips: bool,
): void {
  const alpha = f32x4.splat(alphaValue);
  const beta = f32x4.splat(betaValue);
  for (let t = 0; t < columns; t++, w += wStep, list += listStep) {
    const count = load<i32>(list);
    if (skips && count == 0) continue;
    let s0 = f32x4.mul(beta, v128.load(w)), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
    let s8 = s0, s9 = s0, s10 = s0, s11 = s0, s12 = s0, s13 = s0, s14 = s0, s15 = s0;
    if (vectors > 1) s1 = f32x4.mul(beta, v128.load(w, 16));
    if (vectors > 2) s2 = f32x4.mul(beta, v128.load(w, 32));
    if (vectors > 3) s3 = f32x4.mul(beta, v128.load(w, 48));
    if (vectors > 4) s4 = f32x4.mul(beta, v128.load(w, 64));
    if (vectors > 5) s5 = f32x4.mul(beta, v128.load(w, 80));
    if (vectors > 6) s6 = f32x4.mul(beta, v128.load(w, 96));
    if (vectors > 7) s7 = f32x4.mul(beta, v128.load(w, 112));
    if (vectors > 8) s8 = f32x4.mul(beta, v128.load(w, 128));
    if (vectors > 9) s9 = f32x4.mul(beta, v128.load(w, 144));
    if (vectors > 10) s10 = f32x4.mul(beta, v128.load(w, 160));
    if (vectors > 11) s11 = f32x4.mul(beta, v128.load(w, 176));
    if (vectors > 12) s12 = f32x4.mul(beta, v128.load(w, 192));
    if (vectors > 13) s13 = f32x4.mul(beta, v128.load(w, 208));
    if (vectors > 14) s14 = f32x4.mul(beta, v128.load(w, 224));
    if (vectors > 15) s15 = f32x4.mul(beta, v128.load(w, 240));
    let entry = list + HEADER - ENTRY;
    const last = entry + <usize>count * ENTRY;
    while (entry < last) {
      entry += ENTRY;
      const x = d + <usize>(load<i32>(entry) * dStep);
      const v = f32x4.mul(alpha, v128.load32_splat(entry, 4));
      if (vectors > 15) s15 = f32x4.add(s15, f32x4.mul(v128.load(x, 240), v));
      if (vectors > 14) s14 = f32x4.add(s14, f32x4.mul(v128.load(x, 224), v));
      if (vectors > 13) s13 = f32x4.add(s13, f32x4.mul(v128.load(x, 208), v));
      if (vectors > 12) s12 = f32x4.add(s12, f32x4.mul(v128.load(x, 192), v));
      if (vectors > 11) s11 = f32x4.add(s11, f32x4.mul(v128.load(x, 176), v));
      if (vectors > 10) s10 = f32x4.add(s10, f32x4.mul(v128.load(x, 160), v));
      if (vectors > 9) s9 = f32x4.add(s9, f32x4.mul(v128.load(x, 144), v));
      if (vectors > 8) s8 = f32x4.add(s8, f32x4.mul(v128.load(x, 128), v));
      if (vectors > 7) s7 = f32x4.add(s7, f32x4.mul(v128.load(x, 112), v));
      if (vectors > 6) s6 = f32x4.add(s6, f32x4.mul(v128.load(x, 96), v));
      if (vectors > 5) s5 = f32x4.add(s5, f32x4.mul(v128.load(x, 80), v));
      if (vectors > 4) s4 = f32x4.add(s4, f32x4.mul(v128.load(x, 64), v));
      if (vectors > 3) s3 = f32x4.add(s3, f32x4.mul(v128.load(x, 48), v));
      if (vectors > 2) s2 = f32x4.add(s2, f32x4.mul(v128.load(x, 32), v));
      if (vectors > 1) s1 = f32x4.add(s1, f32x4.mul(v128.load(x, 16), v));
      s0 = f32x4.add(s0, f32x4.mul(v128.load(x), v));
    }
    if (vectors > 15) v128.store(w, s15, 240);
    if (vectors > 14) v128.store(w, s14, 224);
    if (vectors > 13) v128.store(w, s13, 208);
    if (vectors > 12) v128.store(w, s12, 192);
    if (vectors > 11) v128.store(w, s11, 176);
    if (vectors > 10) v128.store(w, s10, 160);
    if (vectors > 9) v128.store(w, s9, 144);
    if (vectors > 8) v128.store(w, s8, 128);
    if (vectors > 7) v128.store(w, s7, 112);
    if (vectors > 6) v128.store(w, s6, 96);
    if (vectors > 5) v128.store(w, s5, 80);
    if (vectors > 4) v128.store(w, s4, 64);
    if (vectors > 3) v128.store(w, s3, 48);
    if (vectors > 2) v128.store(w, s2, 32);
    if (vectors > 1) v128.store(w, s1, 16);
    v128.store(w, s0);
  }
}

/** Exported, and so not inlined: in one function with other panels, V8 would not merge these vectors, or spill them. */
export function accumulate16(
  w: usize, wStep: usize, d: usize, dStep: i32, list: usize, listStep: i32, columns: i32,
  alpha: f32, beta: f32, skips: bool,
): void {
  panel(16, w, wStep, d, dStep, list, listStep, columns, alpha, beta, skips);
}

export function accumulate12(
  w: usize, wStep: usize, d: usize, dStep: i32, list: usize, listStep: i32, columns: i32,
  alpha: f32, beta: f32, skips: bool,
): void {
  panel(12, w, wStep, d, dStep, list, listStep, columns, alpha, beta, skips);
}

/** W ← 0. */
function clear(w: usize, wStep: usize, m: i32, pixels: i32): void {
  const bytes = <usize>((m + 3) & ~3) << 2;
  for (let t = 0; t < pixels; t++, w += wStep) memory.fill(w, 0, bytes);
}

/** As many vectors as stay in registers; of the rest of a column, the next smaller power of two. */
// @ts-ignore: decorator
@inline
function vectorsOf(left: i32): i32 {
  const most = wide ? 16 : 12;
  return left >= most ? most : left >= 8 ? 8 : left >= 4 ? 4 : left >= 2 ? 2 : 1;
}

/**
 * W(m×pixels) ← βW + αDXᵀ with D(m×samples) and the lists by pixel of X(pixels×samples), `listStep` bytes
 * apart. With ACCUMULATE only columns of non-zero pixels are touched. Strides are in floats;
 * α = sign · float at `alpha`; α and β as in operands.ts.
 */
export function sparseAccumulate(
  w: usize, wStride: i32, d: usize, dStride: i32, list: usize, listStep: i32,
  m: i32, pixels: i32, sign: i32, alpha: usize, beta: usize,
): void {
  const wStep = <usize>wStride << 2;
  const dStep = dStride << 2;
  const factor = alphaOf(sign, alpha);
  const kept = betaOf(beta);
  if (beta == OVERWRITE) clear(w, wStep, m, pixels);
  const skips = beta <= ACCUMULATE;
  let left = (m + 3) >> 2;
  while (left > 0) {
    const vectors = vectorsOf(left);
    switch (vectors) {
      case 1: panel(1, w, wStep, d, dStep, list, listStep, pixels, factor, kept, skips); break;
      case 2: panel(2, w, wStep, d, dStep, list, listStep, pixels, factor, kept, skips); break;
      case 4: panel(4, w, wStep, d, dStep, list, listStep, pixels, factor, kept, skips); break;
      case 8: panel(8, w, wStep, d, dStep, list, listStep, pixels, factor, kept, skips); break;
      case 12: accumulate12(w, wStep, d, dStep, list, listStep, pixels, factor, kept, skips); break;
      default: accumulate16(w, wStep, d, dStep, list, listStep, pixels, factor, kept, skips);
    }
    w += <usize>vectors << 4;
    d += <usize>vectors << 4;
    left -= vectors;
  }
}
