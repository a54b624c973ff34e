/**
 * Dense products C(m×n) ← βC + αAB and βC + αAᵀB, blocked as in Goto and van de Geijn, "Anatomy of
 * High-Performance Matrix Multiplication" (ACM TOMS 34(3), 2008): a block of B is packed for the
 * level-2 cache, a panel of A for the level-1 cache, and tiles of C stay in registers.
 *
 * The blocks of k depend on k alone and are added one after another, so an element of C has the same
 * bits however rows (in multiples of 4) or columns are split among calls.
 */
import { ACCUMULATE, OVERWRITE, alphaOf, betaOf, update } from "./operands";
import { packColumns, packPairs, packRows } from "./pack";
import { TILE_BYTES, TILE_VECTORS, tilePair, tileSingle } from "./tile";

/** Steps of k in a block: a panel of A is then at most 20 KiB. A multiple of 4. */
const BLOCK_STEPS: i32 = 256;

/** Columns in a block: packed B is then at most 128 KiB, which leaves room for C in the cache. Even. */
const BLOCK_COLUMNS: i32 = 128;

const PANEL_BYTES: i32 = TILE_VECTORS * 16 * BLOCK_STEPS;

/** Bytes of scratch memory that a product may use. */
export const SCRATCH_BYTES: i32 = TILE_BYTES + PANEL_BYTES + 4 * BLOCK_STEPS * BLOCK_COLUMNS;

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

/** All tiles of one panel: C ← βC + αAB for `vectors`×4 rows and `columns` columns. */
// @ts-ignore: decorator
@inline
function panel(
  vectors: i32, c: usize, cStep: usize, sums: usize, a: usize, b: usize, columns: i32, k: i32,
  alpha: v128, beta: v128, reads: bool,
): void {
  const height = <usize>vectors << 4;
  let j = 0;
  for (; j + 2 <= columns; j += 2) {
    tilePair(vectors, sums, a, b, k);
    let sum = sums;
    for (const end = c + height; c < end; c += 16, sum += 32) {
      update(c, v128.load(sum), alpha, beta, reads);
      update(c + cStep, v128.load(sum, 16), alpha, beta, reads);
    }
    c += 2 * cStep - height;
    b += <usize>k << 3;
  }
  if (j < columns) {
    tileSingle(vectors, sums, a, b, k);
    let sum = sums;
    for (const end = c + height; c < end; c += 16, sum += 16) {
      update(c, v128.load(sum), alpha, beta, reads);
    }
  }
}

// @ts-ignore: decorator
@inline
function product(
  transposed: bool,
  c: usize, cStride: i32, a: usize, aStride: i32, b: usize, bRow: i32, bColumn: i32,
  m: i32, n: i32, k: i32, sign: i32, alphaPointer: usize, betaMode: usize, scratch: usize,
): void {
  const alpha = f32x4.splat(alphaOf(sign, alphaPointer));
  const packedA = scratch + TILE_BYTES;
  const packedB = packedA + PANEL_BYTES;
  const cStep = <usize>cStride << 2;
  const aStep = <usize>aStride << 2;
  const rowStep = <usize>bRow << 2;
  const columnStep = <usize>bColumn << 2;
  const allVectors = (m + 3) >> 2;
  const steps = blockSteps(k);
  for (let j = 0; j < n; j += BLOCK_COLUMNS) {
    const columns = min(BLOCK_COLUMNS, n - j);
    let mode = betaMode;
    let l = 0;
    do {
      const length = min(steps, k - l);
      const beta = f32x4.splat(betaOf(mode));
      const reads = mode != OVERWRITE;
      packPairs(
        packedB, b + <usize>j * columnStep + <usize>l * rowStep, rowStep, columnStep, columns, length,
      );
      for (let v = 0; v < allVectors; v += TILE_VECTORS) {
        const vectors = min(TILE_VECTORS, allVectors - v);
        const row = <usize>v << 4;
        if (transposed) {
          const from = a + <usize>(4 * v) * aStep + (<usize>l << 2);
          packColumns(packedA, from, aStep, vectors, m - 4 * v, length);
        } else {
          packRows(packedA, a + row + <usize>l * aStep, aStep, vectors, length);
        }
        const to = c + row + <usize>j * cStep;
        panel(vectors, to, cStep, scratch, packedA, packedB, columns, length, alpha, beta, reads);
      }
      mode = ACCUMULATE;
      l += steps;
    } while (l < k);
  }
}

/**
 * C ← βC + αAB with A(m×k) and element (i, j) of B at b + 4(i · bRow + j · bColumn), one of which is 1,
 * so the same kernel computes A·Bᵀ. Strides are in floats; α = sign · float at `alpha`; α and β as in
 * operands.ts.
 */
export function gemm(
  c: usize, cStride: i32, a: usize, aStride: i32, b: usize, bRow: i32, bColumn: i32,
  m: i32, n: i32, k: i32, sign: i32, alpha: usize, beta: usize, scratch: usize,
): void {
  product(false, c, cStride, a, aStride, b, bRow, bColumn, m, n, k, sign, alpha, beta, scratch);
}

/** C ← βC + αAᵀB with A(k×m) and B as in gemm. */
export function gemmTransposed(
  c: usize, cStride: i32, a: usize, aStride: i32, b: usize, bRow: i32, bColumn: i32,
  m: i32, n: i32, k: i32, sign: i32, alpha: usize, beta: usize, scratch: usize,
): void {
  product(true, c, cStride, a, aStride, b, bRow, bColumn, m, n, k, sign, alpha, beta, scratch);
}
