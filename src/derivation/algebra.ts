/** Rules of school algebra: none of them knows anything about networks. */
import {
  add,
  broadcast,
  divide,
  exp,
  multiply,
  type Node,
  negate,
  reciprocal,
  subtract,
} from "../autodiff/index.js";
import { type Rule, rule } from "./rewriting.js";
import { factorsOf, is, keyOf, numberOf, productOf, sumOf, type Term, termsOf } from "./terms.js";

/** x ⊙ 1 = x, 1 ⊙ x = x, x / 1 = x */
const units = rule(["a factor 1 drops out"], (node) => {
  if (node.kind !== "application") return undefined;
  const [x1, x2] = node.inputs as [Node, Node];
  if (is(node, "multiply") && numberOf(x1) === 1) return x2;
  const factor = is(node, "multiply") || is(node, "divide");
  return factor && numberOf(x2) === 1 ? x1 : undefined;
});

/** −(−x) = x, (−x) ⊙ y = −(x ⊙ y), (−x) / y = −(x / y), x − (−y) = x + y, −x + y = y − x */
const signs = rule(["signs"], (node) => {
  if (node.kind !== "application") return undefined;
  const [x1, x2] = node.inputs as [Node, Node];
  const opposite = (x: Node) => (is(x, "negate") ? (x.inputs[0] as Node) : undefined);
  const [o1, o2] = [opposite(x1), x2 && opposite(x2)];
  if (is(node, "negate")) return o1;
  if (is(node, "multiply")) {
    if (o1 !== undefined) return negate(multiply(o1, x2));
    return o2 && negate(multiply(x1, o2));
  }
  if (is(node, "divide")) return o1 && negate(divide(o1, x2));
  if (is(node, "broadcast")) return o1 && negate(broadcast(o1, node.shape));
  if (is(node, "subtract")) return o2 && add(x1, o2);
  if (!is(node, "add")) return undefined;
  if (o2 !== undefined) return subtract(x1, o2);
  return o1 && subtract(x2, o1);
});

/** x ⊙ (y / u) = (x ⊙ y) / u, x ⊙ (1 / u) = x / u; a scalar quotient repeats as its two numbers do. */
const quotients = rule(["one fraction"], (node) => {
  if (node.kind !== "application") return undefined;
  const [x1, x2] = node.inputs as [Node, Node];
  if (is(node, "broadcast") && is(x1, "divide")) {
    const [y, u] = x1.inputs as [Node, Node];
    return divide(broadcast(y, node.shape), broadcast(u, node.shape));
  }
  if (!is(node, "multiply")) return undefined;
  const [fraction, factor] = is(x2, "divide") ? [x2, x1] : [x1, x2];
  if (!is(fraction, "divide")) return undefined;
  const [y, u] = fraction.inputs as [Node, Node];
  return divide(numberOf(y) === 1 ? factor : multiply(factor, y), u);
});

/** x + x = 2 x, x + y − x = y */
const likeTerms = rule(["like terms"], (node) => {
  if (!is(node, "add") && !is(node, "subtract")) return undefined;
  const terms = termsOf(node);
  const collected = new Map<string, Term>();
  for (const { coefficient, node } of terms) {
    const key = keyOf(node);
    const sum = coefficient + (collected.get(key)?.coefficient ?? 0);
    collected.set(key, { coefficient: sum, node });
  }
  return collected.size < terms.length ? sumOf([...collected.values()], node.shape) : undefined;
});

/** x ⊙ ȳ = ȳ ⊙ x: numbers first, then these symbols in this order, then all else as it stands. */
export function factorOrder(symbols: readonly Node[]): Rule {
  const places = new Map(symbols.map((symbol, k) => [symbol, k + 1]));
  const place = (factor: Node) =>
    numberOf(factor) === undefined ? (places.get(factor) ?? symbols.length + 1) : 0;
  return rule(["order of factors"], (node) => {
    if (!is(node, "multiply")) return undefined;
    const factors = factorsOf(node);
    const sorted = factors.toSorted((f1, f2) => place(f1) - place(f2));
    const asItStands = !is(node.inputs[1], "multiply") && sorted.every((f, k) => f === factors[k]);
    return asItStands ? undefined : productOf(sorted);
  });
}

/** x / (u + x) = 1 / (1 + u / x) */
const divideThrough = rule(["divide above and below by the same"], (node) => {
  if (!is(node, "divide")) return undefined;
  const [x, total] = node.inputs as [Node, Node];
  const terms = termsOf(total);
  const k = terms.findIndex((term) => term.coefficient === 1 && keyOf(term.node) === keyOf(x));
  if (k < 0 || terms.length < 2) return undefined;
  return reciprocal(add(1, divide(sumOf(terms.toSpliced(k, 1), node.shape), x)));
});

/** exp u / exp v = exp(u − v) */
const exponentials = rule(["exp u / exp v = exp(u − v)"], (node) => {
  if (!is(node, "divide")) return undefined;
  const [x1, x2] = node.inputs as [Node, Node];
  if (!is(x1, "exp") || !is(x2, "exp")) return undefined;
  return exp(subtract(x1.inputs[0] as Node, x2.inputs[0] as Node));
});

/** The rules, in the order in which they are tried. */
export const algebra = {
  units,
  signs,
  quotients,
  likeTerms,
  divideThrough,
  exponentials,
} as const satisfies Record<string, Rule>;

export type Algebra = Readonly<Record<keyof typeof algebra, Rule>>;
