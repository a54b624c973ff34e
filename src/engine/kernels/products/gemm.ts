/**
 * Dense products C(m×n) ← βC + αAB and βC + αAᵀB, blocked as in Goto and van de Geijn, "Anatomy of
 * High-Performance Matrix Multiplication" (ACM TOMS 34(3), 2008): a block of B is packed for the
 * level-2 cache, a panel of A for the level-1 cache, and tiles of C stay in registers.
 *
 * The blocks of k depend on k alone and are added one after another, so an element of C has the same
 * bits however rows (in multiples of 4) or columns are split among calls.
 */
import { ACCUMULATE, OVERWRITE, alphaOf, betaOf, keepLoads, update } from "../operands";
import { packColumns, packPairs, packRows, packRowsByPairs, packTriples } from "./pack";
import { TILE_BYTES, TILE_VECTORS, tilePair, tileSingle } from "./tile";
import { TILE_256_HEIGHT, columnsOf, updateTile, vectorsOf, writeTile } from "./tile256";
import { wide } from "../width";

/** Steps of k in a block: a panel of A is then at most 24 KiB. A multiple of 4. */
const BLOCK_STEPS: i32 = 256;

/** Columns in a block: packed B is then about 128 KiB, which leaves room for C in the cache. */
const BLOCK_COLUMNS: i32 = 128;
const BLOCK_COLUMNS_256: i32 = 132;

const PANEL_BYTES: i32 = TILE_256_HEIGHT * BLOCK_STEPS;

/** Bytes of scratch memory that a product may use. */
export const SCRATCH_BYTES: i32 =
  TILE_BYTES + PANEL_BYTES + 4 * BLOCK_STEPS * BLOCK_COLUMNS_256;

/** Columns of B for which packing A costs more than it saves. */
const FEW_COLUMNS: i32 = 16;

/** Bytes between columns of A, or a multiple of them, with which they compete for the same lines of the level-1 cache. */
const COMPETING_BYTES: usize = 256;

/** Bytes of scratch memory that each concurrent call of a product needs. */
export function scratchBytes(): i32 {
  return SCRATCH_BYTES;
}

/** The length of the next block of k: equal parts, rounded up to multiples of 4. */
// @ts-ignore: decorator
@inline
function blockSteps(k: i32): i32 {
  const blocks = (k + BLOCK_STEPS - 1) / BLOCK_STEPS;
  return blocks <= 1 ? k : ((k + blocks - 1) / blocks + 3) & ~3;
}

/**
 * Has `height` bytes of C loaded that a tile will be added to: they arrive while its sums are computed, for which the
 * processor does not look far enough ahead.
 */
// @ts-ignore: decorator
@inline
function touch(c: usize, height: usize): i32 {
  return load<i32>(c) | load<i32>(c + height - 4);
}

/**
 * All tiles of one panel: C ← βC + αAB for `vectors`×4 rows and `columns` columns. A has `aStep` bytes per step of k.
 */
// @ts-ignore: decorator
@inline
function panel(
  vectors: i32, c: usize, cStep: usize, sums: usize, a: usize, aStep: usize, b: usize, columns: i32, k: i32,
  alphaValue: f32, betaValue: f32, reads: bool,
): void {
  const alpha = f32x4.splat(alphaValue);
  const beta = f32x4.splat(betaValue);
  const height = <usize>vectors << 4;
  let j = 0;
  let touched = 0;
  for (; j + 2 <= columns; j += 2) {
    if (reads) touched |= touch(c, height) | touch(c + cStep, height);
    tilePair(vectors, sums, a, aStep, b, k);
    let sum = sums;
    for (const end = c + height; c < end; c += 16, sum += 32) {
      update(c, v128.load(sum), alpha, beta, reads);
      update(c + cStep, v128.load(sum, 16), alpha, beta, reads);
    }
    c += 2 * cStep - height;
    b += <usize>k << 3;
  }
  if (j < columns) {
    tileSingle(vectors, sums, a, aStep, b, k);
    let sum = sums;
    for (const end = c + height; c < end; c += 16, sum += 16) {
      update(c, v128.load(sum), alpha, beta, reads);
    }
  }
  keepLoads(touched, columns);
}

/** The same by tiles of pairs of vectors. */
// @ts-ignore: decorator
@inline
function panelOfPairs(
  vectors: i32, c: usize, cStep: usize, a: usize, aStep: usize, b: usize, columns: i32, k: i32,
  alpha: f32, beta: f32, reads: bool,
): void {
  const height = <usize>vectors << 4;
  let touched = 0;
  let width = 0;
  for (let left = columns; left > 0; left -= width) {
    width = columnsOf(left);
    if (reads) {
      for (let i = 0; i < width; i++) touched |= touch(c + <usize>i * cStep, height);
      updateTile(vectors, width, c, cStep, a, aStep, b, k, alpha, beta);
    } else {
      writeTile(vectors, width, c, cStep, a, aStep, b, k, alpha);
    }
    c += <usize>width * cStep;
    b += <usize>(width * k) << 2;
  }
  keepLoads(touched, columns);
}

// @ts-ignore: decorator
@inline
function product(
  transposed: bool, pairs: bool,
  c: usize, cStride: i32, a: usize, aStride: i32, b: usize, bRow: i32, bColumn: i32,
  m: i32, n: i32, k: i32, sign: i32, alphaPointer: usize, betaMode: usize, scratch: usize,
): void {
  const alpha = alphaOf(sign, alphaPointer);
  const packedA = scratch + TILE_BYTES;
  const packedB = packedA + PANEL_BYTES;
  const cStep = <usize>cStride << 2;
  const aStep = <usize>aStride << 2;
  const rowStep = <usize>bRow << 2;
  const columnStep = <usize>bColumn << 2;
  const allVectors = (m + 3) >> 2;
  const steps = blockSteps(k);
  const block = pairs ? BLOCK_COLUMNS_256 : BLOCK_COLUMNS;
  const inPlace = !transposed && n <= FEW_COLUMNS && aStep % COMPETING_BYTES != 0;
  for (let j = 0; j < n; j += block) {
    const columns = min(block, n - j);
    let mode = betaMode;
    let l = 0;
    do {
      const length = min(steps, k - l);
      const beta = betaOf(mode);
      const reads = mode != OVERWRITE;
      const first = b + <usize>j * columnStep + <usize>l * rowStep;
      if (pairs) packTriples(packedB, first, rowStep, columnStep, columns, length);
      else packPairs(packedB, first, rowStep, columnStep, columns, length);
      let vectors = 0;
      for (let v = 0; v < allVectors; v += vectors) {
        vectors = pairs ? vectorsOf(allVectors - v) : min(TILE_VECTORS, allVectors - v);
        const row = <usize>v << 4;
        let panelOfA = packedA;
        let panelStep = <usize>vectors << 4;
        if (transposed) {
          const from = a + <usize>(4 * v) * aStep + (<usize>l << 2);
          packColumns(packedA, from, aStep, vectors, m - 4 * v, length);
        } else {
          const from = a + row + <usize>l * aStep;
          if (inPlace) {
            panelOfA = from;
            panelStep = aStep;
          } else if (pairs) packRowsByPairs(packedA, from, aStep, vectors, length);
          else packRows(packedA, from, aStep, vectors, length);
        }
        const to = c + row + <usize>j * cStep;
        if (pairs) {
          panelOfPairs(vectors, to, cStep, panelOfA, panelStep, packedB, columns, length, alpha, beta, reads);
        } else {
          panel(vectors, to, cStep, scratch, panelOfA, panelStep, packedB, columns, length, alpha, beta, reads);
        }
      }
      mode = ACCUMULATE;
      l += steps;
    } while (l < k);
  }
}

/** By one tile or the other, each in a function of its own. */
function withTiles(
  transposed: bool, c: usize, cStride: i32, a: usize, aStride: i32, b: usize, bRow: i32, bColumn: i32,
  m: i32, n: i32, k: i32, sign: i32, alpha: usize, beta: usize, scratch: usize,
): void {
  product(transposed, false, c, cStride, a, aStride, b, bRow, bColumn, m, n, k, sign, alpha, beta, scratch);
}

function withTilesOfPairs(
  transposed: bool, c: usize, cStride: i32, a: usize, aStride: i32, b: usize, bRow: i32, bColumn: i32,
  m: i32, n: i32, k: i32, sign: i32, alpha: usize, beta: usize, scratch: usize,
): void {
  product(transposed, true, c, cStride, a, aStride, b, bRow, bColumn, m, n, k, sign, alpha, beta, scratch);
}

/** C ← βC + αAB as in gemm, or βC + αAᵀB if `transposed`. */
export function denseProduct(
  transposed: bool, c: usize, cStride: i32, a: usize, aStride: i32, b: usize, bRow: i32, bColumn: i32,
  m: i32, n: i32, k: i32, sign: i32, alpha: usize, beta: usize, scratch: usize,
): void {
  if (wide) withTilesOfPairs(transposed, c, cStride, a, aStride, b, bRow, bColumn, m, n, k, sign, alpha, beta, scratch);
  else withTiles(transposed, c, cStride, a, aStride, b, bRow, bColumn, m, n, k, sign, alpha, beta, scratch);
}

/**
 * C ← βC + αAB with A(m×k) and element (i, j) of B at b + 4(i · bRow + j · bColumn), one of which is 1,
 * so the same kernel computes A·Bᵀ. α and β as in operands.ts.
 */
export function gemm(
  c: usize, cStride: i32, a: usize, aStride: i32, b: usize, bRow: i32, bColumn: i32,
  m: i32, n: i32, k: i32, sign: i32, alpha: usize, beta: usize, scratch: usize,
): void {
  denseProduct(false, c, cStride, a, aStride, b, bRow, bColumn, m, n, k, sign, alpha, beta, scratch);
}

/** C ← βC + αAᵀB with A(k×m) and B as in gemm. */
export function gemmTransposed(
  c: usize, cStride: i32, a: usize, aStride: i32, b: usize, bRow: i32, bColumn: i32,
  m: i32, n: i32, k: i32, sign: i32, alpha: usize, beta: usize, scratch: usize,
): void {
  denseProduct(true, c, cStride, a, aStride, b, bRow, bColumn, m, n, k, sign, alpha, beta, scratch);
}
