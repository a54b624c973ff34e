/**
 * Columns picked by index: out[:, c] ← x[:, index[c]], and the adjoint of this. An index is a row
 * vector of floats, element c at byte 16c. Traps where it is no whole number from 0 to n - 1.
 */

import { keepLoads, storePair } from "./operands";

// @ts-ignore: decorator
@inline
export function indexAt(index: usize, c: i32, n: i32): usize {
  const element = load<f32>(index + (<usize>c << 4));
  const i = <i32>element;
  if (<u32>i >= <u32>n || <f32>i != element) unreachable();
  return <usize>i;
}

/** Columns of a matrix of floats, which has n. */
export function gatherColumns(
  out: usize, outStride: i32, x: usize, stride: i32, n: i32, index: usize, rows: i32, count: i32,
): void {
  for (let c = 0; c < count; c++) {
    const to = out + ((<usize>c * outStride) << 2);
    const from = x + ((indexAt(index, c, n) * stride) << 2);
    memory.copy(to, from, <usize>rows << 2);
  }
}

/** Eight whole numbers as floats. */
// @ts-ignore: decorator
@inline
function storeFloats(to: usize, words: v128): void {
  const low = f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(words));
  const high = f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(words));
  storePair(to, low, high);
}

/** Bytes of a cache line. */
export const LINE: usize = 64;

/**
 * Looks at every cache line of the columns that are picked, which lie anywhere in memory. So the
 * processor waits for many lines at once; whoever reads one column after the other waits for each.
 */
// @ts-ignore: decorator
@inline
function touch(x: usize, stride: i32, n: i32, index: usize, rows: i32, count: i32): void {
  let touched: i32 = 0;
  for (let c = 0; c < count; c++) {
    const from = x + indexAt(index, c, n) * stride;
    const end = from + rows;
    for (let line = from; line < end; line += LINE) touched |= load<u8>(line);
  }
  keepLoads(touched, rows);
}

/** Columns of a matrix of bytes, which has n, as floats. */
export function gatherByteColumns(
  out: usize, outStride: i32, x: usize, stride: i32, n: i32, index: usize, rows: i32, count: i32,
): void {
  touch(x, stride, n, index, rows, count);
  for (let c = 0; c < count; c++) {
    let to = out + ((<usize>c * outStride) << 2);
    let from = x + indexAt(index, c, n) * stride;
    const end = from + rows;
    for (; from + 16 <= end; from += 16, to += 64) {
      const all = v128.load(from);
      storeFloats(to, i16x8.extend_low_i8x16_u(all));
      storeFloats(to + 32, i16x8.extend_high_i8x16_u(all));
    }
    for (; from + 4 <= end; from += 4, to += 16) {
      const words = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(from)));
      v128.store(to, f32x4.convert_i32x4_s(words));
    }
    for (; from < end; from++, to += 4) store<f32>(to, <f32>load<u8>(from));
  }
}

/**
 * The adjoint of gatherColumns: out(rows×n) ← 0, then out[:, index[c]] += y[:, c] in the order of c.
 * To split the work, give ranges of rows that start at multiples of 4.
 */
export function scatterColumns(
  out: usize, outStride: i32, n: i32, y: usize, stride: i32, index: usize, rows: i32, count: i32,
): void {
  for (let c = 0; c < n; c++) {
    memory.fill(out + ((<usize>c * outStride) << 2), 0, <usize>rows << 2);
  }
  for (let c = 0; c < count; c++) {
    let to = out + ((indexAt(index, c, n) * outStride) << 2);
    let from = y + ((<usize>c * stride) << 2);
    const end = from + (<usize>rows << 2);
    for (; from < end; from += 16, to += 16) {
      v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
    }
  }
}
