/** Products and sums taken apart, put together, and compared up to the order of their parts. */
import {
  type Application,
  add,
  broadcast,
  multiply,
  type Node,
  negate,
  type PrimitiveName,
  type Shape,
  subtract,
} from "../autodiff/index.js";

type Applied<Name> = Application & { readonly name: Name };

export function is<Name extends PrimitiveName>(
  node: Node | undefined,
  name: Name,
): node is Applied<Name> {
  return node?.kind === "application" && node.name === name;
}

/** The number that all elements of a constant are, be it repeated or not. */
export function numberOf(node: Node): number | undefined {
  if (is(node, "broadcast")) return numberOf(node.inputs[0] as Node);
  return node.kind === "constant" && node.value.data.length === 1 ? node.value.data[0] : undefined;
}

/** The factors of a product element by element, from left to right. */
export function factorsOf(node: Node): Node[] {
  return is(node, "multiply") ? node.inputs.flatMap(factorsOf) : [node];
}

export function productOf(factors: readonly Node[]): Node {
  return factors.reduce((product, factor) => multiply(product, factor));
}

/** coefficient · node */
export interface Term {
  readonly coefficient: number;
  readonly node: Node;
}

/** The terms of a sum, from left to right. */
export function termsOf(node: Node): Term[] {
  const [x1, x2] = node.kind === "application" ? (node.inputs as [Node, Node]) : [node, node];
  if (is(node, "add")) return [...termsOf(x1), ...termsOf(x2)];
  if (is(node, "subtract")) return [...termsOf(x1), ...negated(termsOf(x2))];
  if (is(node, "negate")) return negated(termsOf(x1));
  if (isSum(node)) {
    return termsOf(x1).map((term) => ({ ...term, node: broadcast(term.node, node.shape) }));
  }
  const factors = factorsOf(node);
  const coefficient = factors.reduce((product, factor) => product * (numberOf(factor) ?? 1), 1);
  const others = factors.filter((factor) => numberOf(factor) === undefined);
  return [{ coefficient, node: others.length > 0 ? productOf(others) : broadcast(1, node.shape) }];
}

/** The sum of the terms, those that are added first. */
export function sumOf(terms: readonly Term[], shape: Shape): Node {
  const magnitude = ({ coefficient, node }: Term) =>
    Math.abs(coefficient) === 1 ? node : multiply(Math.abs(coefficient), node);
  const plus = terms.filter(({ coefficient }) => coefficient > 0).map(magnitude);
  const minus = terms.filter(({ coefficient }) => coefficient < 0).map(magnitude);
  const [first, ...others] = plus;
  if (first !== undefined) return minus.reduce(subtract, others.reduce(add, first));
  const [firstMinus, ...othersMinus] = minus;
  return firstMinus === undefined
    ? broadcast(0, shape)
    : othersMinus.reduce(subtract, negate(firstMinus));
}

/** The same for expressions that differ only in the order of factors and of terms. */
export function keyOf(node: Node): string {
  const number = numberOf(node);
  if (number !== undefined) return String(number);
  if (node.kind !== "application") return `#${node.id}`;
  if (is(node, "multiply")) return `(${factorsOf(node).map(keyOf).sort().join("*")})`;
  if (isSum(node)) {
    const terms = termsOf(node).map((term) => `${term.coefficient}*${keyOf(term.node)}`);
    return `(${terms.sort().join("+")})`;
  }
  return `${node.name}(${node.inputs.map(keyOf)}):${node.shape}`;
}

/** Whether there are terms to take apart; a repeated sum is the sum of its repeated terms. */
function isSum(node: Node): boolean {
  if (is(node, "broadcast")) return isSum(node.inputs[0] as Node);
  return is(node, "add") || is(node, "subtract") || is(node, "negate");
}

function negated(terms: readonly Term[]): Term[] {
  return terms.map(({ coefficient, node }) => ({ coefficient: -coefficient, node }));
}
