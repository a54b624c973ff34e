/**
 * What the kernels make of fixed inputs, of sizes that are no multiples of anything. V8 calls its merging
 * of vectors experimental: so kernels for 256 bits are only used if they make the same of them as those
 * for 128.
 */
import { sha256 } from "#platform";
import { ACCUMULATE, type KernelCall, NO_FACTOR, OVERWRITE } from "../signatures.js";
import { FLOAT_BYTES } from "../values.js";
import { embeddedLinker, type Kernels } from "./kernels.js";

/** SHA-256 of all results. It only changes with the cases below, as no kernel's results ever do. */
export const EXPECTED = "508f739913b7335304257c05ea83ff1658680996483e1479c3fe53d0d8348c3a";

/** Bytes of memory for each operand and result; the second operand has twice as many. */
const AREA = 2 ** 16;
const [factor, extremes, x1, x2, lists, out, scratch] = [
  AREA / 4,
  AREA / 2,
  AREA,
  2 * AREA,
  4 * AREA,
  5 * AREA,
  6 * AREA,
];

/** Bytes of memory that the check needs, the last of them for products. */
export const CHECK_BYTES = 13 * AREA;

/** Enough lists for products in blocks to pack these (kernels/products/blocks.ts), and enough for blocks. */
const SAMPLES = 33;
const FEW_SAMPLES = 11;
const INNER = 21;
const LIST_BYTES = 8 * 25;

/** More columns than the level-1 cache holds of a panel: products that add to a matrix have blocks, too. */
const LONG = 129;
const LONG_BYTES = 8 * 140;

/** Rows for which tiles have every number of vectors that there is, and columns for which they have one to three. */
const ROWS = [3, 9, 14, 30, 33, 45];
const COLUMNS = [1, 5];

/** In products whose zeros are skipped, panels have up to nine, twelve, sixteen, 24 or 25 vectors. */
const PANEL_ROWS = [2, 7, 11, 15, 19, 22, 26, 31, 35, 50, 71, 95, 98, 103];

/** Enough of them for blocks, and some more. */
const TALL = 199;
const MODES = [OVERWRITE, ACCUMULATE, factor];
const SPLATS = [0, 1];

/** Where a kernel may take a short cut, or have to do with zeros of either sign. */
const EXTREMES = [0, -0, Infinity, -Infinity, 1e-45, -1e-45, 3e38, -3e38, 88.8, -103.9, 0.3, -0.3];

const UNARY = ["copy", "negate", "reciprocal", "exp", "sqrt", "log", "tanh", "floor"] as const;
const BINARY = ["add", "subtract", "multiply", "divide", "maximum", "greater"] as const;

const padded = (rows: number) => 4 * Math.ceil(rows / 4);

/** A call, and how many floats it writes at `out` at most. */
type Case = readonly [KernelCall, number];

function* cases(): Generator<Case> {
  yield* elementwise();
  yield* reductions();
  yield* denseProducts();
  yield* sparseProducts();
  yield* longSparseProducts();
}

function* elementwise(): Generator<Case> {
  const [rows, count] = [23, 3];
  const stride = padded(rows);
  const floats = stride * count;
  const common = { out, outStride: stride, rows, count };
  for (const kernel of UNARY) {
    for (const splat of SPLATS) {
      yield [{ kernel, args: { ...common, x: x2, stride, splat } }, floats];
    }
  }
  for (const kernel of ["exp", "tanh"] as const) {
    yield [{ kernel, args: { ...common, x: extremes, stride, splat: 0 } }, floats];
    yield [{ kernel, args: { ...common, x: x1, stride, splat: 0 } }, floats];
  }
  for (const kernel of ["maximum", "greater"] as const) {
    const operands = { x1: extremes, stride1: 4, splat1: 0, x2: extremes, stride2: 0, splat2: 0 };
    yield [{ kernel, args: { ...common, ...operands } }, floats];
  }
  for (const kernel of BINARY) {
    for (const splat1 of SPLATS) {
      for (const splat2 of SPLATS) {
        const operands = { x1, stride1: stride, splat1, x2, stride2: stride, splat2 };
        yield [{ kernel, args: { ...common, ...operands } }, floats];
      }
    }
  }
}

function* reductions(): Generator<Case> {
  const [m, n] = [27, 5];
  const args = { out, x: x1, stride: padded(m), m, n };
  for (const kernel of [
    "sumRows",
    "sumColumns",
    "sumAll",
    "maxRows",
    "maxColumns",
    "maxAll",
  ] as const) {
    yield [{ kernel, args }, padded(m)];
  }
}

function* denseProducts(): Generator<Case> {
  const sizes = ROWS.flatMap((m) => COLUMNS.map((n) => ({ m, n, k: 9 })));
  const all = [...sizes, { m: 33, n: 19, k: 9 }, { m: 13, n: 7, k: 261 }];
  for (const [c, { m, n, k, beta }] of all
    .flatMap((size) => MODES.map((beta) => ({ ...size, beta })))
    .entries()) {
    const product = {
      ...{ c: out, cStride: padded(m), a: x1, b: x2, m, n, k, scratch },
      ...{ sign: -1, alpha: c % 2 ? factor : NO_FACTOR, beta },
    };
    const straight = { bRow: 1, bColumn: padded(k) };
    const turned = { bRow: padded(n), bColumn: 1 };
    const floats = padded(m) * n;
    yield [{ kernel: "gemm", args: { ...product, ...straight, aStride: padded(m) } }, floats];
    yield [{ kernel: "gemm", args: { ...product, ...turned, aStride: padded(m) } }, floats];
    yield [
      { kernel: "gemmTransposed", args: { ...product, ...straight, aStride: padded(k) } },
      floats,
    ];
  }
}

function* sparseProducts(): Generator<Case> {
  const given = { x: x1, stride: 24, rows: INNER, columns: SAMPLES };
  yield [{ kernel: "listColumns", args: { ...given, lists, listStep: LIST_BYTES } }, 0];
  for (const m of PANEL_ROWS) {
    for (const beta of MODES) {
      const common = { list: lists, listStep: LIST_BYTES, m, sign: -1, alpha: factor, beta };
      const product = {
        c: out,
        cStride: padded(m),
        x: x2,
        xStride: padded(m),
        inner: INNER,
        scratch,
      };
      for (const columns of [SAMPLES, FEW_SAMPLES]) {
        const args = { ...common, ...product, columns };
        yield [{ kernel: "sparseProduct", args }, padded(m) * columns];
      }
      const outer = { w: out, wStride: padded(m), d: x2, dStride: padded(m) };
      yield [
        { kernel: "sparseOuter", args: { ...common, ...outer, pixels: INNER, samples: SAMPLES } },
        padded(m) * INNER,
      ];
      yield [
        { kernel: "sparseAccumulate", args: { ...common, ...product, columns: SAMPLES } },
        padded(m) * SAMPLES,
      ];
    }
  }
}

function* longSparseProducts(): Generator<Case> {
  const given = { x: x1, stride: padded(LONG), rows: LONG, columns: SAMPLES };
  yield [{ kernel: "listColumns", args: { ...given, lists, listStep: LONG_BYTES } }, 0];
  const m = TALL;
  for (const beta of MODES) {
    for (const columns of [SAMPLES, FEW_SAMPLES]) {
      const args = {
        ...{ c: out, cStride: padded(m), x: x2, xStride: padded(m), inner: LONG, m, scratch },
        ...{ list: lists, listStep: LONG_BYTES, columns },
        ...{ sign: -1, alpha: factor, beta },
      };
      yield [{ kernel: "sparseProduct", args }, padded(m) * columns];
    }
  }
}

/** The digest of all results. The kernels are over a memory of at least {@link CHECK_BYTES}. */
export function digestOfResults(kernels: Kernels, { buffer }: WebAssembly.Memory): string {
  const floats = new Float32Array(buffer);
  const linker = embeddedLinker(kernels);
  const fill = () => {
    let state = 1;
    const next = () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 2 ** 32;
    };
    for (let i = 0; i < AREA / FLOAT_BYTES; i++) {
      floats[x1 / FLOAT_BYTES + i] = Math.min(0, 9 * next() - 6) + Math.max(0, 9 * next() - 6);
      // Positive, as it is divided by, and has logarithms.
      floats[x2 / FLOAT_BYTES + i] = next();
      floats[(x2 + AREA) / FLOAT_BYTES + i] = next();
      floats[out / FLOAT_BYTES + i] = next();
    }
    floats[factor / FLOAT_BYTES] = 0.75;
    for (let i = 0; i < 96; i++) {
      floats[extremes / FLOAT_BYTES + i] = EXTREMES[i % EXTREMES.length] as number;
    }
  };
  function* results(): Generator<ArrayBufferView> {
    fill();
    for (const [call, count] of cases()) {
      const { target, args } = linker(call);
      target(...args);
      yield floats.slice(out / FLOAT_BYTES, out / FLOAT_BYTES + count);
    }
  }
  // Once to have them optimised: the first call of each is of code that is not.
  for (const _ of results());
  return sha256(results());
}

/** Times that a product is computed by each: the shortest of them is hardly disturbed by anything else. */
const TIMES = 40;

/** The milliseconds that each of these kernels takes for a dense product. They take turns. */
export function timesOfProduct(contestants: readonly Kernels[]): number[] {
  const [m, n, k] = [48, 24, 128];
  const strides = { cStride: m, aStride: m, bRow: 1, bColumn: k };
  const values = { c: out, a: x1, b: x2, sign: 1, alpha: NO_FACTOR, beta: OVERWRITE, scratch };
  const call = { kernel: "gemm", args: { ...values, ...strides, m, n, k } } as const;
  const best = contestants.map(() => Number.POSITIVE_INFINITY);
  for (let time = 0; time < TIMES; time++) {
    for (const [i, kernels] of contestants.entries()) {
      const { target, args } = embeddedLinker(kernels)(call);
      const start = performance.now();
      target(...args);
      best[i] = Math.min(best[i] as number, performance.now() - start);
    }
  }
  return best;
}
