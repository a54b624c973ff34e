/**
 * The inner loop of the dense products: one tile of AB, up to 20 rows × 2 columns, in registers.
 *
 * Five vectors by two columns is the largest tile that V8 keeps in its fifteen vector registers
 * (ten sums, two splats of B, one vector of A and one product); a single spilled sum costs
 * half of the speed. What keeps TurboFan from spilling is measured, not obvious: the loop is not
 * unrolled and nothing but plain stores follows it, or else it would load all of A before the first
 * product; the pointers advance before the loads, which saves a zero extension each. With the stores
 * in descending order, products take 5% longer.
 *
 * Every element is Σₖ aₖbₖ summed in the order of k, in whichever tile it falls.
 */

/** Vectors of four rows in the tallest tile. */
export const TILE_VECTORS: i32 = 5;

/** Bytes of the sums of the largest tile. */
export const TILE_BYTES: i32 = TILE_VECTORS * 2 * 16;

// @ts-ignore: decorator
@inline
function storeRow(columns: i32, sums: usize, row: i32, c: v128, d: v128): void {
  const to = sums + <usize>((row * columns) << 4);
  v128.store(to, c);
  if (columns > 1) v128.store(to, d, 16);
}

/**
 * The sums of `vectors`×4 rows and `columns` columns, stored without gaps, row vector by row vector.
 * A has its vectors side by side, `aStep` bytes from one step of k to the next; B holds `columns` floats
 * per step, without gaps.
 */
// @ts-ignore: decorator
@inline
function tile(vectors: i32, columns: i32, sums: usize, a: usize, aStep: usize, b: usize, k: i32): void {
  let c0 = f32x4.splat(0), c1 = c0, c2 = c0, c3 = c0, c4 = c0;
  let d0 = c0, d1 = c0, d2 = c0, d3 = c0, d4 = c0;
  const bStep: usize = <usize>columns << 2;
  a -= aStep;
  b -= bStep;
  const end = b + <usize>k * bStep;
  while (b < end) {
    a += aStep;
    b += bStep;
    const p = v128.load32_splat(b);
    const q = columns > 1 ? v128.load32_splat(b, 4) : p;
    const x0 = v128.load(a);
    c0 = f32x4.add(c0, f32x4.mul(x0, p));
    if (columns > 1) d0 = f32x4.add(d0, f32x4.mul(x0, q));
    if (vectors > 1) {
      const x1 = v128.load(a, 16);
      c1 = f32x4.add(c1, f32x4.mul(x1, p));
      if (columns > 1) d1 = f32x4.add(d1, f32x4.mul(x1, q));
    }
    if (vectors > 2) {
      const x2 = v128.load(a, 32);
      c2 = f32x4.add(c2, f32x4.mul(x2, p));
      if (columns > 1) d2 = f32x4.add(d2, f32x4.mul(x2, q));
    }
    if (vectors > 3) {
      const x3 = v128.load(a, 48);
      c3 = f32x4.add(c3, f32x4.mul(x3, p));
      if (columns > 1) d3 = f32x4.add(d3, f32x4.mul(x3, q));
    }
    if (vectors > 4) {
      const x4 = v128.load(a, 64);
      c4 = f32x4.add(c4, f32x4.mul(x4, p));
      if (columns > 1) d4 = f32x4.add(d4, f32x4.mul(x4, q));
    }
  }
  storeRow(columns, sums, 0, c0, d0);
  if (vectors > 1) storeRow(columns, sums, 1, c1, d1);
  if (vectors > 2) storeRow(columns, sums, 2, c2, d2);
  if (vectors > 3) storeRow(columns, sums, 3, c3, d3);
  if (vectors > 4) storeRow(columns, sums, 4, c4, d4);
}

function tile1x1(sums: usize, a: usize, aStep: usize, b: usize, k: i32): void {
  tile(1, 1, sums, a, aStep, b, k);
}

function tile1x2(sums: usize, a: usize, aStep: usize, b: usize, k: i32): void {
  tile(1, 2, sums, a, aStep, b, k);
}

function tile2x1(sums: usize, a: usize, aStep: usize, b: usize, k: i32): void {
  tile(2, 1, sums, a, aStep, b, k);
}

function tile2x2(sums: usize, a: usize, aStep: usize, b: usize, k: i32): void {
  tile(2, 2, sums, a, aStep, b, k);
}

function tile3x1(sums: usize, a: usize, aStep: usize, b: usize, k: i32): void {
  tile(3, 1, sums, a, aStep, b, k);
}

function tile3x2(sums: usize, a: usize, aStep: usize, b: usize, k: i32): void {
  tile(3, 2, sums, a, aStep, b, k);
}

function tile4x1(sums: usize, a: usize, aStep: usize, b: usize, k: i32): void {
  tile(4, 1, sums, a, aStep, b, k);
}

function tile4x2(sums: usize, a: usize, aStep: usize, b: usize, k: i32): void {
  tile(4, 2, sums, a, aStep, b, k);
}

function tile5x1(sums: usize, a: usize, aStep: usize, b: usize, k: i32): void {
  tile(5, 1, sums, a, aStep, b, k);
}

function tile5x2(sums: usize, a: usize, aStep: usize, b: usize, k: i32): void {
  tile(5, 2, sums, a, aStep, b, k);
}

/** The tile of two neighbouring columns; `vectors` is at most TILE_VECTORS. */
export function tilePair(vectors: i32, sums: usize, a: usize, aStep: usize, b: usize, k: i32): void {
  switch (vectors) {
    case 1: return tile1x2(sums, a, aStep, b, k);
    case 2: return tile2x2(sums, a, aStep, b, k);
    case 3: return tile3x2(sums, a, aStep, b, k);
    case 4: return tile4x2(sums, a, aStep, b, k);
    default: return tile5x2(sums, a, aStep, b, k);
  }
}

/** The tile of a single column, the last of an odd number. */
export function tileSingle(vectors: i32, sums: usize, a: usize, aStep: usize, b: usize, k: i32): void {
  switch (vectors) {
    case 1: return tile1x1(sums, a, aStep, b, k);
    case 2: return tile2x1(sums, a, aStep, b, k);
    case 3: return tile3x1(sums, a, aStep, b, k);
    case 4: return tile4x1(sums, a, aStep, b, k);
    default: return tile5x1(sums, a, aStep, b, k);
  }
}
