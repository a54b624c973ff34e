/** Elementwise instructions, whose operands may be broadcasts that are never written out. */
import { sameShape, size } from "../../autodiff/matrix.js";
import { unrepeated } from "../graph/broadcasts.js";
import type { Instruction, Lowering, PlaceOf, Read, Share } from "../instructions.js";
import type { BinaryKernel, UnaryKernel } from "../signatures.js";
import { floatsOf, strideOf, type Value } from "../values.js";

/** y = f(x) */
export function unary(kernel: UnaryKernel): Lowering {
  return (node, value) => {
    const [x] = node.inputs.map((input) => value(unrepeated(input))) as [Value];
    return unaryInstruction(kernel, value(node), x);
  };
}

/** y = f(x₁, x₂) */
export function binary(kernel: BinaryKernel): Lowering {
  return (node, value) => {
    const [x1, x2] = node.inputs.map((input) => value(unrepeated(input))) as [Value, Value];
    const result = value(node);
    return {
      ...common(result, [x1, x2]),
      kernel,
      args(placeOf, share) {
        const { target, sources } = columnsOf(result, [x1, x2], placeOf, share);
        const [first, second] = sources as [Source, Source];
        return {
          ...target,
          ...{ x1: first.x, stride1: first.stride, splat1: first.splat },
          ...{ x2: second.x, stride2: second.stride, splat2: second.splat },
        };
      },
    };
  };
}

/** A broadcast written out, where a kernel needs all of it. */
export const repeat: Lowering = (node, value) => copy(value(node), value(unrepeated(node)));

/** result ← x, repeated to the result's shape. */
export function copy(result: Value, x: Value): Instruction {
  return unaryInstruction("copy", result, x);
}

function unaryInstruction(kernel: UnaryKernel, result: Value, x: Value): Instruction {
  return {
    ...common(result, [x]),
    kernel,
    args(placeOf, share) {
      const { target, sources } = columnsOf(result, [x], placeOf, share);
      return { ...target, ...(sources[0] as Source) };
    },
  };
}

/** Each operand has the result's shape or is repeated to it. */
function common(result: Value, operands: readonly Value[]) {
  const { shape } = result.node;
  return {
    result,
    reads: operands.map(
      (value): Read => ({ value, part: value.node.shape[1] === shape[1] ? "same" : "all" }),
    ),
    overwritable: operands.filter((operand) => sameShape(operand.node.shape, shape)),
    split: "columns",
    flops: size(shape),
  } as const;
}

/** The columns of an operand, as the kernels address them (kernels/binary.ts). */
interface Source {
  readonly x: number;
  readonly stride: number;
  readonly splat: number;
}

/** Some columns of the result, and what is read for them. */
function columnsOf(
  result: Value,
  operands: readonly Value[],
  placeOf: PlaceOf,
  { from, to }: Share,
) {
  const { shape } = result.node;
  const at = (value: Value) => placeOf(value).address + from * placeOf(value).step;
  const isWhole = (operand: Value) => sameShape(operand.node.shape, shape);
  if (operands.every((operand) => isWhole(operand) || size(operand.node.shape) === 1)) {
    // With whole matrices and scalars only, all columns are one long column, what fills them up included.
    const rows = (to - from) * strideOf(shape[0]);
    return {
      target: { out: at(result), outStride: 0, rows, count: 1 },
      sources: operands.map(
        (operand): Source =>
          isWhole(operand)
            ? { x: at(operand), stride: 0, splat: 0 }
            : { x: placeOf(operand).address, stride: 0, splat: 1 },
      ),
    };
  }
  return {
    target: {
      out: at(result),
      outStride: floatsOf(placeOf(result)),
      rows: shape[0],
      count: to - from,
    },
    sources: operands.map((operand): Source => {
      const [rows, columns] = operand.node.shape;
      const splat = rows === 1 && shape[0] > 1 ? 1 : 0;
      return columns === 1
        ? { x: placeOf(operand).address, stride: 0, splat }
        : { x: at(operand), stride: floatsOf(placeOf(operand)), splat };
    }),
  };
}
