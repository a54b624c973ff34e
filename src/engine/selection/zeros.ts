/**
 * Zeros that products skip: most pixels of a digit are 0, and so are most ReLU activations and their
 * gradients. Such factors are given to products as lists of their non-zero elements.
 *
 * A batch of images is known to be sparse: columns picked from a matrix of bytes, of which there are
 * compact lists, made once, when the images are written. Of anything else that may hold many zeros,
 * products find out in each step whether it does.
 */
import type { Application, Node, PrimitiveName, Variable } from "../../autodiff/index.js";
import { size } from "../../autodiff/matrix.js";
import { unrepeated } from "../graph/broadcasts.js";
import type { Instruction, Request } from "../instructions.js";
import { floatsOf } from "../values.js";

/** The columns `index` of `images`. */
export interface ByteBatch {
  readonly images: Variable;
  readonly index: Node;
}

/** Rows are numbered in two bytes. */
const MOST_ROWS = 2 ** 16;

/** The batch that a node amounts to, if any, of images that may be listed. */
export function byteBatch(node: Node): ByteBatch | undefined {
  const batch = byteColumns(node);
  return batch !== undefined && batch.images.shape[0] <= MOST_ROWS ? batch : undefined;
}

/** The columns of bytes that a node amounts to, if any, of whatever length. */
export function byteColumns(node: Node): ByteBatch | undefined {
  if (node.kind !== "application" || node.name !== "columns") return undefined;
  const [images, index] = node.inputs as readonly [Node, Node];
  return images.kind === "variable" && images.storage === "byte" ? { images, index } : undefined;
}

/** Operations whose result is 0 where an operand is 0, and how many of the operands that is true of. */
const PASSING: Readonly<Partial<Record<PrimitiveName, number>>> = {
  multiply: 2,
  divide: 1,
  negate: 1,
};

/** Whether many elements of a node may be 0, as far as can be told from how it is computed. */
export function mayHoldZeros(node: Node): boolean {
  return hasZerosOf(node, (x) => isRectified(x) || x.name === "greater" || isBatch(x));
}

/** Whether a node is 0 wherever a batch of images is, as one is whose pixels dropout has masked. */
export function hasZerosOfBatch(node: Node): boolean {
  return hasZerosOf(node, isBatch);
}

/** Whether a node is 0 wherever one of such a kind is. */
function hasZerosOf(node: Node, isSuch: (x: Application) => boolean): boolean {
  const seen = new Set<Node>();
  const left = [node];
  for (let x = left.pop(); x !== undefined; x = left.pop()) {
    if (x.kind !== "application" || seen.has(x)) continue;
    seen.add(x);
    if (isSuch(x)) return true;
    left.push(...x.inputs.slice(0, PASSING[x.name as PrimitiveName] ?? 0));
  }
  return false;
}

function isBatch(x: Application): boolean {
  return byteBatch(x) !== undefined;
}

function isRectified(x: Application): boolean {
  return x.name === "maximum" && x.inputs.some(isZero);
}

function isZero(node: Node): boolean {
  const x = unrepeated(node);
  return x.kind === "constant" && x.value.data.every((element) => element === 0);
}

/** The lists of a matrix by its columns. */
export function columnLists(node: Application, request: Request): Instruction {
  const batch = byteBatch(node);
  return batch === undefined ? listed(node, request) : picked(node, batch, request);
}

function listed(node: Application, request: Request): Instruction {
  const [result, matrix] = [request(node, "columnLists"), request(node)];
  return {
    kernel: "listColumns",
    result,
    reads: [{ value: matrix, part: "same" }],
    overwritable: [],
    split: "columns",
    flops: size(node.shape),
    args(placeOf, { from, to }) {
      const [lists, x] = [placeOf(result), placeOf(matrix)];
      return {
        lists: lists.address + from * lists.step,
        listStep: lists.step,
        x: x.address + from * x.step,
        stride: floatsOf(x),
        rows: node.shape[0],
        columns: to - from,
      };
    },
  };
}

/** From the lists of all images. */
function picked(node: Application, { images, index }: ByteBatch, request: Request): Instruction {
  const [result, all, i] = [request(node, "columnLists"), request(images, "lists"), request(index)];
  return {
    kernel: "listSamples",
    result,
    reads: [
      { value: all, part: "all" },
      { value: i, part: "same" },
    ],
    overwritable: [],
    split: "columns",
    flops: 0,
    args(placeOf, { from, to }) {
      const [lists, table, indices] = [placeOf(result), placeOf(all), placeOf(i)];
      return {
        lists: lists.address + from * lists.step,
        listStep: lists.step,
        all: table.address,
        n: images.shape[1],
        index: indices.address + from * indices.step,
        columns: to - from,
      };
    },
  };
}

/** The lists of a matrix by its rows, from those by its columns. */
export function rowLists(node: Application, request: Request): Instruction {
  const [result, byColumn] = [request(node, "rowLists"), request(node, "columnLists")];
  return {
    kernel: "listPixels",
    result,
    reads: [{ value: byColumn, part: "all" }],
    overwritable: [],
    split: "columns",
    flops: size(node.shape),
    args(placeOf, { from, to }) {
      const [pixels, samples] = [placeOf(result), placeOf(byColumn)];
      return {
        pixels: pixels.address,
        pixelStep: pixels.step,
        samples: samples.address,
        sampleStep: samples.step,
        count: samples.count,
        start: from,
        end: to,
      };
    },
  };
}
