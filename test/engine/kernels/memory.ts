/** The kernels over a memory of their own, and matrices in it whose padding is NaN. */
import { expect } from "vitest";
import { instantiate, kernelModule, type Simd } from "../../../src/engine/runtime/kernels.js";
import { START } from "../../../src/engine/values.js";

type Kernel = (...args: (number | boolean)[]) => number;

const memory = new WebAssembly.Memory({ initial: 512, maximum: 512, shared: true });

type Kernels = Readonly<Record<string, Kernel>>;

/** In their shapes for 128 bits, and for 256. */
const shapes = {
  128: instantiate(kernelModule(), memory, 128) as unknown as Kernels,
  256: instantiate(kernelModule(), memory, 256) as unknown as Kernels,
};

export const kernels = shapes[128];
export const floats = new Float32Array(memory.buffer);
export const words = new Int32Array(memory.buffer);
export const bytes = new Uint8Array(memory.buffer);

/** float32's relative rounding error. */
export const EPSILON = 2 ** -24;

/** Around the widths of vectors, and of groups of them. */
export const SIZES = [1, 2, 3, 4, 5, 7, 8, 10, 12, 16, 17, 30, 33];

export function kernel(name: string, simd: Simd = 128): Kernel {
  const found = shapes[simd][name];
  if (found === undefined) throw new Error(`no kernel ${name}`);
  return found;
}

/** The same numbers in every run, from 0 to below 1. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const GUARD_BYTES = 64;
let free = START;

/** Forgets all that lies in memory. */
export function clear(): void {
  free = START;
}

/** The address of so many bytes, which others do not touch. */
export function reserve(length: number): number {
  const address = free;
  free += Math.ceil(length / 16) * 16 + GUARD_BYTES;
  if (free > memory.buffer.byteLength) throw new Error("the test needs more memory");
  return address;
}

/** A float in memory. */
export function scalar(value: number): number {
  const address = reserve(16);
  floats[address / 4] = value;
  return address;
}

export type Element = (row: number, column: number) => number;

/** A matrix in memory, NaN wherever it has no element: any influence of padding shows. */
export class Matrix {
  readonly address: number;
  /** From one column to the next, in floats. */
  readonly stride: number;
  readonly rows: number;
  readonly columns: number;

  constructor(rows: number, columns: number, element: Element) {
    this.rows = rows;
    this.columns = columns;
    this.stride = Math.ceil(rows / 4) * 4;
    const length = this.stride * columns;
    this.address = reserve(4 * length);
    const first = this.address / 4;
    floats.fill(Number.NaN, first, first + length);
    this.fill(element);
    // Nothing may be written behind the end.
    floats.fill(GUARD, first + length, first + length + GUARD_BYTES / 4);
  }

  /** From one column to the next, in bytes. */
  get step(): number {
    return 4 * this.stride;
  }

  at(row: number, column: number): number {
    return floats[this.address / 4 + column * this.stride + row] as number;
  }

  fill(element: Element): void {
    for (let c = 0; c < this.columns; c++) {
      for (let r = 0; r < this.rows; r++) {
        floats[this.address / 4 + c * this.stride + r] = element(r, c);
      }
    }
  }

  /** A copy of all elements, column by column. */
  elements(): Float32Array {
    const copy = new Float32Array(this.rows * this.columns);
    for (let i = 0; i < copy.length; i++) {
      copy[i] = this.at(i % this.rows, Math.floor(i / this.rows));
    }
    return copy;
  }

  restore(elements: Float32Array): void {
    this.fill((r, c) => elements[c * this.rows + r] as number);
  }
}

const GUARD = 7;

/** Each element within `tolerance` of what is expected, the same infinity, or NaN as well. */
export function expectElements(matrix: Matrix, expected: Element, tolerance = 0): void {
  const { rows, columns, stride, address } = matrix;
  for (let c = 0; c < columns; c++) {
    for (let r = 0; r < rows; r++) {
      const [actual, exact] = [matrix.at(r, c), expected(r, c)];
      if (actual === exact || Object.is(actual, exact)) continue;
      // Written so that NaN fails.
      if (Math.abs(actual - exact) <= tolerance) continue;
      expect.fail(`${rows}×${columns} at (${r}, ${c}): ${actual} instead of ${exact}`);
    }
  }
  const end = address / 4 + stride * columns;
  if (floats[end] !== GUARD) expect.fail(`${rows}×${columns}: something lies behind the end`);
}

/** The same bits. */
export function expectSameBits(actual: Float32Array, expected: Float32Array): void {
  const [a, b] = [actual, expected].map(({ buffer }) => Buffer.from(buffer as ArrayBuffer));
  if (!a?.equals(b as Buffer)) expect(actual).toEqual(expected);
}

/** The ways in which a product treats what its result held: the mode or address of β, and β. */
export const MODES: readonly { readonly beta: number; readonly mode: () => number }[] = [
  { beta: 0, mode: () => 0 },
  { beta: 1, mode: () => 1 },
  { beta: 0.75, mode: () => scalar(0.75) },
];

/** Lists that lie at a distance. */
export interface Lists {
  readonly address: number;
  readonly step: number;
}

/** Room for lists of so many entries each, in memory that held something else. */
export function lists(capacity: number, count: number): Lists {
  const step = kernel("listBytes")(capacity);
  const address = reserve(count * step);
  bytes.fill(255, address, address + count * step);
  return { address, step };
}

/** The lists of the columns of a matrix. */
export function listsOf({ address, stride, rows, columns }: Matrix): Lists {
  const all = lists(rows, columns);
  kernel("listColumns")(all.address, all.step, address, stride, rows, columns);
  return all;
}
