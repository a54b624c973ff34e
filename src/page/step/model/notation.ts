/** Formulas with their numbers, and the table's rules in the note's notation. */
import {
  type Application,
  constant,
  formula,
  multiply,
  type Node,
  rewrite,
  type Shape,
  substitute,
  topologicalOrder,
  variable,
} from "../../../autodiff/index.js";
import { apply } from "../../../autodiff/node.js";
import { subscript } from "../../../autodiff/printing/names.js";
import type { Values } from "./sweep.js";

/** What the note calls a primitive, and what a sentence does. */
const NAMES: Readonly<Record<string, readonly [symbol: string, noun: string]>> = {
  add: ["+", "sum"],
  subtract: ["−", "difference"],
  multiply: ["·", "product"],
  divide: ["/", "quotient"],
  negate: ["−", "negation"],
  reciprocal: ["1 /", "reciprocal"],
  exp: ["exp", "exponential"],
  log: ["log", "logarithm"],
  sqrt: ["√", "root"],
  tanh: ["tanh", "hyperbolic tangent"],
  matmul: ["(A, β) ↦ A β", "matrix product"],
  sum: ["Σ", "sum of the elements"],
};

export function nounOf({ name }: Application): string {
  return NAMES[name]?.[1] ?? name;
}

/** What a primitive is, and j of it, as the table has them: `y = exp(x)`, `j(exp)(y, ȳ, x) = y ȳ`. */
export interface Rule {
  readonly primitive: string;
  /** Up to the equals sign: `j(exp)(y, ȳ, x)`. */
  readonly left: string;
  /** What the operands are called: `x₁` and `x₂`. */
  readonly letters: readonly string[];
  /** x̄ for each operand. */
  readonly bars: readonly string[];
}

/** The table's rule, applied to letters of the shapes that are used. */
export function ruleOf({ name, primitive, inputs, shape }: Application): Rule {
  const [symbol = name] = NAMES[name] ?? [];
  const product = name === "matmul";
  const single = inputs.length === 1;
  const letters = product
    ? ["A", "β"]
    : single
      ? ["x"]
      : inputs.map((_, k) => `x${subscript(k + 1)}`);
  const xs = letters.map((name, k) =>
    variable(product ? (PRODUCT[k] as Shape) : (inputs[k] as Node).shape, { name }),
  );
  const y = apply(name, primitive, xs, product ? undefined : shape);
  const [yName, yBar] = ["y", "ȳ"].map((name) => variable(y.shape, { name })) as [Node, Node];
  const bars = primitive
    .rule(yName, yBar, ...xs)
    .map((bar) => (bar === undefined ? "0" : formula(bar)));
  return {
    primitive: `y = ${formula(y)}`,
    left: `j(${symbol})(y, ȳ, ${letters.join(", ")})`,
    letters,
    bars,
  };
}

/** A matrix and a column, so that their product is written as the note has it, whatever is multiplied. */
const PRODUCT: readonly Shape[] = [
  [2, 3],
  [3, 1],
];

/** An expression with numbers for its names; undefined where matrices, which have too many, are in it. */
export function withNumbers(expression: Node, values: Values): string | undefined {
  const names = topologicalOrder([expression]).filter((node) => node.kind === "variable");
  const numbers = names.map((name) => Number(values.get(name)?.data[0]?.toPrecision(4)));
  if (names.length === 0 || [expression, ...names].some(({ shape }) => shape[0] * shape[1] > 1)) {
    return undefined;
  }
  if (!numbers.every(Number.isFinite)) return undefined;
  const replaced = new Map<Node, Node>(
    names.map((name, k) => [name, constant(numbers[k] as number)]),
  );
  const [numeric] = substitute(scalar(expression), replaced) as [Node];
  const text = formula(numeric);
  return /\de[+-]?\d/.test(text) ? undefined : text;
}

/** Products of 1×1 matrices as products of numbers. */
function scalar(expression: Node): Node[] {
  return rewrite([expression], (node) => {
    if (node.kind !== "application") return node;
    if (node.name === "matmul") return multiply(node.inputs[0] as Node, node.inputs[1] as Node);
    return node.name === "transpose" ? (node.inputs[0] as Node) : node;
  });
}
