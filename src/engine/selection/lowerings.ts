/** The kernel of each primitive but matmul (product-kernels.ts). The type of this table demands one for every row of the other. */
import type { Application, Node, PrimitiveName } from "../../autodiff/index.js";
import { sameShape, size } from "../../autodiff/matrix.js";
import type { Instruction, Lowering, Request } from "../instructions.js";
import { FLOAT_BYTES, floatsOf } from "../values.js";
import { binary, repeat, unary } from "./elementwise.js";
import { byteColumns } from "./zeros.js";

export const lowerings: Readonly<Record<Exclude<PrimitiveName, "matmul">, Lowering>> = {
  add: binary("add"),
  subtract: binary("subtract"),
  multiply: binary("multiply"),
  divide: binary("divide"),
  negate: unary("negate"),
  reciprocal: unary("reciprocal"),
  exp: unary("exp"),
  log: unary("log"),
  sqrt: unary("sqrt"),
  tanh: unary("tanh"),
  maximum: binary("maximum"),
  greater: binary("greater"),
  floor: unary("floor"),
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
      return {
        out: out.address + from * out.step,
        outStride: floatsOf(out),
        x: source.address + FLOAT_BYTES * from,
        stride: floatsOf(source),
        m: to - from,
        n: m,
      };
    },
  };
}

/** Reductions to a row, to a column, or to a scalar; none divides a sum among threads. */
function reduction(name: "sum" | "max"): Lowering {
  return (node, value) => {
    const x = value(node.inputs[0] as Node);
    const [m, n] = x.node.shape;
    const overRows = sameShape(node.shape, [1, n]);
    const extent = overRows ? "Rows" : sameShape(node.shape, [m, 1]) ? "Columns" : "All";
    return {
      kernel: `${name}${extent}`,
      result: value(node),
      reads: [{ value: x, part: overRows ? "same" : "all" }],
      overwritable: [],
      split: "columns",
      flops: size(x.node.shape),
      args(placeOf, { from, to }) {
        const [out, source] = [placeOf(value(node)), placeOf(x)];
        const columns = overRows ? to - from : n;
        const first = overRows ? from : 0;
        return {
          out: out.address + first * out.step,
          x: source.address + first * source.step,
          stride: floatsOf(source),
          m,
          n: columns,
        };
      },
    };
  };
}

/** columns(x, i), of floats or of bytes. */
function gather(node: Application, value: Request): Instruction {
  const [source, index] = node.inputs as readonly [Node, Node];
  const isBytes = byteColumns(node) !== undefined;
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
      return {
        out: out.address + from * out.step,
        outStride: floatsOf(out),
        x: all.address,
        stride: isBytes ? all.step : floatsOf(all),
        n: source.shape[1],
        index: indices.address + from * indices.step,
        rows: node.shape[0],
        count: to - from,
      };
    },
  };
}

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
      return {
        out: out.address,
        outStride: floatsOf(out),
        n: node.shape[1],
        y: y.address,
        stride: floatsOf(y),
        index: indices.address,
        rows: node.shape[0],
        count: x.node.shape[1],
      };
    },
  };
}
