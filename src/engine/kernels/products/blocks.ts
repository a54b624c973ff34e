/**
 * Products by lists, 64 rows at a time. One block of X after another stays in the level-1 cache while all lists go
 * through it; between two blocks the sums wait in memory. As the indices in a list ascend, its terms are still summed
 * in its order, and the bits are those of sparse.ts.
 *
 * A block that many lists use is packed first, so that its columns lie side by side; few would use too little of it.
 *
 * Only where V8 merges pairs of vectors: unmerged, sixteen sums would not fit in the registers.
 */
import { SCRATCH_BYTES } from "./gemm";
import { ENTRY, HEADER } from "../lists";
import { ACCUMULATE, OVERWRITE, alphaOf, betaOf, storePair, updatePair } from "../operands";
import { packColumns, packRowsByPairs } from "./pack";
import { wide } from "../width";

/** With fewer lists than this, columns of X are used so seldom that it does not pay to pack them. */
export const MANY: i32 = 32;

/** With fewer lists than this, or fewer panels, it does not pay to find the blocks either. */
const FEW_LISTS: i32 = 8;
const FEW_PANELS: i32 = 3;

/** Vectors of four rows in a panel of X. */
const VECTORS: i32 = 16;

/** Bytes of one column of a panel, if it is packed. */
const HEIGHT: i32 = 256;

/** Columns of X in a block, which then has 28 KiB. A multiple of 4. */
const BLOCK: i32 = 112;

/**
 * Where the entries of each block begin, and those of the last end: a row of addresses for each, one for each list.
 * The terminator of a list of odd length is an entry like the others, as it is in sparse.ts.
 */
function findBlocks(table: usize, inner: i32, list: usize, listStep: i32, columns: i32): void {
  const row = <usize>columns << 2;
  for (let t = 0; t < columns; t++, list += listStep, table += 4) {
    let entry = list + HEADER;
    const end = entry + <usize>((load<i32>(list) + 1) & ~1) * ENTRY;
    let to = table;
    for (let from = 0; from < inner; from += BLOCK, to += row) {
      // Four at a time, where none of them is of this block.
      while (entry + 4 * ENTRY <= end && load<i32>(entry, 3 * ENTRY) < from) entry += 4 * ENTRY;
      while (entry < end && load<i32>(entry) < from) entry += ENTRY;
      store<usize>(to, entry);
    }
    store<usize>(to, end);
  }
}

/** T ← S + XL for the rows of a panel, one block of X, and what the lists have of it. T may be S. */
// @ts-ignore: decorator
@inline
function add(t: usize, s: usize, sStep: usize, x: usize, xStep: i32, from: usize, columns: i32): void {
  const row = <usize>columns << 2;
  for (const end = from + row; from < end; from += 4, t += HEIGHT, s += sStep) {
    let s0 = v128.load(s), s1 = v128.load(s, 16), s2 = v128.load(s, 32), s3 = v128.load(s, 48);
    let s4 = v128.load(s, 64), s5 = v128.load(s, 80), s6 = v128.load(s, 96), s7 = v128.load(s, 112);
    let s8 = v128.load(s, 128), s9 = v128.load(s, 144), s10 = v128.load(s, 160), s11 = v128.load(s, 176);
    let s12 = v128.load(s, 192), s13 = v128.load(s, 208), s14 = v128.load(s, 224), s15 = v128.load(s, 240);
    let entry = load<usize>(from) - ENTRY;
    const last = load<usize>(from + row) - ENTRY;
    while (entry < last) {
      entry += ENTRY;
      const p = x + <usize>(load<i32>(entry) * xStep);
      const v = v128.load32_splat(entry, 4);
      s15 = f32x4.add(s15, f32x4.mul(v128.load(p, 240), v));
      s14 = f32x4.add(s14, f32x4.mul(v128.load(p, 224), v));
      s13 = f32x4.add(s13, f32x4.mul(v128.load(p, 208), v));
      s12 = f32x4.add(s12, f32x4.mul(v128.load(p, 192), v));
      s11 = f32x4.add(s11, f32x4.mul(v128.load(p, 176), v));
      s10 = f32x4.add(s10, f32x4.mul(v128.load(p, 160), v));
      s9 = f32x4.add(s9, f32x4.mul(v128.load(p, 144), v));
      s8 = f32x4.add(s8, f32x4.mul(v128.load(p, 128), v));
      s7 = f32x4.add(s7, f32x4.mul(v128.load(p, 112), v));
      s6 = f32x4.add(s6, f32x4.mul(v128.load(p, 96), v));
      s5 = f32x4.add(s5, f32x4.mul(v128.load(p, 80), v));
      s4 = f32x4.add(s4, f32x4.mul(v128.load(p, 64), v));
      s3 = f32x4.add(s3, f32x4.mul(v128.load(p, 48), v));
      s2 = f32x4.add(s2, f32x4.mul(v128.load(p, 32), v));
      s1 = f32x4.add(s1, f32x4.mul(v128.load(p, 16), v));
      s0 = f32x4.add(s0, f32x4.mul(v128.load(p), v));
    }
    storePair(t, s0, s1);
    storePair(t + 32, s2, s3);
    storePair(t + 64, s4, s5);
    storePair(t + 96, s6, s7);
    storePair(t + 128, s8, s9);
    storePair(t + 160, s10, s11);
    storePair(t + 192, s12, s13);
    storePair(t + 224, s14, s15);
  }
}

// Not inlined, as panels.ts exports them.

export function addBlock(
  t: usize, s: usize, sStep: usize, x: usize, xStep: i32, from: usize, columns: i32,
): void {
  add(t, s, sStep, x, xStep, from, columns);
}

/** The same for a packed X. The constant distance between its columns makes this up to 9% faster. */
export function addPacked(t: usize, s: usize, sStep: usize, x: usize, from: usize, columns: i32): void {
  add(t, s, sStep, x, HEIGHT, from, columns);
}

/** C ← βC + αS for the rows of a panel. With ACCUMULATE a column with an empty list is not touched. */
function finish(
  c: usize, cStep: usize, s: usize, list: usize, listStep: i32, columns: i32, sign: i32, alpha: usize, beta: usize,
): void {
  const factor = f32x4.splat(alphaOf(sign, alpha));
  const kept = f32x4.splat(betaOf(beta));
  for (let t = 0; t < columns; t++, c += cStep, s += HEIGHT, list += listStep) {
    if (beta == ACCUMULATE && load<i32>(list) == 0) continue;
    for (let at: usize = 0; at < <usize>HEIGHT; at += 32) {
      updatePair(c + at, v128.load(s + at), v128.load(s + at, 16), factor, kept, beta != OVERWRITE);
    }
  }
}

/**
 * C ← βC + αXL for as many panels as there are in m rows; returns their rows. The others are left to
 * productByLists of sparse.ts, whose parameters these are, with steps in the place of strides. It is 0 where
 * blocks are of no use, or `scratch` has no room for the sums and the table.
 */
export function productInBlocks(
  transposed: bool,
  c: usize, cStep: usize, x: usize, xStep: usize, inner: i32, list: usize, listStep: i32,
  m: i32, columns: i32, sign: i32, alpha: usize, beta: usize, scratch: usize,
): i32 {
  const row = <usize>columns << 2;
  const zeros = scratch + <usize>(BLOCK * HEIGHT);
  const sums = zeros + HEIGHT;
  const table = sums + <usize>(columns * HEIGHT);
  const blocks = (inner + BLOCK - 1) / BLOCK;
  const panels = m / (4 * VECTORS);
  const room = SCRATCH_BYTES - <i32>(table - scratch);
  if (!wide || columns < FEW_LISTS || panels < FEW_PANELS || (blocks + 1) * <i32>row > room) return 0;
  const packs = transposed || columns >= MANY;
  memory.fill(zeros, 0, HEIGHT);
  findBlocks(table, inner, list, listStep, columns);
  const next: usize = transposed ? <usize>(4 * VECTORS) * xStep : HEIGHT;
  for (let panel = 0; panel < panels; panel++, c += HEIGHT, x += next) {
    let from = table;
    for (let first = 0; first < inner; first += BLOCK, from += row) {
      const before = first == 0 ? zeros : sums;
      const step: usize = first == 0 ? 0 : HEIGHT;
      if (packs) {
        const steps = min(BLOCK, inner - first);
        if (transposed) packColumns(scratch, x + (<usize>first << 2), xStep, VECTORS, 4 * VECTORS, steps);
        else packRowsByPairs(scratch, x + <usize>first * xStep, xStep, VECTORS, steps);
        // Where column 0 of X would be, as from there the indices in the lists count.
        addPacked(sums, before, step, scratch - <usize>(first * HEIGHT), from, columns);
      } else {
        addBlock(sums, before, step, x, <i32>xStep, from, columns);
      }
    }
    finish(c, cStep, sums, list, listStep, columns, sign, alpha, beta);
  }
  return 4 * VECTORS * panels;
}
