/** Which kernel computes a product, and with what arguments. */
import { type Node, size } from "../../autodiff/index.js";
import type { Instruction, Read, Request } from "../instructions.js";
import { FLOAT_BYTES, type Place, type Value } from "../values.js";
import type { Product } from "./products.js";
import { byteBatch, mayHoldZeros } from "./zeros.js";

type PlaceOf = (value: Value) => Place;

/** How products are computed. */
export interface ProductKernels {
  /** Whether products skip the zeros of their second factor. */
  readonly sparse: boolean;
  /** The embedded kernels, or a native BLAS. */
  readonly dense: "embedded" | "blas";
}

/** C ← … does not read C; C ← C + …; otherwise β is read from its address (kernels/operands.ts). */
const OVERWRITE = 0;
const ACCUMULATE = 1;

/** α of 1 (kernels/operands.ts). */
const NO_FACTOR = 0;

/**
 * Below so many elements of δ, adding one outer product for each sample is faster than first listing
 * the samples of each pixel.
 */
const SMALL_GRADIENT = 3000;

/** Below this, lists do not pay: for few rows of C, for short sums, or to write A out for few columns. */
const LARGE = 64;

/** The instruction that computes `node` as this product. */
export function productInstruction(
  node: Node,
  product: Product,
  value: Request,
  kernels: ProductKernels,
): Instruction {
  const { a, b } = product;
  const isBatch = byteBatch(b.node) !== undefined && !a.transposed;
  if (kernels.sparse && isBatch) return withBatch(node, product, value);
  const [m, n] = node.shape;
  const lengths = [m, innerLength(product), ...(a.transposed ? [n] : [])];
  return kernels.sparse && lengths.every((length) => length >= LARGE) && mayHoldZeros(b.node)
    ? sparseOrDense(node, product, value)
    : dense(node, product, value, kernels.dense);
}

function withBatch(node: Node, product: Product, value: Request): Instruction {
  const { b } = product;
  if (!b.transposed) return overLists(node, product, value, "columnLists");
  return innerLength(product) * node.shape[0] < SMALL_GRADIENT
    ? outerProducts(node, product, value)
    : overLists(node, product, value, "rowLists");
}

/** How many terms each element of AB is the sum of. */
function innerLength({ a }: Product): number {
  return a.node.shape[a.transposed ? 0 : 1];
}

/** Where the rows or columns of C that a thread computes begin, and how many there are of both. */
function partOf({ shape: [m, n] }: Node, split: "rows" | "columns", from: number, to: number) {
  return split === "rows"
    ? { firstRow: from, firstColumn: 0, m: to - from, n }
    : { firstRow: 0, firstColumn: from, m, n: to - from };
}

/**
 * C ← βC + αAB or αABᵀ by lists, column t of C being a combination of the columns of A that list t names.
 * Of a large batch each thread has some rows of A, and needs no others; else some columns of C.
 */
function overLists(
  node: Node,
  product: Product,
  value: Request,
  form: "columnLists" | "rowLists",
): Instruction {
  const [left, lists] = [value(product.a.node), value(product.b.node, form)];
  const split = form === "columnLists" && node.shape[1] >= LARGE ? "rows" : "columns";
  return {
    ...common(node, product, value, [
      { value: left, part: "all" },
      { value: lists, part: split === "rows" ? "all" : "same" },
    ]),
    kernel: "sparseProduct",
    split,
    args(placeOf, { from, to, scratch }) {
      const [c, x, list] = [placeOf(value(node)), placeOf(left), placeOf(lists)];
      const { firstRow, firstColumn, m, n } = partOf(node, split, from, to);
      const skip = firstRow * FLOAT_BYTES;
      return [
        ...[c.address + firstColumn * c.step + skip, floats(c)],
        ...[x.address + skip, floats(x), x.count],
        ...[list.address + firstColumn * list.step, list.step, m, n],
        ...factors(product, value, placeOf),
        scratch,
      ];
    },
  };
}

/** C ← βC + αABᵀ as a sum of outer products, one for each sample. */
function outerProducts(node: Node, product: Product, value: Request): Instruction {
  const [left, lists] = [value(product.a.node), value(product.b.node, "columnLists")];
  const [pixels, samples] = product.b.node.shape;
  return {
    ...common(node, product, value, [
      { value: left, part: "all" },
      { value: lists, part: "all" },
    ]),
    kernel: "sparseOuter",
    split: "rows",
    args(placeOf, { from, to }) {
      const [c, d, list] = [placeOf(value(node)), placeOf(left), placeOf(lists)];
      const skip = from * FLOAT_BYTES;
      return [
        ...[c.address + skip, floats(c), d.address + skip, floats(d)],
        ...[list.address, list.step, to - from, pixels, samples],
        ...factors(product, value, placeOf),
      ];
    },
  };
}

/**
 * Every thread packs what it needs of A and B. So the larger side of C is divided, for it is the
 * operand along the other side that all threads then pack.
 */
function dense(
  node: Node,
  product: Product,
  value: Request,
  kernels: ProductKernels["dense"],
): Instruction {
  const { a, b } = product;
  const [left, right] = [value(a.node), value(b.node)];
  const k = innerLength(product);
  const kernel = a.transposed ? "gemmTransposed" : "gemm";
  const split = node.shape[0] > node.shape[1] ? "rows" : "columns";
  return {
    ...common(node, product, value, [
      { value: left, part: "all" },
      { value: right, part: b.transposed || split === "rows" ? "all" : "same" },
    ]),
    kernel: kernels === "blas" ? "sgemm" : kernel,
    split,
    args(placeOf, { from, to, scratch }) {
      const [c, x1, x2] = [placeOf(value(node)), placeOf(left), placeOf(right)];
      const { firstRow, firstColumn, m, n } = partOf(node, split, from, to);
      const [row, column] = b.transposed ? [floats(x2), 1] : [1, floats(x2)];
      const out = [
        ...[c.address + firstColumn * c.step + firstRow * FLOAT_BYTES, floats(c)],
        ...[x1.address + firstRow * (a.transposed ? x1.step : FLOAT_BYTES), floats(x1)],
        x2.address + firstColumn * column * FLOAT_BYTES,
      ];
      const scale = factors(product, value, placeOf);
      return kernels === "blas"
        ? [...out, floats(x2), Number(a.transposed), Number(b.transposed), m, n, k, ...scale]
        : [...out, row, column, m, n, k, ...scale, scratch];
    },
  };
}

/**
 * A dense product that goes through lists of B's columns in steps in which these have few elements. Lists
 * want A as it is, so that a transposed one is written out.
 */
function sparseOrDense(node: Node, product: Product, value: Request): Instruction {
  const { a, b } = product;
  const straight = { ...product, a: { ...a, node: a.whole, transposed: false } };
  const instruction = dense(node, straight, value, "embedded");
  const lists = value(b.node, b.transposed ? "rowLists" : "columnLists");
  return {
    ...instruction,
    kernel: "sparseOrDense",
    reads: [...instruction.reads, { value: lists, part: "all" }],
    args(placeOf, share) {
      const { address, step, count } = placeOf(lists);
      const first = instruction.split === "columns" ? share.from : 0;
      return [...instruction.args(placeOf, share), address, step, count, first];
    },
  };
}

function common(node: Node, product: Product, value: Request, operands: readonly Read[]) {
  const { alpha, beta, base } = product;
  const scalars = [alpha, beta].filter((scalar) => scalar !== undefined);
  return {
    result: value(node),
    reads: [
      ...operands,
      ...scalars.map((scalar): Read => ({ value: value(scalar), part: "all" })),
      ...(base === undefined ? [] : [{ value: value(base), part: "same" } as const]),
    ],
    overwritable: [],
    ...(base === undefined ? {} : { base: value(base) }),
    flops: 2 * innerLength(product) * size(node.shape),
  };
}

/** sign, the address of α, and the mode or address of β: the last arguments of all products. */
function factors({ sign, alpha, base, beta }: Product, value: Request, placeOf: PlaceOf): number[] {
  const addressOf = (scalar: Node) => placeOf(value(scalar)).address;
  const accumulate = beta === undefined ? ACCUMULATE : addressOf(beta);
  return [
    sign,
    alpha === undefined ? NO_FACTOR : addressOf(alpha),
    base === undefined ? OVERWRITE : accumulate,
  ];
}

function floats({ step }: Place): number {
  return step / FLOAT_BYTES;
}
