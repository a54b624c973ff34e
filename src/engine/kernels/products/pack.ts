/**
 * Copies blocks of the factors into the order in which a tile reads them: for every step of k the
 * vectors of A (or of Aᵀ), and the one to three floats of B.
 */
import { storePair } from "../operands";
import { store4x4 } from "../transpose";
import { columnsOf } from "./tile256";

/** `vectors`×4 rows of A (columns `step` bytes apart) for k steps. */
export function packRows(out: usize, a: usize, step: usize, vectors: i32, k: i32): void {
  const height = <usize>vectors << 4;
  for (let i = 0; i < k; i++, a += step) {
    const end = out + height;
    for (let from = a; out < end; out += 16, from += 16) v128.store(out, v128.load(from));
  }
}

/** The same two vectors at a time, which is faster where V8 merges them, and slower elsewhere. */
export function packRowsByPairs(out: usize, a: usize, step: usize, vectors: i32, k: i32): void {
  const height = <usize>vectors << 4;
  for (let i = 0; i < k; i++, a += step) {
    const end = out + height;
    let from = a;
    for (const last = end - 32; out <= last; out += 32, from += 32) {
      storePair(out, v128.load(from), v128.load(from, 16));
    }
    if (out < end) {
      v128.store(out, v128.load(from));
      out += 16;
    }
  }
}

/**
 * `rows` rows of Aᵀ, that is columns of A (`step` bytes apart), for k steps; `vectors`×4 ≥ rows.
 * Where there is no column left, the last one is repeated: those lanes only reach the padding of C.
 * Writes whole blocks of four steps.
 */
export function packColumns(
  out: usize, a: usize, step: usize, vectors: i32, rows: i32, k: i32,
): void {
  const height = <usize>vectors << 4;
  for (let v = 0; v < vectors; v++) {
    const last = rows - 1 - 4 * v;
    let to = out + (<usize>v << 4);
    let a0 = a + <usize>(4 * v) * step;
    const offset1 = <usize>min(1, last) * step;
    const offset2 = <usize>min(2, last) * step;
    const offset3 = <usize>min(3, last) * step;
    for (let i = 0; i < k; i += 4, a0 += 16, to += 4 * height) {
      store4x4(
        to, height,
        v128.load(a0), v128.load(a0 + offset1), v128.load(a0 + offset2), v128.load(a0 + offset3),
      );
    }
  }
}

/** One pair of contiguous columns of B interleaved; returns the address behind it. */
// @ts-ignore: decorator
@inline
function interleave(out: usize, b0: usize, b1: usize, k: i32): usize {
  let left = k;
  for (; left >= 4; left -= 4, b0 += 16, b1 += 16, out += 32) {
    const x0 = v128.load(b0);
    const x1 = v128.load(b1);
    v128.store(out, v128.shuffle<f32>(x0, x1, 0, 4, 1, 5));
    v128.store(out, v128.shuffle<f32>(x0, x1, 2, 6, 3, 7), 16);
  }
  for (; left > 0; left--, b0 += 4, b1 += 4, out += 8) {
    store<f32>(out, load<f32>(b0));
    store<f32>(out, load<f32>(b1), 4);
  }
  return out;
}

/**
 * Pairs of columns of B, each k steps of two floats; an odd last column as k single floats. Either a
 * column of B is contiguous, or a row is.
 */
export function packPairs(
  out: usize, b: usize, rowStep: usize, columnStep: usize, columns: i32, k: i32,
): void {
  let c = 0;
  for (; c + 2 <= columns; c += 2, b += 2 * columnStep) {
    if (rowStep == 4) {
      out = interleave(out, b, b + columnStep, k);
      continue;
    }
    // Of Bᵀ the two elements are neighbours.
    const end = out + (<usize>k << 3);
    for (let p = b; out < end; out += 8, p += rowStep) store<u64>(out, load<u64>(p));
  }
  if (c < columns) {
    const end = out + (<usize>k << 2);
    for (let p = b; out < end; out += 4, p += rowStep) store<f32>(out, load<f32>(p));
  }
}

/** Three contiguous columns of B interleaved; returns the address behind them. */
// @ts-ignore: decorator
@inline
function interleaveThree(out: usize, b0: usize, b1: usize, b2: usize, k: i32): usize {
  let left = k;
  for (; left >= 4; left -= 4, b0 += 16, b1 += 16, b2 += 16, out += 48) {
    const x2 = v128.load(b2);
    const low = v128.shuffle<f32>(v128.load(b0), v128.load(b1), 0, 4, 1, 5);
    const high = v128.shuffle<f32>(v128.load(b0), v128.load(b1), 2, 6, 3, 7);
    v128.store(out, v128.shuffle<f32>(low, x2, 0, 1, 4, 2));
    v128.store(out, v128.shuffle<f32>(v128.shuffle<f32>(low, x2, 3, 5, 3, 5), high, 0, 1, 4, 5), 16);
    v128.store(out, v128.shuffle<f32>(high, x2, 6, 2, 3, 7), 32);
  }
  for (; left > 0; left--, b0 += 4, b1 += 4, b2 += 4, out += 12) {
    store<f32>(out, load<f32>(b0));
    store<f32>(out, load<f32>(b1), 4);
    store<f32>(out, load<f32>(b2), 8);
  }
  return out;
}

/** Columns of B as the tiles of pairs take them: by three, and what is left by two or one. */
export function packTriples(
  out: usize, b: usize, rowStep: usize, columnStep: usize, columns: i32, k: i32,
): void {
  let c = 0;
  for (; columnsOf(columns - c) == 3; c += 3, b += 3 * columnStep) {
    if (rowStep == 4) {
      out = interleaveThree(out, b, b + columnStep, b + 2 * columnStep, k);
      continue;
    }
    const end = out + <usize>k * 12;
    for (let p = b; out < end; out += 12, p += rowStep) {
      store<u64>(out, load<u64>(p));
      store<f32>(out, load<f32>(p, 8), 8);
    }
  }
  packPairs(out, b, rowStep, columnStep, columns - c, k);
}
