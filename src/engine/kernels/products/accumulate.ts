/**
 * The gradient of a sparse first layer for small batches, as in outer.ts, by the lists of the pixels, which have to be
 * made for it: each column of W is read and written once, and gets its terms in the same order, so the bits are the
 * same. That is faster where W does not stay in the nearer caches.
 */
import { ACCUMULATE, OVERWRITE, alphaOf, betaOf } from "../operands";
import { ENTRY, HEADER } from "../lists";
import { wide } from "../width";
import { scale } from "./outer";

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
    let s16 = s0, s17 = s0, s18 = s0, s19 = s0, s20 = s0, s21 = s0, s22 = s0, s23 = s0, s24 = s0;
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
    if (vectors > 16) s16 = f32x4.mul(beta, v128.load(w, 256));
    if (vectors > 17) s17 = f32x4.mul(beta, v128.load(w, 272));
    if (vectors > 18) s18 = f32x4.mul(beta, v128.load(w, 288));
    if (vectors > 19) s19 = f32x4.mul(beta, v128.load(w, 304));
    if (vectors > 20) s20 = f32x4.mul(beta, v128.load(w, 320));
    if (vectors > 21) s21 = f32x4.mul(beta, v128.load(w, 336));
    if (vectors > 22) s22 = f32x4.mul(beta, v128.load(w, 352));
    if (vectors > 23) s23 = f32x4.mul(beta, v128.load(w, 368));
    if (vectors > 24) s24 = f32x4.mul(beta, v128.load(w, 384));
    let entry = list + HEADER - ENTRY;
    const last = entry + <usize>count * ENTRY;
    while (entry < last) {
      entry += ENTRY;
      const x = d + <usize>(load<i32>(entry) * dStep);
      const v = f32x4.mul(alpha, v128.load32_splat(entry, 4));
      if (vectors > 24) s24 = f32x4.add(s24, f32x4.mul(v128.load(x, 384), v));
      if (vectors > 23) s23 = f32x4.add(s23, f32x4.mul(v128.load(x, 368), v));
      if (vectors > 22) s22 = f32x4.add(s22, f32x4.mul(v128.load(x, 352), v));
      if (vectors > 21) s21 = f32x4.add(s21, f32x4.mul(v128.load(x, 336), v));
      if (vectors > 20) s20 = f32x4.add(s20, f32x4.mul(v128.load(x, 320), v));
      if (vectors > 19) s19 = f32x4.add(s19, f32x4.mul(v128.load(x, 304), v));
      if (vectors > 18) s18 = f32x4.add(s18, f32x4.mul(v128.load(x, 288), v));
      if (vectors > 17) s17 = f32x4.add(s17, f32x4.mul(v128.load(x, 272), v));
      if (vectors > 16) s16 = f32x4.add(s16, f32x4.mul(v128.load(x, 256), v));
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
    if (vectors > 24) v128.store(w, s24, 384);
    if (vectors > 23) v128.store(w, s23, 368);
    if (vectors > 22) v128.store(w, s22, 352);
    if (vectors > 21) v128.store(w, s21, 336);
    if (vectors > 20) v128.store(w, s20, 320);
    if (vectors > 19) v128.store(w, s19, 304);
    if (vectors > 18) v128.store(w, s18, 288);
    if (vectors > 17) v128.store(w, s17, 272);
    if (vectors > 16) v128.store(w, s16, 256);
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

// Not inlined, as panels.ts exports them.

export function accumulate25(
  w: usize, wStep: usize, d: usize, dStep: i32, list: usize, listStep: i32, pixels: i32,
  alpha: f32, beta: f32, skips: bool,
): void {
  byLists(25, w, wStep, d, dStep, list, listStep, pixels, alpha, beta, skips);
}

export function accumulate24(
  w: usize, wStep: usize, d: usize, dStep: i32, list: usize, listStep: i32, pixels: i32,
  alpha: f32, beta: f32, skips: bool,
): void {
  byLists(24, w, wStep, d, dStep, list, listStep, pixels, alpha, beta, skips);
}

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

/** As many vectors as stay in registers where V8 merges them. */
const MOST_VECTORS: i32 = 25;

/**
 * The vectors of the next panel of so many. Each panel goes through all lists, so few high panels are best. Where V8
 * merges vectors and panels of 24 or 25 divide the column evenly, as they do in layers of 100, 200 or 300 units, these
 * are taken; else as many vectors as stay in registers, and of the rest of a column the next smaller power of two.
 */
// @ts-ignore: decorator
@inline
function vectorsOf(left: i32): i32 {
  if (wide) {
    const panels = (left + MOST_VECTORS - 1) / MOST_VECTORS;
    const height = (left + panels - 1) / panels;
    if (height >= MOST_VECTORS - 1) return height;
  }
  const most = wide ? 16 : 12;
  return left >= most ? most : left >= 8 ? 8 : left >= 4 ? 4 : left >= 2 ? 2 : 1;
}

/**
 * C(m×columns) ← βC + αXL as in sparseProduct, whose X is the D of sparseOuter, with one list for each pixel, `listStep`
 * bytes apart; but the terms are added to C in turn. To split the work, give ranges of columns.
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
      case 16: accumulate16(c, cStep, x, xStep, list, listStep, columns, factor, kept, skips); break;
      case 24: accumulate24(c, cStep, x, xStep, list, listStep, columns, factor, kept, skips); break;
      default: accumulate25(c, cStep, x, xStep, list, listStep, columns, factor, kept, skips);
    }
    c += <usize>vectors << 4;
    x += <usize>vectors << 4;
    left -= vectors;
  }
}
