/** Elementwise instructions, whose operands may be broadcasts that are never written out. */
import { sameShape, size } from "../../autodiff/index.js";
import { unrepeated } from "../graph/broadcasts.js";
import type { Instruction, Lowering } from "../instructions.js";
import { type Place, strideOf, type Value } from "../values.js";

export function elementwise(kernel: string): Lowering {
  return (node, value) => {
    const operands = node.inputs.map((input) => value(unrepeated(input)));
    return elementwiseInstruction(kernel, value(node), operands);
  };
}

/** A broadcast written out, where a kernel needs all of it. */
export const repeat: Lowering = (node, value) =>
  elementwiseInstruction("copy", value(node), [value(unrepeated(node))]);

/** result ← kernel(operands…), each operand having the result's shape or being repeated to it. */
export function elementwiseInstruction(
  kernel: string,
  result: Value,
  operands: readonly Value[],
): Instruction {
  const { shape } = result.node;
  const whole = operands.every((operand) => sameShape(operand.node.shape, shape));
  return {
    kernel,
    result,
    reads: operands.map((operand) => ({
      value: operand,
      part: operand.node.shape[1] === shape[1] ? "same" : "all",
    })),
    overwritable: operands.filter((operand) => sameShape(operand.node.shape, shape)),
    split: "columns",
    flops: size(shape),
    args(placeOf, { from, to }) {
      const out = placeOf(result);
      const at = ({ address, step }: Place) => address + from * step;
      if (whole) {
        // Without gaps and repetitions, all columns are one long column.
        const rows = (to - from) * strideOf(shape[0]);
        return [at(out), 0, ...operands.flatMap((each) => [at(placeOf(each)), 0, 0]), rows, 1];
      }
      const addressed = operands.flatMap((operand) => {
        const place = placeOf(operand);
        const [rows, columns] = operand.node.shape;
        const splat = rows === 1 && shape[0] > 1 ? 1 : 0;
        return columns === 1 ? [place.address, 0, splat] : [at(place), place.step, splat];
      });
      return [at(out), out.step, ...addressed, shape[0], to - from];
    },
  };
}
