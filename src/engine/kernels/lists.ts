/**
 * Lists of the non-zero elements of matrices: of images, and of ReLU activations, one column
 * for each sample.
 *
 * Those of a whole data set of images are made once, when it is written, and are compact, as a step
 * waits for memory more than it computes: the number n of entries (i32), then n indices (u16), then n
 * values (u8), both filled up to whole groups of eight with the last index and the value 0. A table
 * (u32) has their addresses. An image of MNIST takes about 460 bytes instead of 784.
 *
 * Those of a batch are made anew in each step, by sample and by pixel or unit, and are quick to use: a
 * header of 8 bytes, the first four of which hold the number of entries, then the entries, an index
 * (i32) and a value (f32). A list that is not empty ends with a terminator that is not counted, the
 * last index again with the value 0, so that entries can be taken in pairs. These lists lie at a fixed
 * distance, with room for every possible entry.
 */
import { LINE, indexAt } from "./gather";
import { keepLoads } from "./operands";

/** Of a list of a batch. */
export const HEADER: usize = 8;
export const ENTRY: usize = 8;

/** The bits of an entry that are its value. */
const VALUE: u64 = 0xffffffff00000000;

/** Of a compact list. */
const COMPACT_HEADER: usize = 4;
const GROUP: i32 = 8;

/** Bytes of one list of a batch with room for `capacity` entries. */
export function listBytes(capacity: i32): i32 {
  return <i32>HEADER + groups(capacity + 1) * <i32>ENTRY;
}

/** Bytes of one compact list with room for `capacity` entries, and what may be written behind a short one. */
export function compactListBytes(capacity: i32): i32 {
  return <i32>COMPACT_HEADER + 3 * groups(capacity) + GROUP;
}

/** So many entries, filled up. */
// @ts-ignore: decorator
@inline
function groups(count: i32): i32 {
  return (count + GROUP - 1) & -GROUP;
}

/**
 * For each byte, the places of the bits that are 1, in ascending order. What is left of its eight has no meaning.
 * The kernels of another thread write them again while they are in use: each byte at once, as zeroFilledMemory of
 * asconfig.json leaves out a segment of zeros.
 */
const PLACES = memory.data(256 * GROUP);
for (let byte = 0; byte < 256; byte++) {
  let to = PLACES + <usize>(byte * GROUP);
  for (let bits = byte; bits != 0; bits &= bits - 1) store<u8>(to++, <u8>ctz(bits));
}

/** One bit per non-zero byte of the next `count`, or of the next 16 if these are fewer. */
// @ts-ignore: decorator
@inline
function nonZero(bytes: usize, count: i32): i32 {
  const bits = i8x16.bitmask(i8x16.eq(v128.load(bytes), i8x16.splat(0))) ^ 0xffff;
  return count >= 16 ? bits : bits & ((1 << count) - 1);
}

/** Writes the indices of the bits that are 1, eight at a time; returns the address behind those that count. */
// @ts-ignore: decorator
@inline
function place(to: usize, byte: i32, first: i32): usize {
  const places = v128.load8x8_u(PLACES + <usize>(byte * GROUP));
  v128.store(to, i16x8.add(i16x8.splat(<i16>first), places));
  return to + (<usize>popcnt(byte) << 1);
}

/** The compact list of one image; returns the address behind it. */
// @ts-ignore: decorator
@inline
function listImage(list: usize, image: usize, rows: i32): usize {
  const indices = list + COMPACT_HEADER;
  let to = indices;
  for (let row = 0; row < rows; row += 16) {
    const bits = nonZero(image + row, rows - row);
    to = place(to, bits & 0xff, row);
    to = place(to, bits >> 8, row + 8);
  }
  const count = <i32>((to - indices) >> 1);
  const filled = groups(count);
  const values = indices + (<usize>filled << 1);
  for (let i = 0; i < count; i++) {
    const pixel = load<u16>(indices + (<usize>i << 1));
    store<u8>(values + i, load<u8>(image + pixel));
  }
  for (let i = count; i < filled; i++, to += 2) {
    store<u16>(to, load<u16>(to - 2));
    store<u8>(values + i, 0);
  }
  store<i32>(list, count);
  return values + filled;
}

/**
 * The compact lists of `count` images of bytes (each of `rows` ≤ 65,536, one behind the other) in
 * their order, without gaps from `lists`, and their table; indices are in ascending order. Up to 15
 * bytes behind the last image are read but have no effect. Returns the address behind the last list.
 */
export function listImages(table: usize, lists: usize, images: usize, rows: i32, count: i32): usize {
  for (let c = 0; c < count; c++, images += rows) {
    store<u32>(table + (<usize>c << 2), <u32>lists);
    lists = listImage(lists, images, rows);
  }
  return lists;
}

/** Eight entries from their indices and values. */
// @ts-ignore: decorator
@inline
function expand(to: usize, indices: usize, values: usize): void {
  const i = v128.load(indices);
  const i0 = i32x4.extend_low_i16x8_u(i);
  const i1 = i32x4.extend_high_i16x8_u(i);
  const bytes = i16x8.extend_low_i8x16_u(v128.load64_zero(values));
  const v0 = f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(bytes));
  const v1 = f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(bytes));
  v128.store(to, v128.shuffle<i32>(i0, v0, 0, 4, 1, 5));
  v128.store(to, v128.shuffle<i32>(i0, v0, 2, 6, 3, 7), 16);
  v128.store(to, v128.shuffle<i32>(i1, v1, 0, 4, 1, 5), 32);
  v128.store(to, v128.shuffle<i32>(i1, v1, 2, 6, 3, 7), 48);
}

/** The compact list of the image that column c of a batch is. */
// @ts-ignore: decorator
@inline
function compactList(all: usize, n: i32, index: usize, c: i32): usize {
  return <usize>load<u32>(all + (indexAt(index, c, n) << 2));
}

/**
 * Looks at every cache line of the compact lists of a batch, which lie anywhere in memory: first where
 * they begin, then as far as they go. So the processor waits for many lines at once; whoever reads
 * the lists one after the other waits for each.
 */
// @ts-ignore: decorator
@inline
function touch(all: usize, n: i32, index: usize, columns: i32): void {
  let touched = 0;
  for (let c = 0; c < columns; c++) touched |= load<i32>(compactList(all, n, index, c));
  for (let c = 0; c < columns; c++) {
    const list = compactList(all, n, index, c);
    const end = list + COMPACT_HEADER + 3 * <usize>groups(load<i32>(list));
    for (let line = list + LINE; line < end; line += LINE) touched |= load<i32>(line);
  }
  keepLoads(touched, columns);
}

/**
 * The lists of a batch by sample, `listStep` bytes apart: that of column c is the list of the image index[c]
 * among the n compact ones that the table `all` refers to.
 */
export function listSamples(
  lists: usize, listStep: i32, all: usize, n: i32, index: usize, columns: i32,
): void {
  touch(all, n, index, columns);
  for (let c = 0; c < columns; c++, lists += listStep) {
    const compact = compactList(all, n, index, c);
    const count = load<i32>(compact);
    store<i32>(lists, count);
    let indices = compact + COMPACT_HEADER;
    let values = indices + (<usize>groups(count) << 1);
    let to = lists + HEADER;
    const behind = to + <usize>count * ENTRY;
    for (; to < behind; to += GROUP * <i32>ENTRY, indices += 2 * GROUP, values += GROUP) {
      expand(to, indices, values);
    }
    if (to == behind) terminate(behind);
  }
}

/** The terminator of a list, behind its entries; without any, it is an entry of index 0. */
// @ts-ignore: decorator
@inline
function terminate(behind: usize): void {
  store<i64>(behind, <i64>load<u32>(behind - ENTRY));
}

/** The lists of the columns of a matrix of floats, `listStep` bytes apart. NaN is no zero. */
export function listColumns(
  lists: usize, listStep: i32, x: usize, stride: i32, rows: i32, columns: i32,
): void {
  for (let c = 0; c < columns; c++, lists += listStep, x += <usize>stride << 2) {
    let to = lists + HEADER;
    let index = i32x4(0, 1, 2, 3);
    for (let r = 0; r < rows; r += 4) {
      const values = v128.load(x + (<usize>r << 2));
      const isRow: usize = rows - r >= 4 ? 15 : (1 << (rows - r)) - 1;
      const mask = <usize>i32x4.bitmask(f32x4.ne(values, f32x4.splat(0))) & isRow;
      const low = v128.shuffle<i32>(index, values, 0, 4, 1, 5);
      const high = v128.shuffle<i32>(index, values, 2, 6, 3, 7);
      // Each is written; it stays if the next does not take its place.
      v128.store64_lane(to, low, 0);
      to += (mask & 1) * ENTRY;
      v128.store64_lane(to, low, 1);
      to += ((mask >> 1) & 1) * ENTRY;
      v128.store64_lane(to, high, 0);
      to += ((mask >> 2) & 1) * ENTRY;
      v128.store64_lane(to, high, 1);
      to += (mask >> 3) * ENTRY;
      index = i32x4.add(index, i32x4.splat(4));
    }
    store<i32>(lists, <i32>((to - lists - HEADER) / ENTRY));
    terminate(to);
  }
}

/** The first entry of a list, sorted by index, whose index is at least `index`. */
// @ts-ignore: decorator
@inline
function lowerBound(first: usize, count: i32, index: i32): usize {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (load<i32>(first + <usize>middle * ENTRY) < index) low = middle + 1;
    else high = middle;
  }
  return first + <usize>low * ENTRY;
}

/**
 * The lists of a batch by pixel, `pixelStep` bytes apart from `pixels`, for the pixels from `start` to `end`:
 * the samples in which the pixel is not zero, in ascending order. The `count` lists by sample are
 * `sampleStep` bytes apart from `samples`.
 */
export function listPixels(
  pixels: usize, pixelStep: i32, samples: usize, sampleStep: i32, count: i32, start: i32, end: i32,
): void {
  for (let p = start; p < end; p++) store<i32>(pixels + <usize>(p * pixelStep), 0);
  for (let c: u32 = 0; c < <u32>count; c++, samples += sampleStep) {
    const first = samples + HEADER;
    const length = load<i32>(samples);
    const last = first + <usize>length * ENTRY;
    for (let at = lowerBound(first, length, start); at < last; at += ENTRY) {
      const entry = load<u64>(at);
      const pixel = <i32>entry;
      if (pixel >= end) break;
      const list = pixels + <usize>(pixel * pixelStep);
      const position = load<i32>(list);
      const to = list + HEADER + <usize>position * ENTRY;
      store<u64>(to, (entry & VALUE) | c);
      // The terminator, in the place of the next.
      store<u64>(to, c, ENTRY);
      store<i32>(list, position + 1);
    }
  }
}
