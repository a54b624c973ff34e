/**
 * Batches of images: columns picked from a matrix of bytes. Most pixels of a digit are 0, so
 * products with such a batch go through lists of its non-zero elements. Compact ones of all images are
 * made once, when the images are written.
 */
import { type Application, type Node, size, type Variable } from "../autodiff/index.js";
import type { Instruction, Request } from "./instructions.js";

/** The columns `index` of `images`. */
export interface ByteBatch {
  readonly images: Variable;
  readonly index: Node;
}

/** Rows are numbered in two bytes. */
const MOST_ROWS = 2 ** 16;

/** The batch that a node amounts to, if any, of images that may be listed. */
export function byteBatch(node: Node): ByteBatch | undefined {
  if (node.kind !== "application" || node.name !== "columns") return undefined;
  const [images, index] = node.inputs as readonly [Node, Node];
  const isBytes = images.kind === "variable" && images.storage === "byte";
  return isBytes && images.shape[0] <= MOST_ROWS ? { images, index } : undefined;
}

/** The lists of a batch by its columns, from those of all images. */
export function columnLists(node: Application, request: Request): Instruction {
  const { images, index } = byteBatch(node) as ByteBatch;
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
      return [
        ...[lists.address + from * lists.step, lists.step, table.address],
        ...[indices.address + from * indices.step, to - from],
      ];
    },
  };
}

/** The lists of a batch by its rows, from those by its columns. */
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
      return [
        ...[pixels.address, pixels.step, samples.address, samples.step, samples.count],
        ...[from, to],
      ];
    },
  };
}
