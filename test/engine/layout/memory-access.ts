/** The bytes that a kernel call reads and writes, by what the kernels say about their arguments. */
import type { Call } from "../../../src/engine/runtime/linking.js";
import type { Place } from "../../../src/engine/values.js";

/** Bytes from `start` to before `end`. */
export type Range = readonly [start: number, end: number];

export interface Access {
  readonly reads: readonly Range[];
  readonly writes: readonly Range[];
}

const BINARY = new Set(["add", "subtract", "multiply", "divide", "maximum", "greater"]);
const UNARY = new Set(["copy", "negate", "reciprocal", "exp", "log", "sqrt", "tanh", "floor"]);

/** Columns of floats, in whole vectors of four; `stride` in floats. */
const matrix = (address: number, stride: number, rows: number, count: number) =>
  Array.from({ length: count }, (_, c): Range => {
    const start = address + 4 * stride * c;
    return [start, start + 16 * Math.ceil(rows / 4)];
  });

/** Columns of floats without what fills the last vector. */
const floats = (address: number, stride: number, rows: number, count: number) =>
  matrix(address, stride, rows, count).map(([start]): Range => [start, start + 4 * rows]);

const scalar = (address: number): Range[] => [[address, address + 4]];

/** The operands α and β of products: addresses above the modes 0 and 1. */
const factors = (...addresses: number[]) =>
  addresses.flatMap((address) => (address > 1 ? scalar(address) : []));

/** What the arguments of calls leave open. */
export interface Layout {
  /** The places of variables and constants. */
  readonly fixed: readonly Place[];
  /** The columns of matrices without a fixed place that products with lists pick from. */
  readonly columns: number;
  /** Bytes of scratch memory of a product. */
  readonly scratchBytes: number;
}

/**
 * The access of a call. The lists of all images are left out, as nothing writes them; so is what is read
 * of padding, as it is never used.
 */
export function accessOf({ kernel, args }: NonNullable<Call>, layout: Layout): Access {
  const n = (k: number) => args.at(k) as number;
  const around = (address: number) =>
    layout.fixed.find((place) => place.address <= address && address < place.end);
  /** All of a variable or constant but its lists. */
  const wholeOf = (address: number): Range[] => {
    const place = around(address);
    return place === undefined ? [] : [[place.address, place.lists]];
  };
  /** Lists at a distance. */
  const lists = (address: number, step: number, from: number, to: number): Range[] => [
    [address + step * from, address + step * to],
  ];
  const scratch = (address: number): Range[] => [[address, address + layout.scratchBytes]];
  /** Element c of a row vector is a column of one element. */
  const row = (address: number, count: number) => matrix(address, 4, 1, count);
  const elementwise = (operands: readonly number[]): Access => {
    const [rows, count] = [n(-2), n(-1)];
    const columnsOf = (k: number, isSplat: boolean) =>
      matrix(n(k), n(k + 1) / 4, isSplat ? 1 : rows, count);
    return {
      reads: operands.flatMap((k) => columnsOf(k, n(k + 2) === 1)),
      writes: columnsOf(0, false),
    };
  };

  if (BINARY.has(kernel)) return elementwise([2, 5]);
  if (UNARY.has(kernel)) return elementwise([2]);
  switch (kernel) {
    case "gatherColumns":
      return {
        reads: [...wholeOf(n(2)), ...row(n(4), n(6))],
        writes: matrix(n(0), n(1), n(5), n(6)),
      };
    case "gatherByteColumns":
      return {
        reads: [...wholeOf(n(2)), ...factors(n(3)), ...row(n(4), n(6))],
        writes: matrix(n(0), n(1), n(5), n(6)),
      };
    case "listSamples":
      return {
        reads: [...wholeOf(n(2)), ...row(n(3), n(4))],
        writes: lists(n(0), n(1), 0, n(4)),
      };
    case "listColumns":
      return { reads: matrix(n(2), n(3), n(4), n(5)), writes: lists(n(0), n(1), 0, n(5)) };
    case "listPixels":
      return { reads: lists(n(2), n(3), 0, n(4)), writes: lists(n(0), n(1), n(5), n(6)) };
    case "sparseProduct": {
      const isFixed = around(n(2)) !== undefined;
      const x = isFixed ? wholeOf(n(2)) : matrix(n(2), n(3), n(7), layout.columns);
      return {
        reads: [...x, ...lists(n(5), n(6), 0, n(8)), ...factors(n(10), n(11))],
        writes: [...matrix(n(0), n(1), n(7), n(8)), ...scratch(n(12))],
      };
    }
    case "sparseOuter":
      return {
        reads: [
          ...matrix(n(2), n(3), n(6), n(8)),
          ...lists(n(4), n(5), 0, n(8)),
          ...factors(n(10), n(11)),
        ],
        writes: matrix(n(0), n(1), n(6), n(7)),
      };
    case "gemm":
    case "sparseOrDense":
    case "gemmTransposed": {
      const [m, count, k] = [n(7), n(8), n(9)];
      const isTransposed = n(6) === 1;
      return {
        reads: [
          ...(kernel === "gemmTransposed" ? matrix(n(2), n(3), k, m) : matrix(n(2), n(3), m, k)),
          ...(isTransposed ? floats(n(4), n(5), count, k) : floats(n(4), n(6), k, count)),
          ...factors(n(11), n(12)),
          ...(kernel === "sparseOrDense" ? lists(n(14), n(15), 0, n(16)) : []),
        ],
        writes: [...matrix(n(0), n(1), m, count), ...scratch(n(13))],
      };
    }
    case "sumRows":
    case "maxRows":
      return { reads: matrix(n(1), n(2), n(3), n(4)), writes: row(n(0), n(4)) };
    case "sumColumns":
    case "maxColumns":
      return { reads: matrix(n(1), n(2), n(3), n(4)), writes: matrix(n(0), 0, n(3), 1) };
    case "sumAll":
    case "maxAll":
      return { reads: matrix(n(1), n(2), n(3), n(4)), writes: scalar(n(0)) };
    default:
      throw new Error(`it is not known what ${kernel} reads and writes`);
  }
}
