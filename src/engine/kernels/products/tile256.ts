/**
 * The tile of a dense product where V8 computes with pairs of vectors: up to 24 rows × 3 columns.
 *
 * V8 can merge two 128-bit operations into a 256-bit one if they end in two adjacent stores. So vectors come in
 * pairs, but for a single one that may be left; nine sums of 256 bits, three splats of B, one pair of A and one
 * product are in registers. The loop is that of tile.ts: every element is Σₖ aₖbₖ summed in the order of k, and the
 * bits are the same. A tile that reads C and one that overwrites it are functions of their own: if one function
 * chose, V8 would merge neither.
 */
import { update, updatePair } from "../operands";

/** Vectors of four rows in the tallest tile. */
const MOST_VECTORS: i32 = 6;

/** Columns of the widest tile. */
const MOST_COLUMNS: i32 = 3;

/** Bytes of A in a step of the tallest tile. */
export const TILE_256_HEIGHT: i32 = MOST_VECTORS * 16;

/** Vectors of the next tile of so many: in pairs, or the three of ten classes. */
// @ts-ignore: decorator
@inline
export function vectorsOf(left: i32): i32 {
  return left == 5 ? 3 : min(MOST_VECTORS, left);
}

/** Columns of the next tile of so many: twice two are faster than three and one. */
// @ts-ignore: decorator
@inline
export function columnsOf(left: i32): i32 {
  return left == MOST_COLUMNS + 1 ? 2 : min(MOST_COLUMNS, left);
}

// @ts-ignore: decorator
@inline
function updateColumn(
  reads: bool, vectors: i32, c: usize, s0: v128, s1: v128, s2: v128, s3: v128, s4: v128, s5: v128,
  alpha: v128, beta: v128,
): void {
  if (vectors > 1) updatePair(c, s0, s1, alpha, beta, reads);
  if (vectors > 3) updatePair(c + 32, s2, s3, alpha, beta, reads);
  if (vectors > 5) updatePair(c + 64, s4, s5, alpha, beta, reads);
  if (vectors == 1) update(c, s0, alpha, beta, reads);
  if (vectors == 3) update(c + 32, s2, alpha, beta, reads);
}

/**
 * `vectors`×4 rows and `columns` columns of C ← βC + αAB, or of C ← αAB unless it `reads` C. A has its vectors side by
 * side, `aStep` bytes from one step of k to the next; B holds `columns` floats per step, without gaps.
 */
// @ts-ignore: decorator
@inline
function tile(
  reads: bool, vectors: i32, columns: i32,
  c: usize, cStep: usize, a: usize, aStep: usize, b: usize, k: i32, alphaValue: f32, betaValue: f32,
): void {
  let c0 = f32x4.splat(0), c1 = c0, c2 = c0, c3 = c0, c4 = c0, c5 = c0;
  let d0 = c0, d1 = c0, d2 = c0, d3 = c0, d4 = c0, d5 = c0;
  let e0 = c0, e1 = c0, e2 = c0, e3 = c0, e4 = c0, e5 = c0;
  const bStep: usize = <usize>columns << 2;
  a -= aStep;
  b -= bStep;
  const end = b + <usize>k * bStep;
  while (b < end) {
    a += aStep;
    b += bStep;
    const p = v128.load32_splat(b);
    const q = columns > 1 ? v128.load32_splat(b, 4) : p;
    const r = columns > 2 ? v128.load32_splat(b, 8) : p;
    const x0 = v128.load(a);
    c0 = f32x4.add(c0, f32x4.mul(x0, p));
    if (columns > 1) d0 = f32x4.add(d0, f32x4.mul(x0, q));
    if (columns > 2) e0 = f32x4.add(e0, f32x4.mul(x0, r));
    if (vectors > 1) {
      const x1 = v128.load(a, 16);
      c1 = f32x4.add(c1, f32x4.mul(x1, p));
      if (columns > 1) d1 = f32x4.add(d1, f32x4.mul(x1, q));
      if (columns > 2) e1 = f32x4.add(e1, f32x4.mul(x1, r));
    }
    if (vectors > 2) {
      const x2 = v128.load(a, 32);
      c2 = f32x4.add(c2, f32x4.mul(x2, p));
      if (columns > 1) d2 = f32x4.add(d2, f32x4.mul(x2, q));
      if (columns > 2) e2 = f32x4.add(e2, f32x4.mul(x2, r));
    }
    if (vectors > 3) {
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
    }
    if (vectors > 5) {
      const x5 = v128.load(a, 80);
      c5 = f32x4.add(c5, f32x4.mul(x5, p));
      if (columns > 1) d5 = f32x4.add(d5, f32x4.mul(x5, q));
      if (columns > 2) e5 = f32x4.add(e5, f32x4.mul(x5, r));
    }
  }
  const alpha = f32x4.splat(alphaValue);
  const beta = f32x4.splat(betaValue);
  updateColumn(reads, vectors, c, c0, c1, c2, c3, c4, c5, alpha, beta);
  if (columns > 1) updateColumn(reads, vectors, c + cStep, d0, d1, d2, d3, d4, d5, alpha, beta);
  if (columns > 2) updateColumn(reads, vectors, c + 2 * cStep, e0, e1, e2, e3, e4, e5, alpha, beta);
}

function write1x1(c: usize, cStep: usize, a: usize, aStep: usize, b: usize, k: i32, alpha: f32): void {
  tile(false, 1, 1, c, cStep, a, aStep, b, k, alpha, 0);
}

function write2x1(c: usize, cStep: usize, a: usize, aStep: usize, b: usize, k: i32, alpha: f32): void {
  tile(false, 2, 1, c, cStep, a, aStep, b, k, alpha, 0);
}

function write3x1(c: usize, cStep: usize, a: usize, aStep: usize, b: usize, k: i32, alpha: f32): void {
  tile(false, 3, 1, c, cStep, a, aStep, b, k, alpha, 0);
}

function write4x1(c: usize, cStep: usize, a: usize, aStep: usize, b: usize, k: i32, alpha: f32): void {
  tile(false, 4, 1, c, cStep, a, aStep, b, k, alpha, 0);
}

function write6x1(c: usize, cStep: usize, a: usize, aStep: usize, b: usize, k: i32, alpha: f32): void {
  tile(false, 6, 1, c, cStep, a, aStep, b, k, alpha, 0);
}

function write1x2(c: usize, cStep: usize, a: usize, aStep: usize, b: usize, k: i32, alpha: f32): void {
  tile(false, 1, 2, c, cStep, a, aStep, b, k, alpha, 0);
}

function write2x2(c: usize, cStep: usize, a: usize, aStep: usize, b: usize, k: i32, alpha: f32): void {
  tile(false, 2, 2, c, cStep, a, aStep, b, k, alpha, 0);
}

function write3x2(c: usize, cStep: usize, a: usize, aStep: usize, b: usize, k: i32, alpha: f32): void {
  tile(false, 3, 2, c, cStep, a, aStep, b, k, alpha, 0);
}

function write4x2(c: usize, cStep: usize, a: usize, aStep: usize, b: usize, k: i32, alpha: f32): void {
  tile(false, 4, 2, c, cStep, a, aStep, b, k, alpha, 0);
}

function write6x2(c: usize, cStep: usize, a: usize, aStep: usize, b: usize, k: i32, alpha: f32): void {
  tile(false, 6, 2, c, cStep, a, aStep, b, k, alpha, 0);
}

function write1x3(c: usize, cStep: usize, a: usize, aStep: usize, b: usize, k: i32, alpha: f32): void {
  tile(false, 1, 3, c, cStep, a, aStep, b, k, alpha, 0);
}

function write2x3(c: usize, cStep: usize, a: usize, aStep: usize, b: usize, k: i32, alpha: f32): void {
  tile(false, 2, 3, c, cStep, a, aStep, b, k, alpha, 0);
}

function write3x3(c: usize, cStep: usize, a: usize, aStep: usize, b: usize, k: i32, alpha: f32): void {
  tile(false, 3, 3, c, cStep, a, aStep, b, k, alpha, 0);
}

function write4x3(c: usize, cStep: usize, a: usize, aStep: usize, b: usize, k: i32, alpha: f32): void {
  tile(false, 4, 3, c, cStep, a, aStep, b, k, alpha, 0);
}

function write6x3(c: usize, cStep: usize, a: usize, aStep: usize, b: usize, k: i32, alpha: f32): void {
  tile(false, 6, 3, c, cStep, a, aStep, b, k, alpha, 0);
}

function update1x1(c: usize, cStep: usize, a: usize, aStep: usize, b: usize, k: i32, alpha: f32, beta: f32): void {
  tile(true, 1, 1, c, cStep, a, aStep, b, k, alpha, beta);
}

function update2x1(c: usize, cStep: usize, a: usize, aStep: usize, b: usize, k: i32, alpha: f32, beta: f32): void {
  tile(true, 2, 1, c, cStep, a, aStep, b, k, alpha, beta);
}

function update3x1(c: usize, cStep: usize, a: usize, aStep: usize, b: usize, k: i32, alpha: f32, beta: f32): void {
  tile(true, 3, 1, c, cStep, a, aStep, b, k, alpha, beta);
}

function update4x1(c: usize, cStep: usize, a: usize, aStep: usize, b: usize, k: i32, alpha: f32, beta: f32): void {
  tile(true, 4, 1, c, cStep, a, aStep, b, k, alpha, beta);
}

function update6x1(c: usize, cStep: usize, a: usize, aStep: usize, b: usize, k: i32, alpha: f32, beta: f32): void {
  tile(true, 6, 1, c, cStep, a, aStep, b, k, alpha, beta);
}

function update1x2(c: usize, cStep: usize, a: usize, aStep: usize, b: usize, k: i32, alpha: f32, beta: f32): void {
  tile(true, 1, 2, c, cStep, a, aStep, b, k, alpha, beta);
}

function update2x2(c: usize, cStep: usize, a: usize, aStep: usize, b: usize, k: i32, alpha: f32, beta: f32): void {
  tile(true, 2, 2, c, cStep, a, aStep, b, k, alpha, beta);
}

function update3x2(c: usize, cStep: usize, a: usize, aStep: usize, b: usize, k: i32, alpha: f32, beta: f32): void {
  tile(true, 3, 2, c, cStep, a, aStep, b, k, alpha, beta);
}

function update4x2(c: usize, cStep: usize, a: usize, aStep: usize, b: usize, k: i32, alpha: f32, beta: f32): void {
  tile(true, 4, 2, c, cStep, a, aStep, b, k, alpha, beta);
}

function update6x2(c: usize, cStep: usize, a: usize, aStep: usize, b: usize, k: i32, alpha: f32, beta: f32): void {
  tile(true, 6, 2, c, cStep, a, aStep, b, k, alpha, beta);
}

function update1x3(c: usize, cStep: usize, a: usize, aStep: usize, b: usize, k: i32, alpha: f32, beta: f32): void {
  tile(true, 1, 3, c, cStep, a, aStep, b, k, alpha, beta);
}

function update2x3(c: usize, cStep: usize, a: usize, aStep: usize, b: usize, k: i32, alpha: f32, beta: f32): void {
  tile(true, 2, 3, c, cStep, a, aStep, b, k, alpha, beta);
}

function update3x3(c: usize, cStep: usize, a: usize, aStep: usize, b: usize, k: i32, alpha: f32, beta: f32): void {
  tile(true, 3, 3, c, cStep, a, aStep, b, k, alpha, beta);
}

function update4x3(c: usize, cStep: usize, a: usize, aStep: usize, b: usize, k: i32, alpha: f32, beta: f32): void {
  tile(true, 4, 3, c, cStep, a, aStep, b, k, alpha, beta);
}

function update6x3(c: usize, cStep: usize, a: usize, aStep: usize, b: usize, k: i32, alpha: f32, beta: f32): void {
  tile(true, 6, 3, c, cStep, a, aStep, b, k, alpha, beta);
}

/** C ← αAB for a tile of 1, 2, 3, 4 or 6 vectors and 1 to 3 columns. */
export function writeTile(
  vectors: i32, columns: i32, c: usize, cStep: usize, a: usize, aStep: usize, b: usize, k: i32, alpha: f32,
): void {
  switch ((columns << 3) + vectors) {
    case 9: return write1x1(c, cStep, a, aStep, b, k, alpha);
    case 10: return write2x1(c, cStep, a, aStep, b, k, alpha);
    case 11: return write3x1(c, cStep, a, aStep, b, k, alpha);
    case 12: return write4x1(c, cStep, a, aStep, b, k, alpha);
    case 14: return write6x1(c, cStep, a, aStep, b, k, alpha);
    case 17: return write1x2(c, cStep, a, aStep, b, k, alpha);
    case 18: return write2x2(c, cStep, a, aStep, b, k, alpha);
    case 19: return write3x2(c, cStep, a, aStep, b, k, alpha);
    case 20: return write4x2(c, cStep, a, aStep, b, k, alpha);
    case 22: return write6x2(c, cStep, a, aStep, b, k, alpha);
    case 25: return write1x3(c, cStep, a, aStep, b, k, alpha);
    case 26: return write2x3(c, cStep, a, aStep, b, k, alpha);
    case 27: return write3x3(c, cStep, a, aStep, b, k, alpha);
    case 28: return write4x3(c, cStep, a, aStep, b, k, alpha);
    case 30: return write6x3(c, cStep, a, aStep, b, k, alpha);
  }
}

/** C ← βC + αAB for such a tile. */
export function updateTile(
  vectors: i32, columns: i32, c: usize, cStep: usize, a: usize, aStep: usize, b: usize, k: i32, alpha: f32, beta: f32,
): void {
  switch ((columns << 3) + vectors) {
    case 9: return update1x1(c, cStep, a, aStep, b, k, alpha, beta);
    case 10: return update2x1(c, cStep, a, aStep, b, k, alpha, beta);
    case 11: return update3x1(c, cStep, a, aStep, b, k, alpha, beta);
    case 12: return update4x1(c, cStep, a, aStep, b, k, alpha, beta);
    case 14: return update6x1(c, cStep, a, aStep, b, k, alpha, beta);
    case 17: return update1x2(c, cStep, a, aStep, b, k, alpha, beta);
    case 18: return update2x2(c, cStep, a, aStep, b, k, alpha, beta);
    case 19: return update3x2(c, cStep, a, aStep, b, k, alpha, beta);
    case 20: return update4x2(c, cStep, a, aStep, b, k, alpha, beta);
    case 22: return update6x2(c, cStep, a, aStep, b, k, alpha, beta);
    case 25: return update1x3(c, cStep, a, aStep, b, k, alpha, beta);
    case 26: return update2x3(c, cStep, a, aStep, b, k, alpha, beta);
    case 27: return update3x3(c, cStep, a, aStep, b, k, alpha, beta);
    case 28: return update4x3(c, cStep, a, aStep, b, k, alpha, beta);
    case 30: return update6x3(c, cStep, a, aStep, b, k, alpha, beta);
  }
}
