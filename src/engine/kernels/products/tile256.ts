/**
 * The tile of a dense product where V8 computes with pairs of vectors: up to 24 rows × 3 columns.
 *
 * V8 can merge two 128-bit operations into a 256-bit one if they end in two adjacent stores. So
 * vectors come in pairs, and the sums are stored column after column; nine sums of 256 bits, three
 * splats of B, one pair of A and one product are in registers. In the same loop as in tile.ts, every
 * element is Σₖ aₖbₖ summed in the order of k: the bits are the same.
 */
import { storePair } from "../operands";

/** Vectors of four rows in the tallest tile. */
export const TILE_256_VECTORS: i32 = 6;

/** Columns of the widest tile. */
export const TILE_256_COLUMNS: i32 = 3;

/** Bytes of the sums of the largest tile. */
export const TILE_256_BYTES: i32 = TILE_256_VECTORS * TILE_256_COLUMNS * 16;

// @ts-ignore: decorator
@inline
function storeColumn(
  vectors: i32, to: usize, s0: v128, s1: v128, s2: v128, s3: v128, s4: v128, s5: v128,
): void {
  storePair(to, s0, s1);
  if (vectors > 2) storePair(to + 32, s2, s3);
  if (vectors > 4) storePair(to + 64, s4, s5);
}

/**
 * The sums of `vectors`×4 rows and `columns` columns, stored without gaps, column by column. A holds
 * `vectors` vectors and B `columns` floats per step of k, packed without gaps.
 */
// @ts-ignore: decorator
@inline
function tile(vectors: i32, columns: i32, sums: usize, a: usize, b: usize, k: i32): void {
  let c0 = f32x4.splat(0), c1 = c0, c2 = c0, c3 = c0, c4 = c0, c5 = c0;
  let d0 = c0, d1 = c0, d2 = c0, d3 = c0, d4 = c0, d5 = c0;
  let e0 = c0, e1 = c0, e2 = c0, e3 = c0, e4 = c0, e5 = c0;
  const aStep: usize = <usize>vectors << 4;
  const bStep: usize = <usize>columns << 2;
  a -= aStep;
  b -= bStep;
  const end = a + <usize>k * aStep;
  while (a < end) {
    a += aStep;
    b += bStep;
    const p = v128.load32_splat(b);
    const q = columns > 1 ? v128.load32_splat(b, 4) : p;
    const r = columns > 2 ? v128.load32_splat(b, 8) : p;
    const x0 = v128.load(a);
    c0 = f32x4.add(c0, f32x4.mul(x0, p));
    if (columns > 1) d0 = f32x4.add(d0, f32x4.mul(x0, q));
    if (columns > 2) e0 = f32x4.add(e0, f32x4.mul(x0, r));
    const x1 = v128.load(a, 16);
    c1 = f32x4.add(c1, f32x4.mul(x1, p));
    if (columns > 1) d1 = f32x4.add(d1, f32x4.mul(x1, q));
    if (columns > 2) e1 = f32x4.add(e1, f32x4.mul(x1, r));
    if (vectors > 2) {
      const x2 = v128.load(a, 32);
      c2 = f32x4.add(c2, f32x4.mul(x2, p));
      if (columns > 1) d2 = f32x4.add(d2, f32x4.mul(x2, q));
      if (columns > 2) e2 = f32x4.add(e2, f32x4.mul(x2, r));
      const x3 = v128.load(a, 48);
      c3 = f32x4.add(c3, f32x4.mul(x3, p));
      if (columns > 1) d3 = f32x4.add(d3, f32x4.mul(x3, q));
      if (columns > 2) e3 = f32x4.add(e3, f32x4.mul(x3, r));
    }
    if (vectors > 4) {
      const x4 = v128.load(a, 64);
      c4 = f32x4.add(c4, f32x4.mul(x4, p));
      if (columns > 1) d4 = f32x4.add(d4, f32x4.mul(x4, q));
      if (columns > 2) e4 = f32x4.add(e4, f32x4.mul(x4, r));
      const x5 = v128.load(a, 80);
      c5 = f32x4.add(c5, f32x4.mul(x5, p));
      if (columns > 1) d5 = f32x4.add(d5, f32x4.mul(x5, q));
      if (columns > 2) e5 = f32x4.add(e5, f32x4.mul(x5, r));
    }
  }
  storeColumn(vectors, sums, c0, c1, c2, c3, c4, c5);
  if (columns > 1) storeColumn(vectors, sums + aStep, d0, d1, d2, d3, d4, d5);
  if (columns > 2) storeColumn(vectors, sums + 2 * aStep, e0, e1, e2, e3, e4, e5);
}

function tile2x1(sums: usize, a: usize, b: usize, k: i32): void {
  tile(2, 1, sums, a, b, k);
}

function tile4x1(sums: usize, a: usize, b: usize, k: i32): void {
  tile(4, 1, sums, a, b, k);
}

function tile6x1(sums: usize, a: usize, b: usize, k: i32): void {
  tile(6, 1, sums, a, b, k);
}

function tile2x2(sums: usize, a: usize, b: usize, k: i32): void {
  tile(2, 2, sums, a, b, k);
}

function tile4x2(sums: usize, a: usize, b: usize, k: i32): void {
  tile(4, 2, sums, a, b, k);
}

function tile6x2(sums: usize, a: usize, b: usize, k: i32): void {
  tile(6, 2, sums, a, b, k);
}

function tile2x3(sums: usize, a: usize, b: usize, k: i32): void {
  tile(2, 3, sums, a, b, k);
}

function tile4x3(sums: usize, a: usize, b: usize, k: i32): void {
  tile(4, 3, sums, a, b, k);
}

function tile6x3(sums: usize, a: usize, b: usize, k: i32): void {
  tile(6, 3, sums, a, b, k);
}

/** The tile of 2, 4 or 6 vectors and 1 to 3 columns. */
export function tilePairs(vectors: i32, columns: i32, sums: usize, a: usize, b: usize, k: i32): void {
  switch ((columns << 2) + (vectors >> 1)) {
    case 5: return tile2x1(sums, a, b, k);
    case 6: return tile4x1(sums, a, b, k);
    case 7: return tile6x1(sums, a, b, k);
    case 9: return tile2x2(sums, a, b, k);
    case 10: return tile4x2(sums, a, b, k);
    case 11: return tile6x2(sums, a, b, k);
    case 13: return tile2x3(sums, a, b, k);
    case 14: return tile4x3(sums, a, b, k);
    case 15: return tile6x3(sums, a, b, k);
  }
}
