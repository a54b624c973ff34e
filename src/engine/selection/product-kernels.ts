/** Which kernel computes a product, and with what arguments. */
import type { Node } from "../../autodiff/index.js";
import { size } from "../../autodiff/matrix.js";
import type { Instruction, InstructionOf, PlaceOf, Read, Request } from "../instructions.js";
import { ACCUMULATE, NO_FACTOR, OVERWRITE } from "../signatures.js";
import { FLOAT_BYTES, floatsOf } from "../values.js";
import type { Product } from "./products.js";
import { byteBatch, hasZerosOfBatch, mayHoldZeros } from "./zeros.js";

/**
 * Below so many elements of δ, adding one outer product for each sample is faster than first listing
 * the samples of each pixel.
 */
const SMALL_GRADIENT = 3000;

/** From so many rows of δ on, listing them is faster all the same if the sum goes straight into W. */
const WIDE_GRADIENT = 128;

/**
 * From so many rows on, threads divide the gradient of a large batch by rows, as they do W in the next step, so that
 * its rows stay with the core that changed them.
 */
const TALL_GRADIENT = 512;

/** Below this, lists do not pay: for few rows of C, for short sums, or for few columns to be multiplied by Aᵀ. */
const LARGE = 64;

/** Of so many terms at most, sums with Aᵀ go through lists (kernels/products/sparse.ts). */
const MOST_TRANSPOSED = 8192;

/**
 * Sums of no more terms are one block in a dense product (BLOCK_STEPS of kernels/products/gemm.ts), so that it
 * gives what lists give, to the last bit.
 */
const ONE_BLOCK = 256;

/**
 * The instruction that computes `node` as this product.
 *
 * @param skipsZeros whether products may skip the zeros of their second factor
 */
export function productInstruction(
  node: Node,
  product: Product,
  value: Request,
  skipsZeros: boolean,
): Instruction {
  const { a, b } = product;
  if (!skipsZeros) return dense(node, product, value);
  if (byteBatch(b.node) !== undefined && !a.transposed) return withBatch(node, product, value);
  const [m, n] = node.shape;
  const k = innerLength(product);
  const lengths = [m, k, ...(a.transposed ? [n] : [])];
  const isLarge = lengths.every((length) => length >= LARGE);
  const mayUseLists = isLarge && !(a.transposed && k > MOST_TRANSPOSED) && mayHoldZeros(b.node);
  return mayUseLists || isGradientOfMasked(product)
    ? sparseOrDense(node, product, value)
    : dense(node, product, value);
}

/** Whether it is δ xᵀ for a batch of images with a mask, and lists change no bits of it, only its time. */
function isGradientOfMasked(product: Product): boolean {
  const { a, b } = product;
  const isGradient = b.transposed && !a.transposed;
  return isGradient && innerLength(product) <= ONE_BLOCK && hasZerosOfBatch(b.node);
}

/**
 * Whether βC + αAB has the same bits if αAB is computed first and then added to βC: if each element of AB is one
 * sum. (With β = 1, a sum without terms leaves −0 as it is.)
 */
export function hasSameBitsApart(product: Product, node: Node): boolean {
  const isOneSum = innerLength(product) <= ONE_BLOCK;
  return product.beta !== undefined && isOneSum && !isSumOfOuterProducts(product, node);
}

function isSumOfOuterProducts(product: Product, { shape: [m] }: Node): boolean {
  const { a, b } = product;
  const isGradient = byteBatch(b.node) !== undefined && b.transposed && !a.transposed;
  return isGradient && innerLength(product) * m < SMALL_GRADIENT;
}

function withBatch(node: Node, product: Product, value: Request): Instruction {
  if (isSumOfOuterProducts(product, node)) {
    return node.shape[0] < WIDE_GRADIENT
      ? outerProducts(node, product, value)
      : accumulated(node, product, value);
  }
  const form = product.b.transposed ? "rowLists" : "columnLists";
  return overLists(node, product, value, form);
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
 * Of a large batch each thread has some rows of A, and needs no others; else some columns of C. Gradients with
 * few rows also go by columns: a thread's few rows would take nearly as long as all of them.
 */
function overLists(
  node: Node,
  product: Product,
  value: Request,
  form: "columnLists" | "rowLists",
): InstructionOf<"sparseProduct"> {
  const [left, lists] = [value(product.a.node), value(product.b.node, form)];
  const isForward = form === "columnLists";
  const samples = isForward ? node.shape[1] : innerLength(product);
  const isTall = isForward || node.shape[0] >= TALL_GRADIENT;
  const split = samples >= LARGE && isTall ? "rows" : "columns";
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
      return {
        c: c.address + firstColumn * c.step + skip,
        cStride: floatsOf(c),
        x: x.address + skip,
        xStride: floatsOf(x),
        inner: x.count,
        list: list.address + firstColumn * list.step,
        listStep: list.step,
        m,
        columns: n,
        ...factors(product, value, placeOf),
        scratch,
      };
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
      const [w, d, list] = [placeOf(value(node)), placeOf(left), placeOf(lists)];
      const skip = from * FLOAT_BYTES;
      return {
        w: w.address + skip,
        wStride: floatsOf(w),
        d: d.address + skip,
        dStride: floatsOf(d),
        list: list.address,
        listStep: list.step,
        m: to - from,
        pixels,
        samples,
        ...factors(product, value, placeOf),
      };
    },
  };
}

/** The same by lists of the rows of B, the terms of each column of C added to it in turn. */
function accumulated(node: Node, product: Product, value: Request): Instruction {
  return { ...overLists(node, product, value, "rowLists"), kernel: "sparseAccumulate" };
}

/**
 * Every thread packs what it needs of A and B. So the larger side of C is divided, for it is the
 * operand along the other side that all threads then pack.
 */
function dense(
  node: Node,
  product: Product,
  value: Request,
): InstructionOf<"gemm"> | InstructionOf<"gemmTransposed"> {
  const { a, b } = product;
  const [left, right] = [value(a.node), value(b.node)];
  const k = innerLength(product);
  const split = node.shape[0] > node.shape[1] ? "rows" : "columns";
  return {
    ...common(node, product, value, [
      { value: left, part: "all" },
      { value: right, part: b.transposed || split === "rows" ? "all" : "same" },
    ]),
    kernel: a.transposed ? "gemmTransposed" : "gemm",
    split,
    args(placeOf, { from, to, scratch }) {
      const [c, x1, x2] = [placeOf(value(node)), placeOf(left), placeOf(right)];
      const { firstRow, firstColumn, m, n } = partOf(node, split, from, to);
      const [bRow, bColumn] = b.transposed ? [floatsOf(x2), 1] : [1, floatsOf(x2)];
      return {
        c: c.address + firstColumn * c.step + firstRow * FLOAT_BYTES,
        cStride: floatsOf(c),
        a: x1.address + firstRow * (a.transposed ? x1.step : FLOAT_BYTES),
        aStride: floatsOf(x1),
        b: x2.address + firstColumn * bColumn * FLOAT_BYTES,
        bRow,
        bColumn,
        m,
        n,
        k,
        ...factors(product, value, placeOf),
        scratch,
      };
    },
  };
}

/** A dense product that goes through lists of B's columns in steps in which these have few elements. */
function sparseOrDense(node: Node, product: Product, value: Request): Instruction {
  const { a, b } = product;
  const instruction = dense(node, product, value);
  const lists = value(b.node, b.transposed ? "rowLists" : "columnLists");
  return {
    ...instruction,
    kernel: "sparseOrDense",
    reads: [...instruction.reads, { value: lists, part: "all" }],
    args(placeOf, share) {
      const { address, step, count } = placeOf(lists);
      return {
        ...instruction.args(placeOf, share),
        transposed: a.transposed ? 1 : 0,
        lists: address,
        listStep: step,
        columns: count,
        first: instruction.split === "columns" ? share.from : 0,
      };
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

/** The factors of a product as its kernels take them. */
function factors({ sign, alpha, base, beta }: Product, value: Request, placeOf: PlaceOf) {
  const addressOf = (scalar: Node) => placeOf(value(scalar)).address;
  const accumulate = beta === undefined ? ACCUMULATE : addressOf(beta);
  return {
    sign,
    alpha: alpha === undefined ? NO_FACTOR : addressOf(alpha),
    beta: base === undefined ? OVERWRITE : accumulate,
  };
}
