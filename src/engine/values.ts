/** What instructions compute, and how it lies in the engine's memory. */
import type { Node } from "../autodiff/index.js";

/**
 * The forms that a node's value may take.
 *
 * - `matrix`: float32, column by column, each column padded to {@link strideOf} floats.
 * - `bytes`: one byte per element, column by column, without padding.
 * - `lists`: the non-zero elements of each column, as compact lists of (row, value) behind a table of
 *   their addresses; see kernels/lists.ts.
 * - `columnLists`: the same as lists that are quick to use, each with room for all elements.
 * - `rowLists`: as `columnLists`, but for each row, as lists of (column, value).
 */
export type Form = "matrix" | "bytes" | "lists" | "columnLists" | "rowLists";

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
  /** Where the lists begin that a table refers to. */
  readonly lists: number;
  /** The first byte behind all of it. */
  readonly end: number;
}

/** What a value needs: columns, lists, or entries of a table at a distance. */
export interface Extent {
  readonly step: number;
  readonly count: number;
  /** Bytes of what a table refers to. */
  readonly referred: number;
}

/** Bytes of a list with room for so many entries. */
export interface ListBytes {
  readonly compact: (capacity: number) => number;
  readonly quick: (capacity: number) => number;
}

/** Values start at multiples of this, the length of a cache line. */
export const ALIGNMENT = 64;

/** The first byte that the engine uses. Before it lie the constants of the kernels, written when they are instantiated. */
export const START = 4096;

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
  const extents: Readonly<Record<Form, () => Extent>> = {
    matrix: () => ({ step: FLOAT_BYTES * strideOf(rows), count: columns, referred: 0 }),
    bytes: () => ({ step: rows, count: columns, referred: 0 }),
    lists: () => ({
      step: ADDRESS_BYTES,
      count: columns,
      referred: columns * listBytes.compact(rows),
    }),
    columnLists: () => ({ step: listBytes.quick(rows), count: columns, referred: 0 }),
    rowLists: () => ({ step: listBytes.quick(columns), count: rows, referred: 0 }),
  };
  return extents[form]();
}

/** The bytes that a value takes, from a multiple of {@link ALIGNMENT} to the next. */
export function bytesOf({ step, count, referred }: Extent): number {
  return roundUp(step * count + SLACK, ALIGNMENT) + roundUp(referred, ALIGNMENT);
}

export function placeAt(address: number, { step, count, referred }: Extent): Place {
  const lists = address + roundUp(step * count + SLACK, ALIGNMENT);
  return { address, step, count, lists, end: lists + referred };
}

/** From one column to the next, in floats. */
export function floatsOf({ step }: Place): number {
  return step / FLOAT_BYTES;
}

export function roundUp(n: number, multiple: number): number {
  return Math.ceil(n / multiple) * multiple;
}
