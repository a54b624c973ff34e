/**
 * The gradient of a sparse first layer for small batches: W(m×pixels) ← βW + αDXᵀ as a sum of outer products,
 * one for each sample, each of which is added to W. Zeros add nothing, also where the other factor is
 * infinite or NaN: 0 · ∞ is taken to be 0.
 *
 * By the lists of the samples, W is read and written once for each. accumulate.ts does the same by the lists of the
 * pixels. In a large batch sparseProduct, which adds up the terms first, is faster still.
 */
import { ACCUMULATE, OVERWRITE, alphaOf, betaOf, panelVectors, storePair } from "../operands";
import { ENTRY, HEADER } from "../lists";
import { wide } from "../width";

/** W[:, pixel] += αvalue · d for the entries of one list and `vectors`×4 rows. d stays in registers. */
// @ts-ignore: decorator
@inline
function panel(vectors: i32, w: usize, wStep: i32, d: usize, list: usize, alphaValue: f32): void {
  const alpha = f32x4.splat(alphaValue);
  const d0 = v128.load(d);
  const d1 = vectors > 1 ? v128.load(d, 16) : d0;
  const d2 = vectors > 2 ? v128.load(d, 32) : d0;
  const d3 = vectors > 3 ? v128.load(d, 48) : d0;
  const d4 = vectors > 4 ? v128.load(d, 64) : d0;
  const d5 = vectors > 5 ? v128.load(d, 80) : d0;
  const d6 = vectors > 6 ? v128.load(d, 96) : d0;
  const d7 = vectors > 7 ? v128.load(d, 112) : d0;
  const d8 = vectors > 8 ? v128.load(d, 128) : d0;
  const d9 = vectors > 9 ? v128.load(d, 144) : d0;
  const d10 = vectors > 10 ? v128.load(d, 160) : d0;
  const d11 = vectors > 11 ? v128.load(d, 176) : d0;
  const d12 = vectors > 12 ? v128.load(d, 192) : d0;
  const d13 = vectors > 13 ? v128.load(d, 208) : d0;
  const d14 = vectors > 14 ? v128.load(d, 224) : d0;
  const d15 = vectors > 15 ? v128.load(d, 240) : d0;
  const d16 = vectors > 16 ? v128.load(d, 256) : d0;
  const d17 = vectors > 17 ? v128.load(d, 272) : d0;
  const d18 = vectors > 18 ? v128.load(d, 288) : d0;
  const d19 = vectors > 19 ? v128.load(d, 304) : d0;
  const d20 = vectors > 20 ? v128.load(d, 320) : d0;
  const d21 = vectors > 21 ? v128.load(d, 336) : d0;
  const d22 = vectors > 22 ? v128.load(d, 352) : d0;
  const d23 = vectors > 23 ? v128.load(d, 368) : d0;
  const d24 = vectors > 24 ? v128.load(d, 384) : d0;
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
    if (vectors > 9) addPair(p + 128, d8, d9, value);
    if (vectors > 11) addPair(p + 160, d10, d11, value);
    if (vectors > 13) addPair(p + 192, d12, d13, value);
    if (vectors > 15) addPair(p + 224, d14, d15, value);
    if (vectors > 17) addPair(p + 256, d16, d17, value);
    if (vectors > 19) addPair(p + 288, d18, d19, value);
    if (vectors > 21) addPair(p + 320, d20, d21, value);
    if (vectors > 23) addPair(p + 352, d22, d23, value);
    if (vectors == 1) add(p, d0, value);
    if (vectors == 3) add(p + 32, d2, value);
    if (vectors == 5) add(p + 64, d4, value);
    if (vectors == 7) add(p + 96, d6, value);
    if (vectors == 9) add(p + 128, d8, value);
    if (vectors == 13) add(p + 192, d12, value);
    if (vectors == 25) add(p + 384, d24, value);
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

// Not inlined, as panels.ts exports them.

export function outer13(w: usize, wStep: i32, d: usize, list: usize, alpha: f32): void {
  panel(13, w, wStep, d, list, alpha);
}

export function outer16(w: usize, wStep: i32, d: usize, list: usize, alpha: f32): void {
  panel(16, w, wStep, d, list, alpha);
}

export function outer24(w: usize, wStep: i32, d: usize, list: usize, alpha: f32): void {
  panel(24, w, wStep, d, list, alpha);
}

export function outer25(w: usize, wStep: i32, d: usize, list: usize, alpha: f32): void {
  panel(25, w, wStep, d, list, alpha);
}

/**
 * The vectors of the next panel of so many. Each panel goes through the whole list, so few high ones are best: where V8
 * merges vectors, there are panels for layers of 50, 64, 96 and 100 units.
 */
// @ts-ignore: decorator
@inline
function vectorsOf(left: i32): i32 {
  if (wide) {
    if (left == 13 || left == 25) return left;
    if (left >= 24) return 24;
    if (left >= 16) return 16;
  }
  return panelVectors(left);
}

/** W += αdxᵀ for one sample. */
// @ts-ignore: decorator
@inline
function outer(w: usize, wStep: i32, d: usize, list: usize, m: i32, alpha: f32): void {
  let left = (m + 3) >> 2;
  while (left > 0) {
    const vectors = vectorsOf(left);
    switch (vectors) {
      case 1: panel(1, w, wStep, d, list, alpha); break;
      case 2: panel(2, w, wStep, d, list, alpha); break;
      case 3: panel(3, w, wStep, d, list, alpha); break;
      case 4: panel(4, w, wStep, d, list, alpha); break;
      case 5: panel(5, w, wStep, d, list, alpha); break;
      case 6: panel(6, w, wStep, d, list, alpha); break;
      case 7: panel(7, w, wStep, d, list, alpha); break;
      case 8: panel(8, w, wStep, d, list, alpha); break;
      case 13: outer13(w, wStep, d, list, alpha); break;
      case 16: outer16(w, wStep, d, list, alpha); break;
      case 24: outer24(w, wStep, d, list, alpha); break;
      case 25: outer25(w, wStep, d, list, alpha); break;
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
export function scale(w: usize, wStep: i32, m: i32, pixels: i32, mode: usize): void {
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
 * To split the work, give ranges of rows that start at multiples of 4. α and β as in operands.ts.
 */
export function sparseOuter(
  w: usize, wStride: i32, d: usize, dStride: i32, list: usize, listStep: i32,
  m: i32, pixels: i32, samples: i32, sign: i32, alpha: usize, beta: usize,
): void {
  const wStep = wStride << 2;
  const dStep = <usize>dStride << 2;
  const factor = alphaOf(sign, alpha);
  if (beta != ACCUMULATE) scale(w, wStep, m, pixels, beta);
  for (let c = 0; c < samples; c++, d += dStep, list += listStep) outer(w, wStep, d, list, m, factor);
}
