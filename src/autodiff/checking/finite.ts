/** Where a computation leaves the numbers: the first node whose value is infinite or not a number. */
import { type Matrix, placeOf, show } from "../matrix.js";
import type { Node } from "../node.js";

/** A value is infinite or not a number. The message gives the equation, the element and the arguments. */
export class NonFiniteError extends Error {
  override readonly name = "NonFiniteError";

  constructor(
    message: string,
    /** The first node with such a value: those of all its parents are finite. */
    readonly node: Node,
  ) {
    super(message);
  }
}

/** Throws a {@link NonFiniteError} if an element of the node's value is not finite. */
export function expectFinite(node: Node, { shape, data }: Matrix, inputs: readonly Matrix[]): void {
  const i = data.findIndex((element) => !Number.isFinite(element));
  if (i < 0) return;
  const where = inputs.map((input, k) => `, its argument ${k + 1} ${range(input)}`).join("");
  throw new NonFiniteError(
    `evaluate: ${equation(node)} is ${data[i]} at ${placeOf(shape, i)}, and the first value that is not finite${where}`,
    node,
  );
}

function range({ data }: Matrix): string {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const element of data) [low, high] = [Math.min(low, element), Math.max(high, element)];
  return low === high ? `being ${low}` : `lying between ${low} and ${high}`;
}

/** The node as its builders would be called, down to some depth. */
function equation(node: Node, depth = 3): string {
  if (node.kind === "variable") return node.name;
  if (node.kind === "constant") {
    return node.value.data.length === 1
      ? `${node.value.data[0]}`
      : `a ${show(node.shape)} constant`;
  }
  if (depth === 0) return "…";
  return `${node.name}(${node.inputs.map((input) => equation(input, depth - 1)).join(", ")})`;
}
