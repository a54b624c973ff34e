/**
 * Batches of images: columns picked from a matrix of bytes. Most pixels of a digit are 0, so
 * products with such a batch go through lists of its non-zero elements. Those of all images are made
 * once, when the images are written; a batch is a table that refers to some of them.
 */
import { type Application, type Node, size, type Variable } from "../autodiff/index.js";
import type { Instruction, Request } from "./instructions.js";

/** The columns `index` of `images`. */
export interface ByteBatch {
  readonly images: Variable;
  readonly index: Node;
}

/** The batch that a node amounts to, if any. */
export function byteBatch(node: Node): ByteBatch | undefined {
  if (node.kind !== "application" || node.name !== "columns") return undefined;
  const [images, index] = node.inputs as readonly [Node, Node];
  const isBytes = images.kind === "variable" && images.storage === "byte";
  return isBytes ? { images, index } : undefined;
}

/** The lists of a batch by its columns, picked from those of all images. */
export function pickedLists(node: Application, request: Request): Instruction {
  const { images, index } = byteBatch(node) as ByteBatch;
  const [result, all, i] = [request(node, "picked"), request(images, "lists"), request(index)];
  return {
    kernel: "pickLists",
    result,
    reads: [
      { value: all, part: "all" },
      { value: i, part: "same" },
    ],
    overwritable: [],
    split: "columns",
    flops: 0,
    args(placeOf, { from, to }) {
      const [table, indices] = [placeOf(result), placeOf(i)];
      return [
        table.address + from * table.step,
        placeOf(all).address,
        indices.address + from * indices.step,
        to - from,
      ];
    },
  };
}

/** The lists of a batch by its rows, from those by its columns. */
export function rowLists(node: Application, request: Request): Instruction {
  const [result, picked] = [request(node, "rowLists"), request(node, "picked")];
  return {
    kernel: "listPixels",
    result,
    reads: [{ value: picked, part: "all" }],
    overwritable: [],
    split: "columns",
    flops: size(node.shape),
    args: (placeOf, { from, to }) => [
      placeOf(result).address,
      placeOf(picked).address,
      node.shape[1],
      from,
      to,
    ],
  };
}
