/** What instructions compute, and how it lies in the engine's memory. */
import type { Node } from "../autodiff/index.js";

/**
 * The forms that a node's value may take.
 *
 * - `matrix`: float32, column by column, each column padded to {@link strideOf} floats.
 * - `bytes`: one byte per element, column by column, without padding.
 * - `lists`: the non-zero elements of each column, as lists of (row, value), behind a table of their
 *   addresses; see kernels/lists.ts.
 * - `picked`: a table alone, which refers to some of the lists of another value.
 * - `rowLists`: as `lists`, but for each row, as lists of (column, value).
 */
export type Form = "matrix" | "bytes" | "lists" | "picked" | "rowLists";

/** A node's value in one of its forms. */
export interface Value {
  readonly node: Node;
  readonly form: Form;
}

/** Where a value lies. */
export interface Place {
  /** In bytes from the start of the memory. */
  readonly address: number;
  /** From one column, or entry of a table, to the next, in bytes. */
  readonly step: number;
  /** How many columns, or lists, there are. */
  readonly count: number;
  /** Where the lists begin that a table refers to, if they are part of the value. */
  readonly lists: number;
  /** The first byte behind all of it. */
  readonly end: number;
}

/** What a value needs: a number of columns (or table entries) at a distance, and room for lists. */
export interface Extent {
  readonly step: number;
  readonly count: number;
  readonly listBytes: number;
}

/** Bytes of a list with room for so many entries. */
export type ListBytes = (capacity: number) => number;

/** Values start at multiples of this, the length of a cache line. */
export const ALIGNMENT = 64;

/** Kernels may read, but never use, some bytes behind the end of a value. */
const SLACK = 16;

export const FLOAT_BYTES = 4;
const ADDRESS_BYTES = 4;

/**
 * The floats from one column to the next: whole vectors of four. Where columns would lie a multiple
 * of 256 bytes apart, and so compete for a few sets of the cache, they are moved by a cache line.
 */
export function strideOf(rows: number): number {
  const stride = roundUp(rows, 4);
  return stride >= 256 && stride % 64 === 0 ? stride + 16 : stride;
}

export function extentOf({ node, form }: Value, listBytes: ListBytes): Extent {
  const [rows, columns] = node.shape;
  const table = (count: number, capacity: number) => ({
    step: ADDRESS_BYTES,
    count,
    listBytes: count * listBytes(capacity),
  });
  const extents: Readonly<Record<Form, () => Extent>> = {
    matrix: () => ({ step: FLOAT_BYTES * strideOf(rows), count: columns, listBytes: 0 }),
    bytes: () => ({ step: rows, count: columns, listBytes: 0 }),
    lists: () => table(columns, rows),
    picked: () => table(columns, 0),
    rowLists: () => table(rows, columns),
  };
  const extent = extents[form]();
  return form === "picked" ? { ...extent, listBytes: 0 } : extent;
}

/** The bytes that a value takes, from a multiple of {@link ALIGNMENT} to the next. */
export function bytesOf({ step, count, listBytes }: Extent): number {
  return roundUp(step * count + SLACK, ALIGNMENT) + roundUp(listBytes, ALIGNMENT);
}

export function placeAt(address: number, { step, count, listBytes }: Extent): Place {
  const lists = address + roundUp(step * count + SLACK, ALIGNMENT);
  return { address, step, count, lists, end: lists + listBytes };
}

export function roundUp(n: number, multiple: number): number {
  return Math.ceil(n / multiple) * multiple;
}
