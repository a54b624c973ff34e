/** Instruction selection: from the nodes of a program to the kernel calls that compute them. */
import {
  columns,
  constant,
  matrixOf,
  type Node,
  parents,
  topologicalOrder,
  type Variable,
} from "../../autodiff/index.js";
import type { Instruction, Request } from "../instructions.js";
import type { Form, Value } from "../values.js";
import { lowerings } from "./lowerings.js";
import { hasSameBitsApart, productInstruction } from "./product-kernels.js";
import { type Product, productOf } from "./products.js";
import { columnLists, rowLists } from "./zeros.js";

export interface Selection {
  /** Each after those that compute what it reads. */
  readonly instructions: Instruction[];
  /** The values of the outputs, in their order. */
  readonly outputs: Value[];
  /** The values of variables and constants. */
  readonly leaves: Value[];
}

/**
 * Chooses instructions for what the outputs need. Users are visited before what they use, so that
 * a node absorbed by all its users (a transpose, a broadcast, a scaled product) is never computed.
 *
 * @param skipsZeros whether products may skip the zeros of their second factor
 * @param valueFor the one value of a node in a form, for all programs that share their variables
 * @param variables those that the outputs are assigned to, if they are
 */
export function select(
  outputs: readonly Node[],
  skipsZeros: boolean,
  valueFor: Request,
  variables: readonly Node[] = [],
): Selection {
  const order = topologicalOrder(outputs);
  const uses = countUses(order, outputs);
  const isUsedOnce = (node: Node) => uses.get(node) === 1;
  const requested = new Map<Node, Set<Value>>();

  const request = (node: Node, form: Form = "matrix"): Value => {
    if (node.kind === "variable" && node.storage === "byte" && form === "matrix") {
      return request(asFloats(node));
    }
    const value = valueFor(node, form);
    requested.set(node, (requested.get(node) ?? new Set()).add(value));
    return value;
  };

  // Bytes that are computed with in another way than by columns are first made floats.
  const converted = new Map<Variable, Node>();
  const asFloats = (bytes: Variable): Node => {
    const node = converted.get(bytes) ?? columns(bytes, constant(indicesOf(bytes)));
    converted.set(bytes, node);
    return node;
  };

  // A variable that keeps its value would have to be copied before a product is added to it.
  const isBetterApart = (product: Product, node: Node) =>
    product.base?.kind === "variable" &&
    !outputs.some((output, k) => output === node && variables[k] === product.base) &&
    hasSameBitsApart(product, node);

  const reversed: Instruction[] = [];
  const visit = (node: Node) => {
    if (node.kind !== "application") return;
    const isRequested = (form: Form) => requested.get(node)?.has(valueFor(node, form)) ?? false;
    if (isRequested("rowLists")) reversed.push(rowLists(node, request));
    if (isRequested("columnLists")) reversed.push(columnLists(node, request));
    if (!isRequested("matrix")) return;
    const absorbing = productOf(node, isUsedOnce);
    const isApart = absorbing !== undefined && isBetterApart(absorbing, node);
    const product = isApart ? undefined : absorbing;
    // All others are of the table (compositions.ts), and so have a lowering.
    const instruction =
      product === undefined
        ? lowerings[node.name as keyof typeof lowerings](node, request)
        : productInstruction(node, product, request, skipsZeros);
    reversed.push(instruction);
  };

  const results = outputs.map((output) => request(output));
  for (const node of [...order].reverse()) visit(node);
  for (const node of converted.values()) visit(node);
  return {
    instructions: reversed.reverse(),
    outputs: results,
    leaves: [...requested].flatMap(([{ kind }, values]) =>
      kind === "application" ? [] : [...values],
    ),
  };
}

/** How many arguments and outputs each node is. */
function countUses(order: readonly Node[], outputs: readonly Node[]): Map<Node, number> {
  const uses = new Map<Node, number>();
  for (const node of [...order.flatMap(parents), ...outputs]) {
    uses.set(node, (uses.get(node) ?? 0) + 1);
  }
  return uses;
}

function indicesOf({ shape }: Variable) {
  const [, count] = shape;
  return matrixOf(
    [1, count],
    Float64Array.from({ length: count }, (_, i) => i),
  );
}
