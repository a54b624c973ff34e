/**
 * The gradient of a sparse first layer for small batches: W(m×pixels) ← βW + αDXᵀ as a sum of outer products,
 * one for each sample, each of which is added to W. Zeros add nothing, also where the other factor is
 * infinite or NaN: 0 · ∞ is taken to be 0.
 *
 * By the lists of the samples, W is read and written once for each. By the lists of the pixels, which have to be
 * made for it, each column of W is read and written once, and gets its terms in the same order: the bits are
 * the same. That is faster where W does not stay in the nearer caches. In a large batch sparseProduct, which adds
 * up the terms first, is faster still.
 */
import { ACCUMULATE, OVERWRITE, alphaOf, betaOf, panelVectors, storePair } from "../operands";
import { ENTRY, HEADER } from "../lists";
import { wide } from "../width";

/** W[:, pixel] += αvalue · d for the entries of one list and `vectors`×4 rows. */
// @ts-ignore: decorator
@inline
function panel(vectors: i32, w: usize, wStep: i32, d: usize, list: usize, alpha: v128): void {
  const d0 = v128.load(d);
  const d1 = vectors > 1 ? v128.load(d, 16) : d0;
  const d2 = vectors > 2 ? v128.load(d, 32) : d0;
  const d3 = vectors > 3 ? v128.load(d, 48) : d0;
  const d4 = vectors > 4 ? v128.load(d, 64) : d0;
  const d5 = vectors > 5 ? v128.load(d, 80) : d0;
  const d6 = vectors > 6 ? v128.load(d, 96) : d0;
  const d7 = vectors > 7 ? v128.load(d, 112) : d0;
  const d8 = vectors > 8 ? v128.load(d, 128) : d0;
  let entry = list + HEADER - ENTRY;
  const last = entry + <usize>load<i32>(list) * ENTRY;
  while (entry < last) {
    entry += ENTRY;
    const p = w + <usize>(load<i32>(entry) * wStep);
    const value = f32x4.mul(alpha, v128.load32_splat(entry, 4));
    if (vectors > 1) addPair(p, d0, d1, value);
    if (vectors > 3) addPair(p + 32, d2, d3, value);
    if (vectors > 5) addPair(p + 64, d4, d5, value);
    if (vectors > 7) addPair(p + 96, d6, d7, value);
    if (vectors == 1) add(p, d0, value);
    if (vectors == 3) add(p + 32, d2, value);
    if (vectors == 5) add(p + 64, d4, value);
    if (vectors == 7) add(p + 96, d6, value);
    if (vectors == 9) add(p + 128, d8, value);
  }
}

// @ts-ignore: decorator
@inline
function add(p: usize, d: v128, value: v128): void {
  v128.store(p, f32x4.add(v128.load(p), f32x4.mul(d, value)));
}

// @ts-ignore: decorator
@inline
function addPair(p: usize, d0: v128, d1: v128, value: v128): void {
  const w0 = f32x4.add(v128.load(p), f32x4.mul(d0, value));
  const w1 = f32x4.add(v128.load(p, 16), f32x4.mul(d1, value));
  storePair(p, w0, w1);
}

/** W += αdxᵀ for one sample. */
// @ts-ignore: decorator
@inline
function outer(w: usize, wStep: i32, d: usize, list: usize, m: i32, alpha: v128): void {
  let left = (m + 3) >> 2;
  while (left > 0) {
    const vectors = panelVectors(left);
    switch (vectors) {
      case 1: panel(1, w, wStep, d, list, alpha); break;
      case 2: panel(2, w, wStep, d, list, alpha); break;
      case 3: panel(3, w, wStep, d, list, alpha); break;
      case 4: panel(4, w, wStep, d, list, alpha); break;
      case 5: panel(5, w, wStep, d, list, alpha); break;
      case 6: panel(6, w, wStep, d, list, alpha); break;
      case 7: panel(7, w, wStep, d, list, alpha); break;
      case 8: panel(8, w, wStep, d, list, alpha); break;
      default: panel(9, w, wStep, d, list, alpha);
    }
    w += <usize>vectors << 4;
    d += <usize>vectors << 4;
    left -= vectors;
  }
}

// @ts-ignore: decorator
@inline
function scaleVector(p: usize, beta: v128): void {
  v128.store(p, f32x4.mul(beta, v128.load(p)));
}

// @ts-ignore: decorator
@inline
function scalePair(p: usize, beta: v128): void {
  storePair(p, f32x4.mul(beta, v128.load(p)), f32x4.mul(beta, v128.load(p, 16)));
}

/** W ← βW, or 0 for OVERWRITE. */
function scale(w: usize, wStep: i32, m: i32, pixels: i32, mode: usize): void {
  const beta = f32x4.splat(betaOf(mode));
  const height = ((m + 3) & ~3) << 2;
  // Columns without gaps are one long column.
  const contiguous = height == wStep;
  const columns = contiguous ? 1 : pixels;
  const bytes = <usize>(contiguous ? height * pixels : height);
  for (let t = 0; t < columns; t++, w += wStep) {
    if (mode == OVERWRITE) {
      memory.fill(w, 0, bytes);
    } else {
      const end = w + bytes;
      let p = w;
      // Four vectors in a turn measure faster than one.
      for (const last = end - 64; p <= last; p += 64) {
        scalePair(p, beta);
        scalePair(p + 32, beta);
      }
      for (; p < end; p += 16) scaleVector(p, beta);
    }
  }
}

/**
 * W(m×pixels) ← βW + αDXᵀ with D(m×samples) and the lists by sample of X(pixels×samples), `listStep`
 * bytes apart, the samples in their order. With ACCUMULATE only columns of non-zero pixels are touched.
 * To split the work, give ranges of rows that start at multiples of 4. Strides are in floats;
 * α = sign · float at `alpha`; α and β as in operands.ts.
 */
export function sparseOuter(
  w: usize, wStride: i32, d: usize, dStride: i32, list: usize, listStep: i32,
  m: i32, pixels: i32, samples: i32, sign: i32, alpha: usize, beta: usize,
): void {
  const wStep = wStride << 2;
  const dStep = <usize>dStride << 2;
  const factor = f32x4.splat(alphaOf(sign, alpha));
  if (beta != ACCUMULATE) scale(w, wStep, m, pixels, beta);
  for (let c = 0; c < samples; c++, d += dStep, list += listStep) outer(w, wStep, d, list, m, factor);
}

/** `vectors`×4 rows of all columns of W, by the lists of the pixels. The order of loads and stores is that of sparse.ts. */
// @ts-ignore: decorator
@inline
function byLists(
  vectors: i32, w: usize, wStep: usize, d: usize, dStep: i32, list: usize, listStep: i32, pixels: i32,
  alphaValue: f32, betaValue: f32, skips: bool,
): void {
  const alpha = f32x4.splat(alphaValue);
  const beta = f32x4.splat(betaValue);
  for (let t = 0; t < pixels; t++, w += wStep, list += listStep) {
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
  w: usize, wStep: usize, d: usize, dStep: i32, list: usize, listStep: i32, pixels: i32,
  alpha: f32, beta: f32, skips: bool,
): void {
  byLists(16, w, wStep, d, dStep, list, listStep, pixels, alpha, beta, skips);
}

export function accumulate12(
  w: usize, wStep: usize, d: usize, dStep: i32, list: usize, listStep: i32, pixels: i32,
  alpha: f32, beta: f32, skips: bool,
): void {
  byLists(12, w, wStep, d, dStep, list, listStep, pixels, alpha, beta, skips);
}

/** As many vectors as stay in registers; of the rest of a column, the next smaller power of two. */
// @ts-ignore: decorator
@inline
function vectorsOf(left: i32): i32 {
  const most = wide ? 16 : 12;
  return left >= most ? most : left >= 8 ? 8 : left >= 4 ? 4 : left >= 2 ? 2 : 1;
}

/**
 * The same by lists of the columns of Xᵀ, one for each pixel, `listStep` bytes apart: C(m×columns) ← βC + αXL as in
 * sparseProduct, whose X is this D, but the terms are added to C in turn. To split the work, give ranges of columns.
 */
export function sparseAccumulate(
  c: usize, cStride: i32, x: usize, xStride: i32, list: usize, listStep: i32,
  m: i32, columns: i32, sign: i32, alpha: usize, beta: usize,
): void {
  const cStep = <usize>cStride << 2;
  const xStep = xStride << 2;
  const factor = alphaOf(sign, alpha);
  const kept = betaOf(beta);
  if (beta == OVERWRITE) scale(c, cStride << 2, m, columns, beta);
  const skips = beta <= ACCUMULATE;
  let left = (m + 3) >> 2;
  while (left > 0) {
    const vectors = vectorsOf(left);
    switch (vectors) {
      case 1: byLists(1, c, cStep, x, xStep, list, listStep, columns, factor, kept, skips); break;
      case 2: byLists(2, c, cStep, x, xStep, list, listStep, columns, factor, kept, skips); break;
      case 4: byLists(4, c, cStep, x, xStep, list, listStep, columns, factor, kept, skips); break;
      case 8: byLists(8, c, cStep, x, xStep, list, listStep, columns, factor, kept, skips); break;
      case 12: accumulate12(c, cStep, x, xStep, list, listStep, columns, factor, kept, skips); break;
      default: accumulate16(c, cStep, x, xStep, list, listStep, columns, factor, kept, skips);
    }
    c += <usize>vectors << 4;
    x += <usize>vectors << 4;
    left -= vectors;
  }
}
