/** The bytes that a kernel call reads and writes, by what the kernels say about their parameters. */
import type { SingleCall } from "../../../src/engine/instructions.js";
import type { Place } from "../../../src/engine/values.js";

/** Bytes from `start` to before `end`. */
export type Range = readonly [start: number, end: number];

export interface Access {
  readonly reads: readonly Range[];
  readonly writes: readonly Range[];
}

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
export function accessOf(call: SingleCall, layout: Layout): Access {
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
  /** Columns of an elementwise operand. */
  const operand = (x: number, stride: number, splat: number, rows: number, count: number) =>
    matrix(x, stride, splat === 1 ? 1 : rows, count);

  switch (call.kernel) {
    case "add":
    case "subtract":
    case "multiply":
    case "divide":
    case "maximum":
    case "greater": {
      const { out, outStride, x1, stride1, splat1, x2, stride2, splat2, rows, count } = call.args;
      return {
        reads: [
          ...operand(x1, stride1, splat1, rows, count),
          ...operand(x2, stride2, splat2, rows, count),
        ],
        writes: operand(out, outStride, 0, rows, count),
      };
    }
    case "copy":
    case "negate":
    case "reciprocal":
    case "exp":
    case "log":
    case "sqrt":
    case "tanh":
    case "floor": {
      const { out, outStride, x, stride, splat, rows, count } = call.args;
      return {
        reads: operand(x, stride, splat, rows, count),
        writes: operand(out, outStride, 0, rows, count),
      };
    }
    case "gatherColumns":
    case "gatherByteColumns": {
      const { out, outStride, x, index, rows, count } = call.args;
      return {
        reads: [...wholeOf(x), ...row(index, count)],
        writes: matrix(out, outStride, rows, count),
      };
    }
    case "listSamples": {
      const { lists: to, listStep, all, index, columns } = call.args;
      return {
        reads: [...wholeOf(all), ...row(index, columns)],
        writes: lists(to, listStep, 0, columns),
      };
    }
    case "listColumns": {
      const { lists: to, listStep, x, stride, rows, columns } = call.args;
      return { reads: matrix(x, stride, rows, columns), writes: lists(to, listStep, 0, columns) };
    }
    case "listPixels": {
      const { pixels, pixelStep, samples, sampleStep, count, start, end } = call.args;
      return {
        reads: lists(samples, sampleStep, 0, count),
        writes: lists(pixels, pixelStep, start, end),
      };
    }
    case "sparseProduct": {
      const { c, cStride, x, xStride, list, listStep, m, columns, alpha, beta } = call.args;
      const isFixed = around(x) !== undefined;
      return {
        reads: [
          ...(isFixed ? wholeOf(x) : matrix(x, xStride, m, layout.columns)),
          ...lists(list, listStep, 0, columns),
          ...factors(alpha, beta),
        ],
        writes: [...matrix(c, cStride, m, columns), ...scratch(call.args.scratch)],
      };
    }
    case "sparseOuter": {
      const { w, wStride, d, dStride, list, listStep, m, pixels, samples, alpha, beta } = call.args;
      return {
        reads: [
          ...matrix(d, dStride, m, samples),
          ...lists(list, listStep, 0, samples),
          ...factors(alpha, beta),
        ],
        writes: matrix(w, wStride, m, pixels),
      };
    }
    case "sparseAccumulate": {
      const { c, cStride, x, xStride, list, listStep, m, columns, alpha, beta } = call.args;
      return {
        reads: [
          ...matrix(x, xStride, m, layout.columns),
          ...lists(list, listStep, 0, columns),
          ...factors(alpha, beta),
        ],
        writes: matrix(c, cStride, m, columns),
      };
    }
    case "gemm":
    case "gemmTransposed":
    case "sparseOrDense": {
      const { c, cStride, a, aStride, b, bRow, bColumn, m, n, k, alpha, beta } = call.args;
      return {
        reads: [
          ...(call.kernel === "gemmTransposed" ||
          (call.kernel === "sparseOrDense" && call.args.transposed === 1)
            ? matrix(a, aStride, k, m)
            : matrix(a, aStride, m, k)),
          ...(bColumn === 1 ? floats(b, bRow, n, k) : floats(b, bColumn, k, n)),
          ...factors(alpha, beta),
          ...(call.kernel === "sparseOrDense"
            ? lists(call.args.lists, call.args.listStep, 0, call.args.columns)
            : []),
        ],
        writes: [...matrix(c, cStride, m, n), ...scratch(call.args.scratch)],
      };
    }
    case "sumRows":
    case "maxRows": {
      const { out, x, stride, m, n } = call.args;
      return { reads: matrix(x, stride, m, n), writes: row(out, n) };
    }
    case "sumColumns":
    case "maxColumns": {
      const { out, x, stride, m, n } = call.args;
      return { reads: matrix(x, stride, m, n), writes: matrix(out, 0, m, 1) };
    }
    case "sumAll":
    case "maxAll": {
      const { out, x, stride, m, n } = call.args;
      return { reads: matrix(x, stride, m, n), writes: scalar(out) };
    }
    default:
      throw new Error(`it is not known what ${call.kernel} reads and writes`);
  }
}
