/**
 * Products with a matrix that is given as lists (lists.ts), and whose zeros are not visited.
 *
 * Both are the same computation: column t of the output is a linear combination of the columns of
 * a dense matrix, chosen by a list. Forward, X = pixels × samples: C ← βC + αWX, where list t
 * belongs to sample t and picks columns of W. For the gradient, W ← βW + αDXᵀ, where list t belongs
 * to pixel t and picks columns of D. The terms are summed in the order of the list.
 *
 * A zero that is not visited adds nothing, also where the other factor is infinite or NaN: 0 · ∞ is taken
 * to be 0. Only the terminator that fills up a list of odd length is visited, and its 0 · ∞ is NaN.
 */
import { MANY, productInBlocks } from "./blocks";
import { SCRATCH_BYTES } from "./gemm";
import { ACCUMULATE, OVERWRITE, PANEL_VECTORS, alphaOf, betaOf, panelVectors, update, updatePair } from "../operands";
import { ENTRY, HEADER } from "../lists";
import { packColumns, packRows, packRowsByPairs } from "./pack";
import { wide } from "../width";

/**
 * `vectors`×4 rows of all output columns: up to 9 vectors, 16, or 24. The loads go from the last vector to the first,
 * the order in which TurboFan emits the sums; in the other order it would load all vectors first and spill.
 */
// @ts-ignore: decorator
@inline
function panel(
  vectors: i32, reads: bool,
  c: usize, cStep: usize, x: usize, xStep: i32, list: usize, listStep: i32, columns: i32,
  alphaValue: f32, betaValue: f32, skips: bool,
): void {
  const alpha = f32x4.splat(alphaValue);
  const beta = f32x4.splat(betaValue);
  for (let t = 0; t < columns; t++, c += cStep, list += listStep) {
    const count = load<i32>(list);
    if (skips && count == 0) continue;
    let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
    let s8 = s0, s9 = s0, s10 = s0, s11 = s0, s12 = s0, s13 = s0, s14 = s0, s15 = s0;
    let s16 = s0, s17 = s0, s18 = s0, s19 = s0, s20 = s0, s21 = s0, s22 = s0, s23 = s0;
    let entry = list + HEADER - 2 * ENTRY;
    const last = entry + <usize>((count + 1) >> 1) * (2 * ENTRY);
    while (entry < last) {
      entry += 2 * ENTRY;
      const p = x + <usize>(load<i32>(entry) * xStep);
      const q = x + <usize>(load<i32>(entry, 8) * xStep);
      const v = v128.load32_splat(entry, 4);
      const w = v128.load32_splat(entry, 12);
      if (vectors > 16) {
        s23 = f32x4.add(s23, f32x4.mul(v128.load(p, 368), v));
        s23 = f32x4.add(s23, f32x4.mul(v128.load(q, 368), w));
        s22 = f32x4.add(s22, f32x4.mul(v128.load(p, 352), v));
        s22 = f32x4.add(s22, f32x4.mul(v128.load(q, 352), w));
        s21 = f32x4.add(s21, f32x4.mul(v128.load(p, 336), v));
        s21 = f32x4.add(s21, f32x4.mul(v128.load(q, 336), w));
        s20 = f32x4.add(s20, f32x4.mul(v128.load(p, 320), v));
        s20 = f32x4.add(s20, f32x4.mul(v128.load(q, 320), w));
        s19 = f32x4.add(s19, f32x4.mul(v128.load(p, 304), v));
        s19 = f32x4.add(s19, f32x4.mul(v128.load(q, 304), w));
        s18 = f32x4.add(s18, f32x4.mul(v128.load(p, 288), v));
        s18 = f32x4.add(s18, f32x4.mul(v128.load(q, 288), w));
        s17 = f32x4.add(s17, f32x4.mul(v128.load(p, 272), v));
        s17 = f32x4.add(s17, f32x4.mul(v128.load(q, 272), w));
        s16 = f32x4.add(s16, f32x4.mul(v128.load(p, 256), v));
        s16 = f32x4.add(s16, f32x4.mul(v128.load(q, 256), w));
      }
      if (vectors > 9) {
        s15 = f32x4.add(s15, f32x4.mul(v128.load(p, 240), v));
        s15 = f32x4.add(s15, f32x4.mul(v128.load(q, 240), w));
        s14 = f32x4.add(s14, f32x4.mul(v128.load(p, 224), v));
        s14 = f32x4.add(s14, f32x4.mul(v128.load(q, 224), w));
        s13 = f32x4.add(s13, f32x4.mul(v128.load(p, 208), v));
        s13 = f32x4.add(s13, f32x4.mul(v128.load(q, 208), w));
        s12 = f32x4.add(s12, f32x4.mul(v128.load(p, 192), v));
        s12 = f32x4.add(s12, f32x4.mul(v128.load(q, 192), w));
        s11 = f32x4.add(s11, f32x4.mul(v128.load(p, 176), v));
        s11 = f32x4.add(s11, f32x4.mul(v128.load(q, 176), w));
        s10 = f32x4.add(s10, f32x4.mul(v128.load(p, 160), v));
        s10 = f32x4.add(s10, f32x4.mul(v128.load(q, 160), w));
        s9 = f32x4.add(s9, f32x4.mul(v128.load(p, 144), v));
        s9 = f32x4.add(s9, f32x4.mul(v128.load(q, 144), w));
      }
      if (vectors > 8) {
        s8 = f32x4.add(s8, f32x4.mul(v128.load(p, 128), v));
        s8 = f32x4.add(s8, f32x4.mul(v128.load(q, 128), w));
      }
      if (vectors > 7) {
        s7 = f32x4.add(s7, f32x4.mul(v128.load(p, 112), v));
        s7 = f32x4.add(s7, f32x4.mul(v128.load(q, 112), w));
      }
      if (vectors > 6) {
        s6 = f32x4.add(s6, f32x4.mul(v128.load(p, 96), v));
        s6 = f32x4.add(s6, f32x4.mul(v128.load(q, 96), w));
      }
      if (vectors > 5) {
        s5 = f32x4.add(s5, f32x4.mul(v128.load(p, 80), v));
        s5 = f32x4.add(s5, f32x4.mul(v128.load(q, 80), w));
      }
      if (vectors > 4) {
        s4 = f32x4.add(s4, f32x4.mul(v128.load(p, 64), v));
        s4 = f32x4.add(s4, f32x4.mul(v128.load(q, 64), w));
      }
      if (vectors > 3) {
        s3 = f32x4.add(s3, f32x4.mul(v128.load(p, 48), v));
        s3 = f32x4.add(s3, f32x4.mul(v128.load(q, 48), w));
      }
      if (vectors > 2) {
        s2 = f32x4.add(s2, f32x4.mul(v128.load(p, 32), v));
        s2 = f32x4.add(s2, f32x4.mul(v128.load(q, 32), w));
      }
      if (vectors > 1) {
        s1 = f32x4.add(s1, f32x4.mul(v128.load(p, 16), v));
        s1 = f32x4.add(s1, f32x4.mul(v128.load(q, 16), w));
      }
      s0 = f32x4.add(s0, f32x4.mul(v128.load(p), v));
      s0 = f32x4.add(s0, f32x4.mul(v128.load(q), w));
    }
    if (vectors > 1) updatePair(c, s0, s1, alpha, beta, reads);
    if (vectors > 3) updatePair(c + 32, s2, s3, alpha, beta, reads);
    if (vectors > 5) updatePair(c + 64, s4, s5, alpha, beta, reads);
    if (vectors > 7) updatePair(c + 96, s6, s7, alpha, beta, reads);
    if (vectors > 9) {
      updatePair(c + 128, s8, s9, alpha, beta, reads);
      updatePair(c + 160, s10, s11, alpha, beta, reads);
      updatePair(c + 192, s12, s13, alpha, beta, reads);
      updatePair(c + 224, s14, s15, alpha, beta, reads);
    }
    if (vectors > 16) {
      updatePair(c + 256, s16, s17, alpha, beta, reads);
      updatePair(c + 288, s18, s19, alpha, beta, reads);
      updatePair(c + 320, s20, s21, alpha, beta, reads);
      updatePair(c + 352, s22, s23, alpha, beta, reads);
    }
    if (vectors == 1) update(c, s0, alpha, beta, reads);
    if (vectors == 3) update(c + 32, s2, alpha, beta, reads);
    if (vectors == 5) update(c + 64, s4, alpha, beta, reads);
    if (vectors == 7) update(c + 96, s6, alpha, beta, reads);
    if (vectors == 9) update(c + 128, s8, alpha, beta, reads);
  }
}

// Not inlined, as panels.ts exports them.

export function revise16(
  c: usize, cStep: usize, x: usize, xStep: i32, list: usize, listStep: i32, columns: i32,
  alpha: f32, beta: f32, skips: bool,
): void {
  panel(16, true, c, cStep, x, xStep, list, listStep, columns, alpha, beta, skips);
}

export function revise24(
  c: usize, cStep: usize, x: usize, xStep: i32, list: usize, listStep: i32, columns: i32,
  alpha: f32, beta: f32, skips: bool,
): void {
  panel(24, true, c, cStep, x, xStep, list, listStep, columns, alpha, beta, skips);
}

// Apart from revise, as a panel that asks in each column whether it reads C takes 5 to 10% longer.
function overwrite(
  vectors: i32, c: usize, cStep: usize, x: usize, xStep: i32, list: usize, listStep: i32, columns: i32,
  alpha: f32, beta: f32,
): void {
  switch (vectors) {
    case 1: return panel(1, false, c, cStep, x, xStep, list, listStep, columns, alpha, beta, false);
    case 2: return panel(2, false, c, cStep, x, xStep, list, listStep, columns, alpha, beta, false);
    case 3: return panel(3, false, c, cStep, x, xStep, list, listStep, columns, alpha, beta, false);
    case 4: return panel(4, false, c, cStep, x, xStep, list, listStep, columns, alpha, beta, false);
    case 5: return panel(5, false, c, cStep, x, xStep, list, listStep, columns, alpha, beta, false);
    case 6: return panel(6, false, c, cStep, x, xStep, list, listStep, columns, alpha, beta, false);
    case 7: return panel(7, false, c, cStep, x, xStep, list, listStep, columns, alpha, beta, false);
    case 8: return panel(8, false, c, cStep, x, xStep, list, listStep, columns, alpha, beta, false);
    default: return panel(9, false, c, cStep, x, xStep, list, listStep, columns, alpha, beta, false);
  }
}

function revise(
  vectors: i32, c: usize, cStep: usize, x: usize, xStep: i32, list: usize, listStep: i32, columns: i32,
  alpha: f32, beta: f32, skips: bool,
): void {
  switch (vectors) {
    case 1: return panel(1, true, c, cStep, x, xStep, list, listStep, columns, alpha, beta, skips);
    case 2: return panel(2, true, c, cStep, x, xStep, list, listStep, columns, alpha, beta, skips);
    case 3: return panel(3, true, c, cStep, x, xStep, list, listStep, columns, alpha, beta, skips);
    case 4: return panel(4, true, c, cStep, x, xStep, list, listStep, columns, alpha, beta, skips);
    case 5: return panel(5, true, c, cStep, x, xStep, list, listStep, columns, alpha, beta, skips);
    case 6: return panel(6, true, c, cStep, x, xStep, list, listStep, columns, alpha, beta, skips);
    case 7: return panel(7, true, c, cStep, x, xStep, list, listStep, columns, alpha, beta, skips);
    case 8: return panel(8, true, c, cStep, x, xStep, list, listStep, columns, alpha, beta, skips);
    case 16: return revise16(c, cStep, x, xStep, list, listStep, columns, alpha, beta, skips);
    case 24: return revise24(c, cStep, x, xStep, list, listStep, columns, alpha, beta, skips);
    default: return panel(9, true, c, cStep, x, xStep, list, listStep, columns, alpha, beta, skips);
  }
}

/** Of so few columns of X, the first cache (32 KiB) holds sixteen vectors; of half as many, 24. */
const FEW_COLUMNS: i32 = 128;

/** The vectors of the next panel of so many, if C is read. The wider panels are, the fewer go through the lists. */
function revisedVectors(left: i32, inner: i32): i32 {
  if (wide && left >= 24 && inner <= FEW_COLUMNS / 2) return 24;
  if (wide && left >= 16 && inner <= FEW_COLUMNS) return 16;
  return panelVectors(left);
}

/**
 * C(m×columns) ← βC + αXL, where the columns of L are lists, `listStep` bytes apart: for C = WX give W
 * and the lists by sample, for W = DXᵀ give D and the lists by pixel. With ACCUMULATE a column with an
 * empty list is not touched. X has `inner` columns. α and β as in operands.ts.
 *
 * For many lists, a panel of X is first copied to `scratch`, if there is room for it: lying apart, its
 * columns would be on more pages of memory than the processor can have at hand.
 */
export function sparseProduct(
  c: usize, cStride: i32, x: usize, xStride: i32, inner: i32, list: usize, listStep: i32,
  m: i32, columns: i32, sign: i32, alpha: usize, beta: usize, scratch: usize,
): void {
  productByLists(
    false, c, cStride, x, xStride, inner, list, listStep, m, columns, sign, alpha, beta, scratch,
  );
}

/**
 * The same; if `transposed`, for Xᵀ in the place of X, the panels of which are always copied to `scratch`: so
 * `inner` is at most 8192.
 */
export function productByLists(
  transposed: bool,
  c: usize, cStride: i32, x: usize, xStride: i32, inner: i32, list: usize, listStep: i32,
  m: i32, columns: i32, sign: i32, alpha: usize, beta: usize, scratch: usize,
): void {
  const factor = alphaOf(sign, alpha);
  const kept = betaOf(beta);
  const cStep = <usize>cStride << 2;
  const xStep = xStride << 2;
  const skips = beta == ACCUMULATE;
  const room = SCRATCH_BYTES / ((inner + 3) << 4);
  const packs = transposed || (columns >= MANY && room >= PANEL_VECTORS);
  const reads = beta != OVERWRITE;
  const done = reads && inner <= FEW_COLUMNS ? 0 : productInBlocks(
    transposed, c, cStep, x, xStep, inner, list, listStep, m, columns, sign, alpha, beta, scratch,
  );
  c += <usize>done << 2;
  x += transposed ? <usize>(done * xStep) : <usize>done << 2;
  let rows = m - done;
  while (rows > 0) {
    const left = (rows + 3) >> 2;
    const most = reads ? revisedVectors(left, inner) : panelVectors(left);
    const vectors = transposed ? min(most, room) : most;
    let from = x;
    let step = xStep;
    if (packs) {
      if (transposed) packColumns(scratch, x, xStep, vectors, rows, inner);
      else if (wide) packRowsByPairs(scratch, x, xStep, vectors, inner);
      else packRows(scratch, x, xStep, vectors, inner);
      from = scratch;
      step = vectors << 4;
    }
    if (reads) revise(vectors, c, cStep, from, step, list, listStep, columns, factor, kept, skips);
    else overwrite(vectors, c, cStep, from, step, list, listStep, columns, factor, kept);
    c += <usize>vectors << 4;
    x += transposed ? <usize>(4 * vectors * xStep) : <usize>vectors << 4;
    rows -= 4 * vectors;
  }
}
