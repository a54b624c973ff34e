/** The kernel of each primitive. The type of the table demands one for every row of the other. */
import {
  type Application,
  type Node,
  type PrimitiveName,
  sameShape,
  size,
} from "../../autodiff/index.js";
import type { Instruction, Lowering, Request } from "../instructions.js";
import { FLOAT_BYTES } from "../values.js";
import { elementwise, repeat } from "./elementwise.js";
import { byteBatch } from "./zeros.js";

type Products = "matmul";

export const lowerings: Readonly<Record<Exclude<PrimitiveName, Products>, Lowering>> = {
  add: elementwise("add"),
  subtract: elementwise("subtract"),
  multiply: elementwise("multiply"),
  divide: elementwise("divide"),
  negate: elementwise("negate"),
  reciprocal: elementwise("reciprocal"),
  exp: elementwise("exp"),
  log: elementwise("log"),
  sqrt: elementwise("sqrt"),
  tanh: elementwise("tanh"),
  maximum: elementwise("maximum"),
  greater: elementwise("greater"),
  floor: elementwise("floor"),
  transpose,
  broadcast: repeat,
  sum: reduction("sum"),
  max: reduction("max"),
  columns: gather,
  scatterColumns: scatter,
};

function transpose(node: Application, value: Request): Instruction {
  const x = value(node.inputs[0] as Node);
  const [m] = node.shape;
  return {
    kernel: "transpose",
    result: value(node),
    reads: [{ value: x, part: "all" }],
    overwritable: [],
    split: "columns",
    flops: size(node.shape),
    args(placeOf, { from, to }) {
      const [out, source] = [placeOf(value(node)), placeOf(x)];
      return [
        ...[out.address + from * out.step, out.step / FLOAT_BYTES],
        ...[source.address + FLOAT_BYTES * from, source.step / FLOAT_BYTES, to - from, m],
      ];
    },
  };
}

/** Reductions to a row, to a column, or to a scalar; none divides a sum among threads. */
function reduction(name: "sum" | "max"): Lowering {
  return (node, value) => {
    const x = value(node.inputs[0] as Node);
    const [m, n] = x.node.shape;
    const overRows = sameShape(node.shape, [1, n]);
    const kernel = overRows ? "Rows" : sameShape(node.shape, [m, 1]) ? "Columns" : "All";
    return {
      kernel: `${name}${kernel}`,
      result: value(node),
      reads: [{ value: x, part: overRows ? "same" : "all" }],
      overwritable: [],
      split: "columns",
      flops: size(x.node.shape),
      args(placeOf, { from, to }) {
        const [out, source] = [placeOf(value(node)), placeOf(x)];
        const columns = overRows ? to - from : n;
        const first = overRows ? from : 0;
        return [
          ...[out.address + first * out.step, source.address + first * source.step],
          ...[source.step / FLOAT_BYTES, m, columns],
        ];
      },
    };
  };
}

/** columns(x, i), of floats or of bytes. */
function gather(node: Application, value: Request): Instruction {
  const [source, index] = node.inputs as readonly [Node, Node];
  const isBytes = byteBatch(node) !== undefined;
  const [x, i] = [value(source, isBytes ? "bytes" : "matrix"), value(index)];
  return {
    kernel: isBytes ? "gatherByteColumns" : "gatherColumns",
    result: value(node),
    reads: [
      { value: x, part: "all" },
      { value: i, part: "same" },
    ],
    overwritable: [],
    split: "columns",
    flops: size(node.shape),
    args(placeOf, { from, to }) {
      const [out, all, indices] = [placeOf(value(node)), placeOf(x), placeOf(i)];
      return [
        ...[out.address + from * out.step, out.step / FLOAT_BYTES],
        ...[all.address, isBytes ? UNSCALED : all.step / FLOAT_BYTES],
        ...[indices.address + from * indices.step, node.shape[0], to - from],
      ];
    },
  };
}

/** Bytes as they are (kernels/gather.ts). */
const UNSCALED = 0;

function scatter(node: Application, value: Request): Instruction {
  const [x, i] = [value(node.inputs[0] as Node), value(node.inputs[1] as Node)];
  return {
    kernel: "scatterColumns",
    result: value(node),
    reads: [
      { value: x, part: "all" },
      { value: i, part: "all" },
    ],
    overwritable: [],
    split: "whole",
    flops: size(node.shape),
    args(placeOf) {
      const [out, y, indices] = [placeOf(value(node)), placeOf(x), placeOf(i)];
      return [
        ...[out.address, out.step / FLOAT_BYTES, node.shape[1], y.address, y.step / FLOAT_BYTES],
        ...[indices.address, node.shape[0], x.node.shape[1]],
      ];
    },
  };
}
