/**
 * Sparse batches: the non-zero pixels of some images, once by sample and once by pixel.
 *
 * A list is a header of 8 bytes whose first four hold the number of entries, then the entries: an
 * index (i32) and a value (f32). A list that is not empty ends with a terminator that is not counted,
 * the last index again with the value 0, so that entries can be taken in pairs. Kernels find the lists
 * through a table of their addresses (u32). The lists of a whole data set can be made once, one right
 * behind the other; a batch is then a table of a few of them. Lists that are refilled lie at fixed
 * distances with room for every possible entry, so that threads can fill them independently.
 */
import { indexAt } from "./gather";

export const HEADER: usize = 8;
export const ENTRY: usize = 8;

/** Bytes of a cache line. */
const LINE: usize = 64;

/** Bytes of one list with room for `capacity` entries. */
export function listBytes(capacity: i32): i32 {
  return <i32>HEADER + (capacity + 1) * <i32>ENTRY;
}

/** The list at a position of a table. */
// @ts-ignore: decorator
@inline
export function listAt(table: usize, position: i32): usize {
  return <usize>load<u32>(table + (<usize>position << 2));
}

/** A table of `count` empty lists for up to `capacity` entries each, one behind the other from `lists`. */
export function placeLists(table: usize, lists: usize, capacity: i32, count: i32): void {
  const bytes = <usize>listBytes(capacity);
  for (let t = 0; t < count; t++, lists += bytes) {
    store<u32>(table + (<usize>t << 2), <u32>lists);
    store<i32>(lists, 0);
  }
}

/**
 * The lists of a batch: table[c] ← all[index[c]]. The lists lie anywhere in memory, so each of their
 * cache lines is touched here, where the processor can wait for many of them at once; the products
 * that read them one after the other would wait for each.
 */
export function pickLists(table: usize, all: usize, index: usize, count: i32): void {
  for (let c = 0; c < count; c++) {
    store<u32>(table + (<usize>c << 2), <u32>listAt(all, <i32>indexAt(index, c)));
  }
  let touched = 0;
  for (let c = 0; c < count; c++) {
    const list = listAt(table, c);
    const end = list + HEADER + <usize>load<i32>(list) * ENTRY;
    for (let line = list + LINE; line < end; line += LINE) touched |= load<i32>(line);
  }
  // Never true, which the compiler cannot know: it would leave out loads that nothing depends on.
  if (touched == -1 && count < 0) unreachable();
}

/** The terminator of a non-empty list whose last index is `index`. */
// @ts-ignore: decorator
@inline
function terminate(entry: usize, index: i32): void {
  store<i64>(entry, <i64>index);
}

/** One bit per non-zero byte of the next 16. */
// @ts-ignore: decorator
@inline
function nonZero16(bytes: usize): u64 {
  const zero = i8x16.splat(0);
  return <u64>(i8x16.bitmask(i8x16.eq(v128.load(bytes), zero)) ^ 0xffff);
}

/** One bit per non-zero byte of the next `count` ≤ 64; reads whole groups of 16 bytes. */
// @ts-ignore: decorator
@inline
function nonZero(bytes: usize, count: i32): u64 {
  if (count >= 64) {
    return nonZero16(bytes) | (nonZero16(bytes + 16) << 16)
      | (nonZero16(bytes + 32) << 32) | (nonZero16(bytes + 48) << 48);
  }
  let mask: u64 = 0;
  for (let i = 0; i < count; i += 16) mask |= nonZero16(bytes + i) << i;
  return mask & ((<u64>1 << count) - 1);
}

/** The list of one image; returns the address behind its terminator. */
// @ts-ignore: decorator
@inline
function listImage(list: usize, image: usize, rows: i32): usize {
  const first = list + HEADER;
  let entry = first;
  for (let base = 0; base < rows; base += 64) {
    for (let mask = nonZero(image + base, rows - base); mask != 0; mask &= mask - 1) {
      const pixel = base + <i32>ctz(mask);
      store<i32>(entry, pixel);
      store<f32>(entry, <f32>load<u8>(image + pixel), 4);
      entry += ENTRY;
    }
  }
  const length = <i32>((entry - first) / ENTRY);
  if (length > 0) terminate(entry, load<i32>(entry - ENTRY));
  store<i32>(list, length);
  return entry + ENTRY;
}

/**
 * The lists of `count` images of bytes (each of `rows`, one behind the other) in their order, without
 * gaps from `lists`, and their table; entries are in ascending order. Up to 15 bytes behind the last
 * image are read but have no effect. Returns the address behind the last list, at most
 * 8 · (non-zero bytes + 2 · count) bytes further.
 */
export function listImages(table: usize, lists: usize, images: usize, rows: i32, count: i32): usize {
  for (let c = 0; c < count; c++, images += rows) {
    store<u32>(table + (<usize>c << 2), <u32>lists);
    lists = listImage(lists, images, rows);
  }
  return lists;
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
 * The lists by pixel, for the pixels from `start` to `end`: the samples in which the pixel is not
 * zero, in ascending order. `samples` is the table of the `count` samples, `pixels` that of the
 * pixels, placed for `count` entries each.
 */
export function listPixels(
  pixels: usize, samples: usize, count: i32, start: i32, end: i32,
): void {
  for (let p = start; p < end; p++) store<i32>(listAt(pixels, p), 0);
  for (let c = 0; c < count; c++) {
    const sample = listAt(samples, c);
    const first = sample + HEADER;
    const length = load<i32>(sample);
    const last = first + <usize>length * ENTRY;
    for (let entry = lowerBound(first, length, start); entry < last; entry += ENTRY) {
      const pixel = load<i32>(entry);
      if (pixel >= end) break;
      const list = listAt(pixels, pixel);
      const position = load<i32>(list);
      const to = list + HEADER + <usize>position * ENTRY;
      store<i32>(to, c);
      store<f32>(to, load<f32>(entry, 4), 4);
      terminate(to + ENTRY, c);
      store<i32>(list, position + 1);
    }
  }
}
